import { createColumnSum, longestAmount, noSum } from '../../core/extract-files/column-sum.ts'
import { createRecords } from '../../core/extract-files/records.ts'
import { decode } from '../../core/inside/encodings.ts'
import type {
  InsideAnswers,
  InsideAsk,
  Span,
  ViewedFile,
  WantedFilter,
  WantedRows,
  WantedText,
} from '../../core/inside/inside-work.ts'
import { masked, shownCell } from '../../core/inside/mask.ts'
import { eachCell, meets } from './matching.ts'
import { isKept, readBlock, recordsOf, rowsIn } from './rows.ts'

type Asked<W extends InsideAsk['what']> = Extract<InsideAsk, { readonly what: W }>

/** Rows of several places in the file, cell by cell as they are shown. */
export async function readRows(
  file: ViewedFile,
  { pieces, columns, masked: hidden, longest }: WantedRows,
): Promise<InsideAnswers['rows']> {
  const found: (readonly (string | null)[])[] = []
  const hiddenColumns = new Set(hidden)
  for (const { span, rows } of pieces) {
    const wanted = new Set(rows.map(row => row - span.row))
    const block = await readBlock(file, span)
    for (const { cells } of rowsIn(block, file.format, row => wanted.has(row)))
      found.push(columns.map(column => shownCell(cells[column], hiddenColumns.has(column), longest)))
    block.leave()
  }
  return found
}

/** The first cell of a span that has the text, or going up the last row's first one. */
export async function findText(
  file: ViewedFile,
  span: Span,
  wanted: WantedText,
): Promise<InsideAnswers['find']> {
  const hidden = new Set(wanted.masked)
  const has = meets({ column: 0, is: 'containing', text: wanted.text })
  const inReach = (row: number) =>
    isKept(span, row) &&
    (wanted.direction === 'down' ? span.row + row >= wanted.from : span.row + row <= wanted.from)
  let found: InsideAnswers['find'] = null
  const take = (row: number, column: number) => {
    if (found === null || wanted.direction === 'up') found = { row: span.row + row, column }
  }
  if (wanted.column !== null) {
    const { column } = wanted
    await eachCell(file, span, { column, isMasked: hidden.has(column) }, (row, cell) => {
      if (inReach(row) && has(cell)) take(row, column)
    })
    return found
  }
  const block = await readBlock(file, span)
  const { bytes, encoding } = block
  // Most blocks do not have it anywhere, which is seen without looking for their rows. A quote is written twice in a
  // quoted cell, and the dots of what is masked stand in no file: such texts are looked for row by row.
  const text = wanted.text.toLowerCase()
  const anywhere = /["•]/.test(text) || decode(bytes, 0, bytes.length, encoding).toLowerCase().includes(text)
  for (const { row, cells } of anywhere ? rowsIn(block, file.format, inReach) : []) {
    const column = cells.findIndex((cell, at) => has(hidden.has(at) ? masked(cell) : cell))
    if (column >= 0) take(row, column)
    if (found !== null && wanted.direction === 'down') break
  }
  block.leave()
  return found
}

/** A bit for each row of the span that meets all conditions. */
export async function filterRows(
  file: ViewedFile,
  span: Span,
  { conditions, masked: hidden }: WantedFilter,
): Promise<InsideAnswers['filter']> {
  let bits: Uint8Array | null = null
  for (const condition of conditions) {
    const column = condition.column - 1
    const met = meets(condition)
    const found: number[] = []
    const asked: Span = { ...span, keep: bits }
    await eachCell(file, asked, { column, isMasked: hidden.includes(column) }, (row, cell) => {
      if (met(cell)) found.push(row)
    })
    bits = bitsOf(found)
  }
  return bits ?? new Uint8Array(0)
}

function bitsOf(rows: readonly number[]): Uint8Array {
  const bits = new Uint8Array(((rows.at(-1) ?? -1) >> 3) + 1)
  for (const row of rows) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7))
  return bits
}

/** How often a column has which value; null where they are too many to be told apart. */
export async function valuesOf({
  file,
  span,
  column,
  masked: isMasked,
  most,
}: Asked<'values'>): Promise<InsideAnswers['values']> {
  const counts = new Map<string, number>()
  await eachCell(file, span, { column, isMasked }, (_row, cell) => {
    if (counts.size <= most) counts.set(cell ?? '', (counts.get(cell ?? '') ?? 0) + 1)
  })
  return counts.size > most ? null : [...counts]
}

/** What columns come to in the rows of a span that the filter leaves. */
export async function addUp({ file, span, columns }: Asked<'add-up'>): Promise<InsideAnswers['add-up']> {
  const { bytes, leave } = await readBlock(file, span)
  const sums = new Map([...new Set(columns)].sort((a, b) => a - b).map(column => [column, createColumnSum()]))
  let row = 0
  let rows = 0
  const kept = [...sums].map(([column, sum]) => ({
    column,
    longest: longestAmount,
    take(of: Uint8Array, start: number, end: number) {
      if (isKept(span, row)) sum.add(of, start, end)
    },
    takeNone() {},
  }))
  const records = createRecords(
    recordsOf(file.format, kept, () => {
      if (isKept(span, row)) rows += 1
      row += 1
    }),
  )
  records.push(bytes)
  records.end()
  leave()
  return { rows, sums: columns.map(column => sums.get(column)?.result() ?? noSum) }
}
