import { describe, expect, it } from 'vitest'
import { noticesFor } from '../../../main/core/desktop/notices.ts'
import { startNotifications } from '../../../main/core/desktop/notifications.ts'
import { createEvents } from '../../../main/core/events.ts'
import { jobId, receiptId } from '../../../main/core/ids.ts'
import type { Note } from '../../../main/core/ports.ts'
import type { Summary } from '../../../main/core/schedules/summary.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import type { DueItemView, DueView, ScheduleView } from '../../../preload/contract/schedules.ts'
import type { Change, JobView, NeedView, Place, Settings } from '../../../preload/contract/types.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { desk, only } from '../ipc/services.ts'
import { downloading, jobOf, needOf, receiptOf } from './views.ts'

describe('which notifications there are', () => {
  const receipts = [receiptOf('US'), receiptOf('EU')]
  const needs = [needOf('US'), needOf('EU')]

  it('is one for a delivery, which opens its receipt and shows its folder', () => {
    expect(noticesFor([receiptOf('US')], [], 'all')).toEqual([
      {
        title: 'SAE US delivered',
        body: '3 files, 48,211 rows, totals match',
        opens: { screen: 'receipt', receiptId: 'US' },
        file: '/srv/in/a.txt',
      },
    ])
  })

  it('says so where totals differ, and is silent where there are none', () => {
    const totals = { file: 'a.txt', headerRows: 1, headerTotal: '1', rows: 1, total: '2', match: false }
    expect(noticesFor([receiptOf('US', { controlTotals: [totals] })], [], 'all')[0]?.body).toContain('differ')
    expect(noticesFor([receiptOf('US', { controlTotals: [] })], [], 'all')[0]?.body).not.toContain('totals')
  })

  it('is one for a batch, and one for all that needs the user', () => {
    const notices = noticesFor(receipts, needs, 'all')
    expect(notices.map(({ title, body, opens }) => [title, body, opens])).toEqual([
      ['2 extracts delivered', 'SAE US, SAE EU', { screen: 'today' }],
      ['2 things need you', 'SAE US, SAE EU', { screen: 'today' }],
    ])
  })

  it('is none of the deliveries where only problems are wanted, and none at all where that is wanted', () => {
    expect(noticesFor(receipts, needs, 'problems').map(({ title }) => title)).toEqual(['2 things need you'])
    expect(noticesFor(receipts, needs, 'off')).toEqual([])
  })

  it.each([
    [{}, { screen: 'definition', definitionId: 'd-1' }],
    [{ definitionId: null }, { screen: 'connection', connectionId: 'c-1' }],
    [{ definitionId: null, connectionId: null }, { screen: 'today' }],
  ] as const)('opens where a need of %j is settled', (named, place) => {
    expect(noticesFor([], [needOf('US', named)], 'problems')[0]?.opens).toEqual(place)
  })
})

async function setUp(
  first: readonly NeedView[] = [],
  notifications: Settings['notifications'] = 'all',
  before: { readonly schedules: readonly ScheduleView[]; readonly summaries: Map<string, Summary> } = {
    schedules: [],
    summaries: new Map(),
  },
) {
  const clock = fakeClock()
  const faults: unknown[] = []
  const events = createEvents(error => faults.push(error))
  const shown: (Note & { readonly choose: (what: 'note' | 'button') => void })[] = []
  const opened: Place[] = []
  const folders: string[] = []
  const { summaries } = before
  let wake = () => {}
  let change = (_change: Change) => {}
  let seq = 0
  await startNotifications({
    desk: desk({
      activity: { view: async () => ({ needs: first, running: [], delivered: [] }) },
      schedules: { list: async () => before.schedules },
      settings: { get: async () => only<Settings>('settings', { notifications }) },
      receipts: {
        show: async id => {
          if (id === receiptId('damaged')) throw new Error('damaged')
          return receiptOf(id)
        },
      },
    }),
    summaryOf: async id => summaries.get(id) ?? null,
    events,
    clock,
    mirror: {
      onChange: listener => {
        change = listener
        return () => {}
      },
    },
    power: {
      onWake: run => {
        wake = run
        return () => {}
      },
    },
    notifier: { show: (note, chosen) => shown.push({ ...note, choose: chosen }) },
    open: place => opened.push(place),
    showInFolder: path => folders.push(path),
    onFault: error => faults.push(error),
  })
  return {
    clock,
    shown,
    opened,
    folders,
    faults,
    wake: () => wake(),
    delivered: (id: string, job = 'j') =>
      events.publish({ kind: 'delivered', receiptId: receiptId(id), jobId: jobId(job) }),
    summaries,
    schedulesChanged: () => {
      seq += 1
      change({ seq, slices: { schedules: [] } })
    },
    needs: (...needs: NeedView[]) => {
      seq += 1
      change({ seq, slices: { activity: { needs, running: [], delivered: [] } } })
    },
    titles: () => shown.map(({ title }) => title),
  }
}

