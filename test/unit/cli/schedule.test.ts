import { describe, expect, it } from 'vitest'
import type { DueView, ScheduleView } from '../../../preload/contract/schedules.ts'
import { call } from './call.ts'
import { aConnection, aDefinition, aJob, aReceipt, running } from './views.ts'

const at = (text: string) => Date.parse(text)
const schedule: ScheduleView = {
  id: 'schedule-1',
  name: 'Month end',
  definitionIds: [aDefinition.id],
  timetable: {
    recurrence: { kind: 'monthly-working-day', time: '18:30', nth: -1 },
    zone: 'Europe/Berlin',
    holidays: [],
    skipHolidays: false,
  },
  missed: 'once',
  paused: false,
  next: [at('2026-11-30T17:30:00Z')],
  last: null,
  open: [],
}
const due: DueView = {
  scheduleId: schedule.id,
  scheduleName: schedule.name,
  dueAt: at('2026-10-30T17:30:00Z'),
  until: null,
  state: 'run',
  late: false,
  reason: null,
  error: null,
  items: [
    {
      definitionId: aDefinition.id,
      definitionName: aDefinition.name,
      state: 'run',
      job: running,
      error: null,
    },
  ],
  noticedAt: 1,
  endedAt: 2,
  nextTryAt: null,
}

const ask = (words: readonly string[], dues: readonly DueView[] = []) =>
  call(['schedule', ...words], {
    desk: {
      connections: { list: async () => [aConnection] },
      definitions: { list: async () => [aDefinition] },
      receipts: { show: async () => aReceipt },
      jobs: { view: async () => aJob },
      schedules: { list: async () => [schedule], runDue: async () => dues },
    },
  })

describe('schedule list', () => {
  it('says what runs when', async () => {
    expect((await ask(['list', '--json'])).json).toEqual([
      {
        id: 'schedule-1',
        name: 'Month end',
        definitions: ['Standard Accounting Extract'],
        recurrence: { kind: 'monthly-working-day', time: '18:30', nth: -1 },
        zone: 'Europe/Berlin',
        paused: false,
        next: ['2026-11-30T17:30:00Z'],
        last: null,
      },
    ])
    expect((await ask(['list'])).out).toContain('2026-11-30T17:30:00Z')
  })
})

describe('schedule run-due', () => {
  it('does nothing where nothing is due', async () => {
    expect(await ask(['run-due', '--json'])).toMatchObject({ exit: 0, json: [] })
    expect((await ask(['run-due'])).out).toContain('Nothing is due.')
  })

  it('waits for the files of what it started', async () => {
    const called = await ask(['run-due', '--json', '--quiet'], [due])
    expect(called.exit).toBe(0)
    expect(called.json).toMatchObject([
      {
        schedule: 'Month end',
        dueAt: '2026-10-30T17:30:00Z',
        state: 'run',
        runs: [{ outcome: 'delivered', connection: 'Acme EU', receipt: 'r-1' }],
      },
    ])
  })

  it('ends with the first failure, and tells of all', async () => {
    const error = { code: 'sign-in-waiting' as const, facts: {} }
    const failed: DueView = {
      ...due,
      state: 'missed',
      error,
      items: [{ ...(due.items[0] as DueView['items'][number]), state: 'not-started', job: null, error }],
    }
    const called = await ask(['run-due', '--json', '--quiet'], [due, failed])
    expect(called.exit).toBe(3)
    expect(called.json).toMatchObject({
      error: { code: 'sign-in-waiting' },
      due: [{ runs: [{ outcome: 'delivered' }] }, { state: 'missed', runs: [{ outcome: 'needs-sign-in' }] }],
    })
  })
})
