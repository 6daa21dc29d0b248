import { describe, expect, it } from 'vitest'
import { type Beside, findingsOf } from '../../../main/core/checks/findings.ts'
import type { NewFacts, PastDelivery } from '../../../main/core/checks/types.ts'
import { receiptId } from '../../../main/core/ids.ts'
import { addMillis, instantAt, minutes } from '../../../main/core/time.ts'
import type { FindingCode, FindingMark } from '../../../preload/contract/checks.ts'
import { day, facts, kept, past, quietDays, start } from './pasts.ts'

const found = (now: Partial<NewFacts>, all: readonly PastDelivery[], beside: Partial<Beside> = {}) =>
  findingsOf(facts(now), { past: all, same: null, unsaved: null, ...beside })
const codes = (now: Partial<NewFacts>, all: readonly PastDelivery[], beside: Partial<Beside> = {}) =>
  found(now, all, beside).map(({ code }) => code)
const marked = (code: FindingCode, as: FindingMark) => [
  { code, facts: {}, mark: { as, by: 'erika', at: start } },
]
const withRows = (rows: readonly number[]) => rows.map((n, index) => past(index + 1, { rows: n }))
const usd = (total: string) => [{ currency: 'USD', total }]
const withTotals = (totals: readonly string[]) =>
  totals.map((total, index) => past(index + 1, { totals: usd(total) }))

it('finds nothing in a first delivery, nor in one as all others', () => {
  expect(found({}, [])).toEqual([])
  expect(
    found(
      {},
      quietDays.map(n => past(n)),
    ),
  ).toEqual([])
})

describe('rows', () => {
  const usual = [90, 100, 110, 95, 105, 100, 98]

  it('are unusual far above and far below what is usual', () => {
    expect(found({ rows: 480 }, withRows(usual))).toEqual([
      { code: 'rows-unusual', facts: { rows: 480, low: 60, high: 140, known: 7 } },
    ])
    expect(codes({ rows: 20 }, withRows(usual))).toEqual(['rows-unusual'])
    expect(codes({ rows: 130 }, withRows(usual))).toEqual([])
  })

  it('are not judged by too few, nor where they were not counted', () => {
    expect(codes({ rows: 480 }, withRows(usual.slice(0, 5)))).toEqual([])
    expect(codes({ rows: 480 }, withRows(usual.slice(0, 6)))).toEqual(['rows-unusual'])
    expect(codes({ rows: null }, withRows(usual))).toEqual([])
    expect(
      codes(
        { rows: 480 },
        quietDays.map(n => past(n, { rows: null })),
      ),
    ).toEqual([])
  })

  it('are as expected where somebody said so of about as many', () => {
    const quarter = past(8, { rows: 480, findings: marked('rows-unusual', 'expected') })
    expect(codes({ rows: 500 }, [...withRows(usual), quarter])).toEqual([])
    expect(codes({ rows: 900 }, [...withRows(usual), quarter])).toEqual(['rows-unusual'])
    const seen = past(8, { rows: 480, findings: marked('rows-unusual', 'seen') })
    expect(codes({ rows: 500 }, [...withRows(usual), seen])).toEqual(['rows-unusual'])
  })

  it('of the end of a month are compared with ends of months, once enough are known', () => {
    const months = [1, 2, 3, 4, 5, 6, 7]
    const monthEnd = (n: number) => instantAt(Date.UTC(2026, 6 - n, 1))
    const ends = months.map(n => past(n * 30, { at: monthEnd(n), rows: 1000 + n }))
    const all = [...withRows(usual), ...ends]
    const at = instantAt(Date.UTC(2026, 6, 1))
    expect(codes({ rows: 1010, at }, all)).toEqual([])
    expect(codes({ rows: 100, at }, all)).toEqual(['rows-unusual'])
    expect(codes({ rows: 1010, at }, [...withRows(usual), ...ends.slice(0, 2)])).toEqual(['rows-unusual'])
    expect(codes({ rows: 100 }, all)).toEqual([])
  })
})

describe('totals', () => {
  const usual = ['1000.00', '1100.00', '900.0000', '1050', '980.5', '1020']

  it('are unusual by currency, in exact decimals', () => {
    expect(found({ totals: usd('9007199254740993.01') }, withTotals(usual))).toEqual([
      {
        code: 'total-unusual',
        facts: {
          total: '9007199254740993.01',
          currency: 'USD',
          low: '801.5000',
          high: '1218.5000',
          known: 6,
        },
      },
    ])
    expect(codes({ totals: usd('1100') }, withTotals(usual))).toEqual([])
    // Nobody knows yet what is usual of another one.
    expect(codes({ totals: [...usd('1100'), { currency: 'EUR', total: '5' }] }, withTotals(usual))).toEqual(
      [],
    )
  })

  it('that were always zero are unusual as soon as they are not', () => {
    const balanced = withTotals(['0.00', '0.0000', '0', '0', '0', '0'])
    expect(codes({ totals: usd('0.0001') }, balanced)).toEqual(['total-unusual'])
    expect(codes({ totals: usd('-0.00') }, balanced)).toEqual([])
  })

  it('of older deliveries count though their currency is not recorded', () => {
    const older = usual.map((total, index) =>
      past(index + 1, { kept: null, findings: null, totals: [{ currency: '', total }] }),
    )
    expect(codes({ totals: usd('5') }, older)).toEqual(['total-unusual'])
  })
})

