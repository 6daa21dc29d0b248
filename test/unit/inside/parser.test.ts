import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cellsOf } from '../../../main/core/extract-files/cells.ts'
import { createColumnSum } from '../../../main/core/extract-files/column-sum.ts'
import { createRecords, type KeptColumn } from '../../../main/core/extract-files/records.ts'
import { addMoney, type Money, moneyText, parseMoney, zeroMoney } from '../../../main/core/money.ts'
import { naiveTable } from './naive.ts'

type Read = {
  readonly rows: readonly (readonly string[])[]
  readonly kept: readonly (readonly (string | null)[])[]
  readonly widest: number
}

/** The table as the fast reader has it, with its bytes cut at these places: whole rows, and two columns handed on. */
function read(
  text: string,
  delimiter: string | null,
  lineEnd: '\n' | '\r',
  cuts: readonly number[] = [],
  columns: readonly number[] = [0, 2],
): Read {
  const bytes = Buffer.from(text, 'utf8')
  const bounds: [number, number][] = []
  const kept: (string | null)[][] = []
  let row: (string | null)[] = []
  const keep = (column: number): KeptColumn => ({
    column,
    longest: 1000,
    take: (of, start, end) => row.push(Buffer.from(of.subarray(start, end)).toString('utf8')),
    takeNone: () => row.push(null),
  })
  const records = createRecords({
    delimiter: delimiter === null ? null : delimiter.charCodeAt(0),
    lineEnd: lineEnd === '\n' ? 0x0a : 0x0d,
    recordStart: null,
    kept: columns.map(keep),
    measured: true,
    onRecord(start, end) {
      bounds.push([start, end])
      kept.push(row)
      row = []
    },
  })
  const places = [0, ...cuts.map(cut => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (const [index, place] of places.slice(1).entries())
    records.push(Buffer.from(bytes.subarray(places[index], place)))
  records.end()
  expect(records.count).toBe(bounds.length)
  const rows = bounds.map(([start, end]) => {
    const record = bytes.toString('utf8', start, end)
    return cellsOf(record, delimiter, lineEnd === '\r' ? 'carriage-return' : 'line-feed')
  })
  return { rows, kept, widest: records.widest }
}

const characters = fc.constantFrom('a', 'é', '7', ' ', '"', '\n', '\r', '|', ',', '', '|', '"', '\n')
const dirty = fc.string({ unit: characters, maxLength: 60 })
const cuts = fc.array(fc.nat(), { maxLength: 6 })
const lineEnds = fc.constantFrom('\n' as const, '\r' as const)

describe('the reader of delimited text', () => {
  it('finds the rows and cells that the plainest reading finds, in any text, however its bytes arrive', () => {
    fc.assert(
      fc.property(dirty, fc.constantFrom('|', ',', null), lineEnds, cuts, (text, delimiter, lineEnd, at) => {
        const rows = naiveTable(text, delimiter, lineEnd)
        const found = read(text, delimiter, lineEnd, at)
        expect(found.rows).toEqual(rows)
        expect(found.kept).toEqual(rows.map(cells => [cells[0] ?? null, cells[2] ?? null]))
        expect(found.widest).toBe(rows.reduce((most, cells) => Math.max(most, cells.length), 0))
      }),
      { numRuns: 2000 },
    )
  })

  it('gives back any table that was written by the rules, in all delimiters and line ends', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ü', '|', ';', ',', '\t', '"', '\n', '\r', '0') })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 })
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(
        table,
        fc.constantFrom('|', ';', ',', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        cuts,
        (rows, delimiter, lineEnd, ends, at) => {
          const text =
            rows.map(cells => cells.map(quoted).join(delimiter)).join(lineEnd) + (ends ? lineEnd : '')
          expect(read(text, delimiter, lineEnd === '\r' ? '\r' : '\n', at).rows).toEqual(rows)
        },
      ),
    )
  })

  it('ends a row whose closing quote is lost where the next one begins', () => {
    const bounds: [number, number][] = []
    const kept: string[] = []
    const text = 'DETAIL|"lost\nDETAIL|b\nDETAIL|c\n'
    const records = createRecords({
      delimiter: 0x7c,
      recordStart: Buffer.from('DETAIL|'),
      kept: [0, 1].map(column => ({
        column,
        longest: 100,
        take: (of, start, end) => kept.push(Buffer.from(of.subarray(start, end)).toString()),
        takeNone: () => kept.push('none'),
      })),
      onRecord: (start, end) => bounds.push([start, end]),
    })
    for (const byte of Buffer.from(text)) records.push(Buffer.from([byte]))
    records.end()
    expect(kept).toEqual(['DETAIL', 'lost', 'DETAIL', 'b', 'DETAIL', 'c'])
    expect(bounds.map(([start, end]) => cellsOf(text.slice(start, end), '|'))).toEqual([
      ['DETAIL', 'lost'],
      ['DETAIL', 'b'],
      ['DETAIL', 'c'],
    ])
  })
})

describe('a column added up', () => {
  it('is exact, and says how many cells are filled and how many of them are numbers', () => {
    const texts = fc.array(
      fc.constantFrom('', '1', '-0.10', '+550.0000', '12345678901234567890.12', 'x', '1,0', '.5'),
    )
    fc.assert(
      fc.property(texts, cells => {
        const sum = createColumnSum()
        for (const cell of cells) {
          const bytes = Buffer.from(cell)
          sum.add(bytes, 0, bytes.length)
        }
        const numbers = cells.map(parseMoney).filter((one): one is Money => one !== null)
        const found = sum.result()
        expect(found.filled).toBe(cells.filter(cell => cell !== '').length)
        expect(found.numbers).toBe(numbers.length)
        expect(moneyText(found.sum)).toBe(moneyText(numbers.reduce(addMoney, zeroMoney)))
      }),
    )
  })
})
