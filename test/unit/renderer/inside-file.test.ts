import { beforeEach, describe, expect, it } from 'vitest'
import type { InsideCalls, InsideProgress, InsideView } from '../../../preload/contract/inside.ts'
import { DeskError } from '../../../renderer/desk-error.ts'
import { asClipboardRow, grouped, onOneLine } from '../../../renderer/features/look-inside/figures.ts'
import { createInside, type Inside } from '../../../renderer/features/look-inside/inside.ts'
import {
  fileKindOf,
  kindOf,
  resized,
  shownOf,
  untouched,
} from '../../../renderer/features/look-inside/layout.ts'
import { remember, remembered } from '../../../renderer/features/look-inside/remembered.ts'
import { createWorks, type Works } from '../../../renderer/features/look-inside/works.ts'
import { createFakeDesk } from '../../fakes/fake-desk.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'
import { createFakeInside, type FakeTable } from '../../fakes/fake-inside.ts'

const aDesk = monthEnd(1_700_000_000_000)
const currencies = ['EUR', 'USD', 'GBP']
/** 300 rows of an extract: sequence, currency, amount, and a card that is nobody's business. */
const extract: FakeTable = {
  name: 'extract.txt',
  columns: [
    { name: 'Sequence Number', holds: 'number', sensitive: false },
    { name: 'Currency Alpha Code', holds: 'text', sensitive: false },
    { name: 'Journal Amount', holds: 'money', sensitive: false },
    { name: 'Billed Credit Card Account Number', holds: 'number', sensitive: true },
  ],
  rows: 300,
  cell: (row, column) =>
    [String(row + 1), currencies[row % 3] ?? '', `${row}.25`, `45390000000${1000 + row}`][column] ?? '',
  header: { date: '2026-11-14', rows: 300, total: '44925.00', batch: '0000481' },
  amount: 2,
}
const [currency, amount, card] = [2, 3, 4]

let works: Works
let inside: Inside
let calls: InsideCalls
let view: InsideView
let send: (progress: InsideProgress) => void
const state = () => inside.store.getState()

async function look(overrides: Partial<InsideCalls> = {}): Promise<void> {
  const fake = createFakeDesk(aDesk, {
    inside: { ...createFakeInside(extract), ...overrides },
  })
  calls = fake.bridge.inside
  send = fake.inside
  const opened = await calls.open({ receiptId: 'r-1', fileIndex: 0, entry: null }, 'w-0')
  if (opened.kind !== 'table') throw new Error('The fake file is a table')
  view = opened.view
  works = createWorks({
    cancel: id => calls.cancel(id),
    onInside: listener => fake.bridge.on.onInside(listener),
    now: () => 1000,
  })
  inside = createInside(calls, view, works)
}

beforeEach(() => look())

describe('an opened file', () => {
  it('has its rows counted, its money added up, and its control totals compared, at once', async () => {
    expect(state()).toMatchObject({ index: null, left: 60 })
    await inside.count()
    expect(state().left).toBe(300)
    expect(state().index?.control).toMatchObject({ match: true, total: '44925.00', rows: 300 })
    expect(state().totals[amount]).toMatchObject({ sum: '44925.00', filled: 300 })
  })

  it('shows masked what is masked, until somebody shows it on purpose, and masks it again', async () => {
    const shownIn = async () => {
      const cells = inside.cellsOf([currency, card])
      cells.want({ firstRow: 0, lastRow: 5, firstColumn: 0, lastColumn: 1 })
      await new Promise(resolve => setImmediate(resolve))
      return cells.cell(2, 1)
    }
    expect(await shownIn()).toBe('•••• 1002')
    await inside.show(true)
    expect(state().columns.map(({ masked }) => masked)).toEqual([false, false, false, false])
    expect(await shownIn()).toBe('453900000001002')
    await inside.show(false)
    expect(state().columns[3]).toMatchObject({ masked: true })
    expect(await shownIn()).toBe('•••• 1002')
  })

  it('does not show what came before somebody masked it again', async () => {
    await inside.show(true)
    const before = state().round
    await inside.show(false)
    expect(state().round).toBe(before + 1)
    // The first rows came when the file was opened: they are masked, but were asked for under other masks.
    const cells = inside.cellsOf([card])
    expect(cells.cell(0, 0)).toBeUndefined()
  })

  it('forgets what a column came to when other rows are left, and when its masks change', async () => {
    await inside.count()
    await inside.addUp(card)
    expect(state().totals[card]).toMatchObject({ sum: null, filled: 300 })
    await inside.show(true)
    expect(state().totals[card]).toBeUndefined()
    expect(state().totals[amount]?.sum).toBe('44925.00')
    await inside.filter([{ column: currency, is: 'equal', text: 'eur' }])
    expect(state()).toMatchObject({ left: 100, totals: {} })
    await inside.addUp(amount)
    expect(state().totals[amount]?.sum).toBe('14875.00')
    await inside.filter([])
    expect(state().left).toBe(300)
    expect(state().totals[amount]?.sum).toBe('44925.00')
  })

  it('keeps the rows that were left where a filter is cancelled', async () => {
    await inside.count()
    await inside.filter([{ column: currency, is: 'equal', text: 'EUR' }])
    const { round } = state()
    await look({
      filter: async () => {
        throw new DeskError({ code: 'cancelled', facts: {} })
      },
    })
    await inside.filter([{ column: currency, is: 'equal', text: 'USD' }])
    expect(state()).toMatchObject({ round: 0, conditions: [], error: null })
    expect(round).toBe(1)
  })

  it('says that it was changed, and takes that back when something goes well again', async () => {
    let changed = true
    await look({
      addUp: async () => {
        if (changed) throw new DeskError({ code: 'file-changed', facts: {} })
        return []
      },
    })
    await inside.addUp(amount)
    expect(state().error?.code).toBe('file-changed')
    changed = false
    await inside.addUp(amount)
    expect(state().error).toBeNull()
  })

  it('knows in which columns anything stands', async () => {
    expect(await inside.filled()).toEqual([1, 2, 3, 4])
  })

  it('is found in from a row on, and tells what was not found from what was cancelled', async () => {
    const wanted = { text: 'usd', column: null, from: 2, direction: 'down' } as const
    expect(await inside.find(wanted)).toEqual({ position: 4, number: 5, column: currency })
    expect(await inside.find({ ...wanted, text: 'CHF' })).toBeNull()
    await look({
      find: async () => {
        throw new DeskError({ code: 'cancelled', facts: {} })
      },
    })
    expect(await inside.find(wanted)).toBeUndefined()
  })
})

