import type { InsideCondition } from '../../../preload/contract/inside.ts'
import { createRecords, type KeptColumn } from '../../core/extract-files/records.ts'
import { decode } from '../../core/inside/encodings.ts'
import type { Span, ViewedFile } from '../../core/inside/inside-work.ts'
import { masked } from '../../core/inside/mask.ts'
import { isKept, readBlock, recordsOf } from './rows.ts'

/** A cell is looked at up to here. */
const longestCell = 1024 * 1024

/** Calls `take` with one cell of each row of a span that the filter leaves, as it is shown; null: the row has none. */
export async function eachCell(
  file: ViewedFile,
  span: Span,
  { column, isMasked }: { readonly column: number; readonly isMasked: boolean },
  take: (row: number, cell: string | null) => void,
): Promise<void> {
  const { bytes, encoding, leave } = await readBlock(file, span)
  let row = 0
  let cell: string | null = null
  const kept: KeptColumn = {
    column,
    longest: longestCell,
    take(of, start, end) {
      const text = decode(of, start, end, encoding)
      cell = isMasked ? masked(text) : text
    },
    takeNone() {
      cell = null
    },
  }
  const records = createRecords(
    recordsOf(file.format, [kept], () => {
      if (isKept(span, row)) take(row, cell)
      row += 1
    }),
  )
  records.push(bytes)
  records.end()
  leave()
}

/** Whether a cell meets a condition; one that a row does not have is empty. */
export function meets({ is, text }: InsideCondition): (cell: string | null) => boolean {
  const wanted = text.toLowerCase()
  switch (is) {
    case 'empty':
      return cell => cell === null || cell === ''
    case 'filled':
      return cell => cell !== null && cell !== ''
    case 'equal':
      return cell => (cell ?? '').toLowerCase() === wanted
    case 'containing':
      return cell => (cell ?? '').toLowerCase().includes(wanted)
  }
}
