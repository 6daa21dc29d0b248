import { appendFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rowSetOf } from '../../../main/core/inside/row-set.ts'
import { averageOf } from '../../../main/core/inside/totals.ts'
import { moneyText, parseMoney } from '../../../main/core/money.ts'
import type { InsideColumn, InsideCondition } from '../../../preload/contract/inside.ts'
import { insideDesk } from './desk.ts'

let desk: ReturnType<typeof insideDesk>
beforeEach(() => {
  desk = insideDesk()
})
afterEach(async () => {
  await desk.service.closeAll()
  desk.end()
})

/** Rows in several spans, with quoted delimiters and line ends now and then. */
const count = 30_000
const country = (n: number) => ['DE', 'US', 'FR'][n % 3] ?? ''
const note = (n: number) => (n % 7 === 0 ? `"line|one\nNo. ${n}"` : 'x'.repeat(450 + (n % 50)))
const large = () =>
  `Key|Land|Amount|Note\n${Array.from({ length: count }, (_, n) => `${String(n).padStart(6, '0')}|${country(n)}|${n % 5 === 0 ? '' : `${n}.10`}|${note(n)}`).join('\n')}\n`

describe('any place of a large file', () => {
  it('is read by its position, before and after rows are filtered', async () => {
    const view = await desk.open(large())
    expect(view.firstRows).toHaveLength(100)
    expect(view.firstRowsAreAll).toBe(false)
    const { rows } = await desk.service.index(view.viewId, [], desk.workId())
    expect(rows).toBe(count)
    for (const from of [0, 63, 64, 12_345, count - 2]) {
      const found = await desk.service.rows(view.viewId, { from, count: 3, columns: [1, 4] })
      const wanted = [from, from + 1, from + 2].filter(n => n < count)
      expect(found.map(row => [row.number, row.cells[0]])).toEqual(
        wanted.map(n => [n + 1, String(n).padStart(6, '0')]),
      )
    }
    const left = await desk.service.filter(
      view.viewId,
      [{ column: 2, is: 'equal', text: 'us' }],
      desk.workId(),
    )
    expect(left).toBe(count / 3)
    const filtered = await desk.service.rows(view.viewId, { from: 5000, count: 2, columns: [2] })
    expect(filtered).toEqual([
      { number: 15_002, cells: ['US'] },
      { number: 15_005, cells: ['US'] },
    ])
    expect(await desk.service.filter(view.viewId, [], desk.workId())).toBe(count)
  })

  it('is shown before anybody asked for the index: it is made then', async () => {
    const view = await desk.open(large())
    const found = await desk.service.rows(view.viewId, { from: 29_999, count: 9, columns: [1] })
    expect(found).toEqual([{ number: 30_000, cells: ['029999'] }])
  })

  it('is filtered by several conditions, added up, and counted value by value', async () => {
    const view = await desk.open(large())
    const conditions: InsideCondition[] = [
      { column: 3, is: 'filled', text: '' },
      { column: 4, is: 'containing', text: 'LINE|ONE\nno.' },
      { column: 2, is: 'equal', text: 'DE' },
    ]
    const kept = Array.from({ length: count }, (_, n) => n).filter(
      n => n % 5 > 0 && n % 7 === 0 && n % 3 === 0,
    )
    expect(await desk.service.filter(view.viewId, conditions, desk.workId())).toBe(kept.length)
    const [totals] = await desk.service.addUp(view.viewId, [3], desk.workId())
    const cents = kept.reduce((sum, n) => sum + n * 100 + 10, 0)
    expect(totals).toMatchObject({ rows: kept.length, filled: kept.length, numbers: kept.length })
    expect(totals?.sum).toBe(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`)
    expect(await desk.service.values(view.viewId, 2, desk.workId())).toEqual({
      values: [{ text: 'DE', rows: kept.length }],
      different: 1,
    })
    await desk.service.filter(view.viewId, [], desk.workId())
    expect(await desk.service.values(view.viewId, 2, desk.workId())).toEqual({
      values: ['DE', 'FR', 'US'].map(text => ({ text, rows: count / 3 })),
      different: 3,
    })
    expect(await desk.service.values(view.viewId, 1, desk.workId())).toEqual({ values: [], different: null })
    const [empty] = await desk.service.addUp(view.viewId, [3], desk.workId())
    expect(empty).toMatchObject({ rows: count, filled: (count * 4) / 5, numbers: (count * 4) / 5 })
  })

  it('is found, down and up, in one column and in all, also among filtered rows', async () => {
    const view = await desk.open(large())
    const find = (text: string, from: number, direction: 'down' | 'up', column: number | null = null) =>
      desk.service.find(view.viewId, { text, column, from, direction }, desk.workId())
    expect(await find('no. 28000', 0, 'down')).toEqual({ position: 28_000, number: 28_001, column: 4 })
    expect(await find('no. 28000', 28_001, 'down')).toBeNull()
    expect(await find('line|one', 13, 'up')).toEqual({ position: 7, number: 8, column: 4 })
    expect(await find('line|one', count + 5, 'up', 4)).toEqual({
      position: 29_995,
      number: 29_996,
      column: 4,
    })
    expect(await find('line|one', 0, 'down', 1)).toBeNull()
    expect(await find('us', 2, 'down')).toEqual({ position: 4, number: 5, column: 2 })
    await desk.service.filter(view.viewId, [{ column: 2, is: 'equal', text: 'US' }], desk.workId())
    expect(await find('no.', 0, 'down')).toEqual({ position: 2, number: 8, column: 4 })
    expect(await find('no.', 8, 'up')).toEqual({ position: 2, number: 8, column: 4 })
    expect(await find('DE', 0, 'down', 2)).toBeNull()
  })

  it('gives whole cells where rows have them cut', async () => {
    const view = await desk.open(`a|b\n1|${'y'.repeat(5000)}\n`)
    expect(view.firstRows[0]?.cells[1]).toBe(`${'y'.repeat(1000)}…`)
    expect(await desk.service.cell(view.viewId, 1, 2)).toBe('y'.repeat(5000))
    expect(await desk.service.cell(view.viewId, 1, 3)).toBeNull()
    expect(await desk.service.cell(view.viewId, 2, 1)).toBeNull()
  })

  it('tells how far it is, and ends when it is cancelled', async () => {
    const view = await desk.open(large())
    await desk.service.index(view.viewId, [3], 'the-index')
    const told = desk.progress.filter(({ workId }) => workId === 'the-index')
    expect(told.length).toBeGreaterThan(5)
    expect(told.at(-1)?.doing).toBe('index')
    expect(told.every(({ done, of }) => done <= of && of === view.bytes)).toBe(true)
    const filtering = desk.service.filter(view.viewId, [{ column: 1, is: 'filled', text: '' }], 'filter')
    await desk.service.cancel('filter')
    await expect(filtering).rejects.toMatchObject({ code: 'cancelled' })
    expect((await desk.service.rows(view.viewId, { from: 1, count: 1, columns: [2] }))[0]?.cells).toEqual([
      'US',
    ])
    const finding = desk.service.find(
      view.viewId,
      { text: 'nowhere', column: null, from: 0, direction: 'down' },
      'find',
    )
    await desk.service.close(view.viewId)
    await expect(finding).rejects.toMatchObject({ code: 'cancelled' })
    await expect(desk.service.rows(view.viewId, { from: 0, count: 1, columns: [1] })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('is counted once for all who wait, whichever of them is cancelled', async () => {
    const view = await desk.open(large())
    const wanted = { text: 'US', column: null, from: 0, direction: 'down' } as const
    const first = desk.service.index(view.viewId, [], 'first')
    const finding = desk.service.find(view.viewId, wanted, 'find')
    await desk.service.cancel('first')
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    expect((await finding)?.number).toBe(2)
  })

  it('is counted anew where the only one who waited is cancelled', async () => {
    const view = await desk.open(large())
    const first = desk.service.index(view.viewId, [3], 'first')
    await desk.service.cancel('first')
    const second = desk.service.index(view.viewId, [3], 'second')
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    const { rows, totals } = await second
    expect(rows).toBe(count)
    expect(totals[0]?.numbers).toBe((count * 4) / 5)
  })

  it('is not mixed with another file’s: one that was changed has to be opened again', async () => {
    const { path, fileIndex } = desk.deliver('a.txt', large())
    const view = await desk.view(fileIndex)
    await desk.service.index(view.viewId, [], desk.workId())
    appendFileSync(path, '1|2|3|4\n')
    const changed = { code: 'file-changed' }
    await expect(desk.service.rows(view.viewId, { from: 0, count: 1, columns: [1] })).rejects.toMatchObject(
      changed,
    )
    await expect(desk.service.addUp(view.viewId, [3], desk.workId())).rejects.toMatchObject(changed)
    rmSync(path)
    await expect(desk.service.rows(view.viewId, { from: 0, count: 1, columns: [1] })).rejects.toMatchObject(
      changed,
    )
  })

  it('is only read: nothing of the file changes, and nothing appears beside it', async () => {
    const { path, fileIndex } = desk.deliver('a.txt', large())
    const before = { ...desk.stateOf(path), mode: statSync(path).mode }
    const view = await desk.view(fileIndex)
    await desk.service.index(view.viewId, [3], desk.workId())
    await desk.service.filter(view.viewId, [{ column: 2, is: 'equal', text: 'US' }], desk.workId())
    await desk.service.find(
      view.viewId,
      { text: 'nowhere', column: null, from: 0, direction: 'down' },
      desk.workId(),
    )
    await desk.service.closeAll()
    expect({ ...desk.stateOf(path), mode: statSync(path).mode }).toEqual(before)
    expect(readdirSync(desk.destination)).toEqual(['a.txt'])
  })
})

describe('bank and card data', () => {
  const file =
    'Name,IBAN,Card No.,Ref,Account Code\nAnna,DE89370400440532013000,4111 1111 1111 1111,5500005555555559,400100\nBen,,123,4111111111111111,400200\nCid,GB29NWBK60161331926819,4012888888881881,30569309025904,1\n'
  const maskedRow = ['Anna', '•••• 3000', '•••• 1111', '•••• 5559', '400100']
  const masked = (columns: readonly InsideColumn[]) =>
    columns.filter(one => one.masked).map(one => one.number)

  it('are masked in everything that leaves main, by their names and by what they look like', async () => {
    const view = await desk.open(file)
    expect(masked(view.columns)).toEqual([2, 3, 4])
    expect(view.firstRows.map(({ cells }) => cells)).toEqual([
      maskedRow,
      ['Ben', '', '••••', '•••• 1111', '400200'],
      ['Cid', '•••• 6819', '•••• 1881', '•••• 5904', '1'],
    ])
    await desk.service.index(view.viewId, [3], desk.workId())
    expect((await desk.table(view))[0]).toEqual(maskedRow)
    expect(await desk.service.cell(view.viewId, 1, 2)).toBe('•••• 3000')
    expect(await desk.service.values(view.viewId, 4, desk.workId())).toMatchObject({ different: 3 })
    expect(JSON.stringify(await desk.service.values(view.viewId, 4, desk.workId()))).not.toContain('5500')
    expect(await desk.service.addUp(view.viewId, [4], desk.workId())).toEqual([
      { column: 4, rows: 3, filled: 3, numbers: 0, sum: null, average: null },
    ])
  })

  it('cannot be found out by searching: they are compared as they are shown', async () => {
    const view = await desk.open(file)
    const find = (text: string) =>
      desk.service.find(view.viewId, { text, column: null, from: 0, direction: 'down' }, desk.workId())
    expect(await find('370400')).toBeNull()
    expect(await find('•••• 3000')).toMatchObject({ number: 1, column: 2 })
    const equal = (text: string) =>
      desk.service.filter(view.viewId, [{ column: 4, is: 'equal', text }], desk.workId())
    expect(await equal('4111111111111111')).toBe(0)
    expect(await equal('•••• 1111')).toBe(1)
  })

  it('come as they are where they are shown on purpose, column by column, until they are hidden again', async () => {
    const view = await desk.open(file)
    expect(masked(await desk.service.show(view.viewId, [3, 4]))).toEqual([2])
    expect((await desk.table(view))[0]).toEqual([
      'Anna',
      '•••• 3000',
      '4111 1111 1111 1111',
      '5500005555555559',
      '400100',
    ])
    expect(masked(await desk.service.show(view.viewId, []))).toEqual([2, 3, 4])
    expect((await desk.table(view))[0]).toEqual(maskedRow)
  })
})

describe('rows that a filter leaves', () => {
  it('are counted and found by position as in a plain list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1999)), fc.nat(2100), fc.nat(20), (rows, from, wanted) => {
        const sorted = [...rows].sort((a, b) => a - b)
        const bits = new Uint8Array(250)
        for (const row of rows) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7))
        const set = rowSetOf(2000, [
          { row: 0, bits: bits.subarray(0, 128) },
          { row: 1024, bits: bits.subarray(128) },
        ])
        expect(set.size).toBe(rows.length)
        expect(set.slice(from, wanted)).toEqual(sorted.slice(from, from + wanted))
        expect(set.before(from)).toBe(sorted.filter(row => row < from).length)
      }),
    )
  })
})

describe('an average', () => {
  it.each([
    ['10', 4, '2.50'],
    ['1', 3, '0.33'],
    ['2', 3, '0.67'],
    ['-2', 3, '-0.67'],
    ['0.1', 8, '0.013'],
    ['-0.005', 2, '-0.00250'],
    ['0.0001', 2, '0.000050'],
  ])('of %s by %i is %s', (sum, by, average) => {
    const money = parseMoney(sum)
    expect(money && moneyText(averageOf(money, by))).toBe(average)
  })
})