describe('a run set', () => {
  const set = (left: number, delivered: number): Summary => ({
    id: 'set',
    name: 'Month end',
    scheduleId: 's-1',
    definitions: ['SAE US', 'SAE EU', 'Card data'],
    delivered,
    left,
  })

  it('is told once, when all of it is over, however long it takes', async () => {
    const test = await setUp()
    test.summaries.set('a', set(2, 1)).set('b', set(1, 2))
    test.delivered('US', 'a')
    await test.clock.advance(minutes(1))
    test.delivered('EU', 'b')
    await test.clock.advance(minutes(5))
    expect(test.titles()).toEqual([])

    // The third ended without a delivery: nothing but a change of the schedules tells of it.
    test.summaries.set('a', set(0, 2)).set('b', set(0, 2))
    test.schedulesChanged()
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual(['Month end: 2 of 3 delivered'])
    expect(test.shown[0]?.body).toBe('SAE US, SAE EU, Card data')
    test.shown[0]?.choose('note')
    expect(test.opened).toEqual([{ screen: 'schedule', scheduleId: 's-1' }])
    test.schedulesChanged()
    await test.clock.advance(minutes(1))
    expect(test.titles()).toHaveLength(1)
  })

  it('is told also where the app was ended and started again before it was over', async () => {
    const delivery = { ...downloading(1, 1).delivery, receiptId: 'US' } as JobView['delivery']
    const item = only<DueItemView>('item', { job: jobOf({ id: 'a', delivery }) })
    const last = only<DueView>('due', { items: [item] })
    const schedules = [only<ScheduleView>('schedule', { open: [], last })]
    const test = await setUp([], 'all', { schedules, summaries: new Map([['a', set(1, 2)]]) })
    test.summaries.set('a', set(0, 2))
    test.schedulesChanged()
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual(['Month end: 2 of 3 delivered'])

    const old = await setUp([], 'all', { schedules, summaries: new Map([['a', set(0, 2)]]) })
    old.schedulesChanged()
    await old.clock.advance(minutes(1))
    expect(old.titles()).toEqual([])
  })

  it('keeps no other delivery waiting, and is silent where only problems are wanted', async () => {
    const test = await setUp()
    test.summaries.set('a', set(2, 1))
    test.delivered('US', 'a')
    test.delivered('EU')
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual(['SAE EU delivered'])
    expect(noticesFor([], [], 'problems', [set(0, 3)])).toEqual([])
  })

  it('of what was caught up after a sleep opens all schedules', () => {
    const [notice] = noticesFor([], [], 'all', [{ ...set(0, 2), name: null }])
    expect(notice).toMatchObject({ title: 'Caught up: 2 of 3 delivered', opens: { screen: 'schedules' } })
  })
})

describe('when notifications are shown', () => {
  it('is soon after a delivery; a click opens the receipt, the button its folder', async () => {
    const test = await setUp()
    test.delivered('US')
    await test.clock.advance(seconds(2))
    expect(test.titles()).toEqual(['SAE US delivered'])
    test.shown[0]?.choose('note')
    test.shown[0]?.choose('button')
    expect(test.opened).toEqual([{ screen: 'receipt', receiptId: 'US' }])
    expect(test.folders).toEqual(['/srv/in/a.txt'])
  })

  it('is once for what comes together', async () => {
    const test = await setUp()
    for (const id of ['US', 'EU', 'UK']) test.delivered(id)
    test.needs(needOf('1'))
    await test.clock.advance(seconds(60))
    expect(test.titles()).toEqual(['3 extracts delivered', 'SAE 1 needs you'])
  })

  it('is at most every ten seconds, and what came meanwhile is told together', async () => {
    const test = await setUp()
    for (let n = 0; n < 60; n += 1) {
      test.delivered(`${n}`)
      await test.clock.advance(seconds(1))
    }
    await test.clock.advance(seconds(20))
    expect(test.shown.length).toBeLessThanOrEqual(8)
    expect(test.titles()).not.toContain('0 extracts delivered')
  })

  it('is once for each need, until it is gone and comes back', async () => {
    const test = await setUp()
    for (let n = 0; n < 5; n += 1) {
      test.needs(needOf('1'))
      await test.clock.advance(minutes(1))
    }
    expect(test.titles()).toEqual(['SAE 1 needs you'])
    test.needs()
    await test.clock.advance(minutes(1))
    test.needs(needOf('1'))
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual(['SAE 1 needs you', 'SAE 1 needs you'])
  })

  it('is not for a need that was settled before it could be told', async () => {
    const test = await setUp()
    test.needs(needOf('1'))
    await test.clock.advance(seconds(1))
    test.needs()
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual([])
  })

  it('is not for what needed the user before the start', async () => {
    const test = await setUp([needOf('1')])
    test.needs(needOf('1'))
    await test.clock.advance(minutes(1))
    test.needs(needOf('1'), needOf('2'))
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual(['SAE 2 needs you'])
  })

  it('is later after sleep, when the network has come back', async () => {
    const test = await setUp()
    test.wake()
    test.needs(needOf('1'))
    await test.clock.advance(seconds(20))
    test.needs()
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual([])
  })

  it('goes on when the clock is set back', async () => {
    const test = await setUp()
    test.delivered('US')
    await test.clock.advance(seconds(3))
    test.delivered('EU')
    await test.clock.advance(seconds(1))
    test.clock.set(fakeStart)
    await test.clock.advance(seconds(15))
    expect(test.titles()).toEqual(['SAE US delivered', 'SAE EU delivered'])
  })

  it('tells the others where one receipt cannot be read', async () => {
    const test = await setUp()
    test.delivered('damaged')
    test.delivered('US')
    test.needs(needOf('1'))
    await test.clock.advance(minutes(1))
    expect(test.titles()).toEqual(['SAE US delivered', 'SAE 1 needs you'])
    expect(test.faults).toHaveLength(1)
  })
})