describe('works', () => {
  it('tell their progress, and are gone when they are done', async () => {
    let finish: (value: string) => void = () => undefined
    let id = ''
    const running = works.run('find', workId => {
      id = workId
      return new Promise<string>(resolve => {
        finish = resolve
      })
    })
    send({ workId: 'of another', doing: 'find', done: 1, of: 9 })
    expect(works.read().get('find')?.progress).toBeNull()
    send({ workId: id, doing: 'find', done: 4, of: 9 })
    expect(works.read().get('find')?.progress).toMatchObject({ done: 4, of: 9 })
    finish('here')
    expect(await running).toBe('here')
    expect(works.read().size).toBe(0)
  })

  it('give way to a newer one of their name, whose answer alone counts', async () => {
    const cancelled: string[] = []
    await look({ cancel: async id => void cancelled.push(id) })
    const answers: ((value: string) => void)[] = []
    const call = () => new Promise<string>(resolve => answers.push(resolve))
    const [first, second] = [works.run('add-up', call), works.run('add-up', call)]
    expect(cancelled).toHaveLength(1)
    answers[1]?.('new')
    answers[0]?.('old')
    expect(await Promise.all([first, second])).toEqual([null, 'new'])
  })

  it('are all ended when the file is left, and hear no more', async () => {
    const cancelled: string[] = []
    await look({ cancel: async id => void cancelled.push(id) })
    void works.run('index', () => new Promise(() => undefined))
    void works.run('copy', () => new Promise(() => undefined))
    works.stop()
    expect(cancelled).toHaveLength(2)
    expect(works.read().size).toBe(0)
  })
})

describe('the arrangement of columns', () => {
  const [sequence, alpha] = extract.columns.map((column, at) => ({
    ...column,
    number: at + 1,
    masked: false,
  }))
  const storage = () => {
    const kept = new Map<string, string>()
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    }
  }

  it('is remembered for files of one kind', () => {
    const place = storage()
    const kind = fileKindOf(view)
    expect(remembered(kind, place)).toEqual(untouched)
    remember(kind, resized({ hidden: [2], widths: {} }, 3, 12.3), place)
    expect(remembered(kind, place)).toEqual({ hidden: [2], widths: { 3: 12.25 } })
    expect(remembered(fileKindOf({ ...view, layout: 'titles' }), place)).toEqual(untouched)
  })

  it('is as if nothing had been arranged where what was kept cannot be read', () => {
    expect(remembered('x', { getItem: () => '{"hidden":"all"}' })).toEqual(untouched)
    expect(remembered('x', { getItem: () => 'not JSON' })).toEqual(untouched)
  })

  it('never hides every column', () => {
    if (!sequence || !alpha) throw new Error('The file has columns')
    expect(shownOf([sequence, alpha], { hidden: [1, 2], widths: {} })).toEqual([sequence])
    expect(shownOf([sequence, alpha], { hidden: [1], widths: {} })).toEqual([alpha])
  })

  it('has figures at the right and ids in monospace: by the layout, the name, or what stands there', () => {
    const column = { number: 1, holds: null, sensitive: false, masked: false } as const
    const rows = (...cells: readonly string[]) => cells.map((cell, at) => ({ number: at + 1, cells: [cell] }))
    expect(kindOf({ ...column, name: 'Journal Amount', holds: 'money' }, [])).toBe('number')
    expect(kindOf({ ...column, name: 'Employee ID', holds: 'text' }, [])).toBe('id')
    expect(kindOf({ ...column, name: 'Total' }, rows('1', '-20.50', ''))).toBe('number')
    expect(kindOf({ ...column, name: 'Zip' }, rows('01067', '80331'))).toBe('text')
    expect(kindOf({ ...column, name: 'Paid' }, rows('', ''))).toBe('text')
  })
})

describe('figures and cells in words', () => {
  it.each([
    ['1204331.0700', '1,204,331.0700'],
    ['-0.5', '-0.5'],
    ['+550.0000', '550.0000'],
    ['12345678901234567890123.10', '12,345,678,901,234,567,890,123.10'],
    ['n/a', 'n/a'],
  ])('%s is written %s: no digit is dropped or added', (amount_, text) => {
    expect(grouped(amount_)).toBe(text)
  })

  it('draw a cell on one line, and copy a row so that a table program has its cells', () => {
    expect(onOneLine('a\r\nb\tc\nd')).toBe('a ↵ b ⇥ c ↵ d')
    expect(asClipboardRow(['00042', null, 'say "yes"\nor no', 'x'])).toBe('00042\t\t"say ""yes""\nor no"\tx')
  })
})
