import { describe, expect, it } from 'vitest'
import type { InsideRange, InsideRow } from '../../../preload/contract/inside.ts'
import { blockColumns, blockRows, createCells } from '../../../renderer/features/look-inside/cells.ts'

const settled = () => new Promise(resolve => setImmediate(resolve))
const columns = Array.from({ length: 400 }, (_, at) => at + 1)
const value = (row: number, column: number) => `${row}/${column}`
const rowsOf = ({ from, count, columns: wanted }: InsideRange): readonly InsideRow[] =>
  Array.from({ length: count }, (_, at) => ({
    number: from + at + 1,
    cells: wanted.map(column => value(from + at, column)),
  }))

const seen = (firstRow: number, firstColumn: number) => ({
  firstRow,
  lastRow: firstRow + 20,
  firstColumn,
  lastColumn: firstColumn + 9,
})

describe('the cells of a file', () => {
  it('come for what is looked at, by blocks, each once; the frozen column comes with every row', async () => {
    const asked: InsideRange[] = []
    const cells = createCells({
      ask: async range => {
        asked.push(range)
        return rowsOf(range)
      },
      columns,
      first: [],
    })
    cells.want(seen(250_000, 200))
    expect(cells.cell(250_000, 201)).toBeUndefined()
    await settled()
    cells.want(seen(250_010, 200))
    await settled()
    expect(asked.map(({ from, columns: wanted }) => [from, wanted[0]])).toEqual([
      [250_000, 1],
      [250_000, 193],
    ])
    expect(
      asked.every(({ count, columns: wanted }) => count === blockRows && wanted.length === blockColumns),
    ).toBe(true)
    expect(cells.cell(250_007, 201)).toBe(value(250_007, 202))
    expect(cells.cell(250_007, 0)).toBe(value(250_007, 1))
    expect(cells.number(250_007)).toBe(250_008)
  })

  it('that are here already are not asked for', async () => {
    const first = rowsOf({ from: 0, count: 60, columns })
    const cells = createCells({
      ask: async () => {
        throw new Error('asked for what is here')
      },
      columns: [3, 1],
      first,
    })
    cells.want({ firstRow: 0, lastRow: 20, firstColumn: 0, lastColumn: 1 })
    await settled()
    expect(cells.read().error).toBeNull()
    expect(cells.cell(5, 0)).toBe(value(5, 3))
    expect(cells.cell(5, 1)).toBe(value(5, 1))
    expect(cells.number(5)).toBe(6)
  })

  it('that were only passed by are not asked for once others are looked at', async () => {
    const asked: number[] = []
    const answers: (() => void)[] = []
    const cells = createCells({
      ask: range => {
        asked.push(range.from)
        return new Promise(resolve => answers.push(() => resolve(rowsOf(range))))
      },
      columns: [1],
      first: [],
    })
    const column = { firstColumn: 0, lastColumn: 0 }
    for (let at = 0; at < 50; at += 1) cells.want({ firstRow: at * 1000, lastRow: at * 1000 + 20, ...column })
    expect(asked).toEqual([0, 1000])
    for (const answer of answers) answer()
    await settled()
    expect(asked).toEqual([0, 1000, 49_000])
  })

  it('are forgotten when they are long out of sight, and asked for anew', async () => {
    const asked: number[] = []
    const cells = createCells({
      ask: async range => {
        asked.push(range.from)
        return rowsOf(range)
      },
      columns: [1],
      first: [],
    })
    for (let at = 0; at < 60; at += 1) {
      cells.want({ firstRow: at * 100, lastRow: at * 100 + 20, firstColumn: 0, lastColumn: 0 })
      await settled()
    }
    expect(cells.cell(0, 0)).toBeUndefined()
    expect(cells.cell(5900, 0)).toBe(value(5900, 1))
    cells.want({ firstRow: 0, lastRow: 20, firstColumn: 0, lastColumn: 0 })
    await settled()
    expect(asked.filter(from => from === 0)).toHaveLength(2)
  })

  it('that did not come say why, and are asked for when they are wanted again', async () => {
    let broken = true
    const cells = createCells({
      ask: async range => {
        if (broken) throw new Error('gone')
        return rowsOf(range)
      },
      columns: [1],
      first: [],
    })
    let told = 0
    cells.subscribe(() => {
      told += 1
    })
    cells.want(seen(0, 0))
    await settled()
    expect(cells.read().error).toEqual({ code: 'internal', facts: {} })
    broken = false
    cells.want(seen(0, 0))
    await settled()
    expect(cells.read().error).toBeNull()
    expect(told).toBeGreaterThan(1)
  })

  it('that a row lacks are null, not on their way', async () => {
    const cells = createCells({ ask: async () => [{ number: 1, cells: ['a'] }], columns: [1, 2], first: [] })
    cells.want({ firstRow: 0, lastRow: 0, firstColumn: 0, lastColumn: 1 })
    await settled()
    expect(cells.cell(0, 0)).toBe('a')
    expect(cells.cell(0, 1)).toBeNull()
  })
})