describe('an empty delivery', () => {
  it('is news where most had rows, and is said once', () => {
    expect(
      found(
        { rows: 0, totals: usd('0') },
        quietDays.map(n => past(n, { totals: usd('500') })),
      ),
    ).toEqual([{ code: 'empty', facts: { full: 10, known: 10 } }])
  })

  it('is none where nothing is known, most were empty, or somebody expects it', () => {
    expect(codes({ rows: 0 }, [])).toEqual([])
    expect(codes({ rows: 0 }, withRows([0, 0, 5]))).toEqual([])
    expect(
      codes({ rows: 0 }, [past(1), past(2, { rows: 0, findings: marked('empty', 'expected') })]),
    ).toEqual([])
  })
})

describe('the same files', () => {
  const same = { receiptId: receiptId('r-3'), receiptNumber: 97, deliveredAt: start }

  it('are told with the receipt that they were in', () => {
    expect(found({}, [past(3)], { same })).toEqual([{ code: 'identical', facts: same }])
  })

  it('are none where they are empty, or somebody expects these', () => {
    expect(codes({ rows: 0 }, withRows([0, 0]), { same })).toEqual([])
    const expected = past(3, { findings: marked('identical', 'expected') })
    expect(codes({}, [expected], { same })).toEqual([])
    expect(codes({ fingerprint: 'others' }, [expected], { same })).toEqual(['identical'])
  })
})

describe('columns', () => {
  const table = (file: string, names: readonly string[] | null, count = names?.length ?? 0) => ({
    key: file.replaceAll(/\d+/g, '#'),
    file,
    columns: { count, names },
  })
  const tablesOf = (...tables: readonly ReturnType<typeof table>[]) => past(1, { kept: kept({ tables }) })
  const difference = (old: ReturnType<typeof table>, now: ReturnType<typeof table>) =>
    found({ tables: [now] }, [tablesOf(old)]).map(one => one.facts)

  it('that are gone, new or moved are named', () => {
    expect(difference(table('a-1.csv', ['Id', 'Amount']), table('a-2.csv', ['Id', 'Value', 'Tax']))).toEqual([
      { file: 'a-2.csv', before: 2, now: 3, gone: 'Amount', added: 'Value, Tax' },
    ])
    expect(difference(table('a', ['Id', 'Amount']), table('a', ['Amount', 'Id']))).toEqual([
      { file: 'a', before: 2, now: 2, moved: 1 },
    ])
    expect(difference(table('a', ['Id', 'Amount']), table('a', ['Id', 'Amount']))).toEqual([])
  })

  it('without names are counted', () => {
    expect(difference(table('a', null, 400), table('a', null, 399))).toEqual([
      { file: 'a', before: 400, now: 399 },
    ])
    expect(difference(table('a', null, 400), table('a', null, 400))).toEqual([])
  })

  it('are compared by the name without its numbers, or where there is one file only', () => {
    expect(difference(table('gXq', null, 4), table('gYz', null, 5))).toHaveLength(1)
    const two = tablesOf(table('a-1', null, 4), table('b-1', null, 9))
    expect(found({ tables: [table('b-2', null, 9), table('c-2', null, 1)] }, [two])).toEqual([])
    expect(codes({ tables: [table('b-2', null, 8)] }, [two])).toEqual(['columns-changed'])
  })

  it('are those of the run before, not of a later one, nor of one of which they were not recorded', () => {
    const later = past(-1, { kept: kept({ tables: [table('a', null, 9)] }) })
    const unknown = past(1, { kept: null })
    const old = past(2, { kept: kept({ tables: [table('a', null, 4)] }) })
    expect(codes({ tables: [table('a', null, 4)] }, [later, unknown, old])).toEqual([])
    expect(codes({ tables: [table('a', null, 9)] }, [later, unknown, old])).toEqual(['columns-changed'])
  })
})

describe('periods', () => {
  const period = (from: number, to: number) => ({
    from: addMillis(start, from * day),
    to: addMillis(start, to * day),
  })
  const covering = (...periods: readonly ReturnType<typeof period>[]) =>
    periods.map((one, index) => past(index + 1, { kept: kept({ period: one }) }))

  it('have a gap where one begins later than all before have ended', () => {
    expect(found({ period: period(10, 20) }, covering(period(-10, 0), period(-20, 4)))).toEqual([
      { code: 'period-gap', facts: { from: addMillis(start, 4 * day), to: addMillis(start, 10 * day) } },
    ])
  })

  it('have none where they meet, overlap, or an old one is asked for again', () => {
    expect(codes({ period: period(0, 10) }, covering(period(-10, 0)))).toEqual([])
    expect(codes({ period: period(-5, 10) }, covering(period(-10, 0)))).toEqual([])
    expect(codes({ period: period(-90, -80) }, covering(period(-10, 0)))).toEqual([])
    const nearly = { from: addMillis(start, minutes(1)), to: addMillis(start, day) }
    expect(codes({ period: nearly }, covering(period(-10, 0)))).toEqual([])
    expect(codes({ period: null }, covering(period(-10, 0)))).toEqual([])
  })
})

it('tells of runs in between that nobody saved', () => {
  const unsaved = { count: 2, first: addMillis(start, -day), last: start }
  expect(found({}, [past(3)], { unsaved })).toEqual([
    { code: 'runs-unsaved', facts: { runs: 2, first: unsaved.first, last: unsaved.last } },
  ])
})
