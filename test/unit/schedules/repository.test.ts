import { describe, expect, test } from 'vitest'
import { createSchedulesRepository } from '../../../main/adapters/database/repositories/schedules.ts'
import { definitionId, jobId, scheduleId } from '../../../main/core/ids.ts'
import { notice, startingItem } from '../../../main/core/schedules/ledger.ts'
import {
  type DueTime,
  type LedgerEntry,
  type Schedule,
  ScheduleChangedMeanwhile,
  type SchedulesRepository,
} from '../../../main/core/schedules/types.ts'
import { addMillis, hours, type Instant } from '../../../main/core/time.ts'
import type { Recurrence } from '../../../preload/contract/schedules.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { memorySchedules } from '../../fakes/memory-schedules.ts'
import { at } from '../../fakes/schedules-world.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const inDatabase = () => {
  const database = tempDatabase()
  const log = memoryLog()
  return { database, log, schedules: createSchedulesRepository(database, fakeClock(), log) }
}
/** The fake keeps the same promises as the database; both are held to them here. */
const kinds: readonly [string, () => SchedulesRepository][] = [
  ['in the database', () => inDatabase().schedules],
  ['in memory', memorySchedules],
]

const id = scheduleId('schedule-1')
const schedule: Schedule = {
  id,
  name: 'Month end',
  definitionIds: [definitionId('a'), definitionId('b')],
  timetable: at('18:45', { holidays: [{ date: '2026-12-25', name: 'Christmas Day' }], skipHolidays: true }),
  missed: 'once',
  paused: false,
  lookedUntil: fakeStart,
  createdAt: fakeStart,
  removedAt: null,
  rev: 0,
}
const only = (one: Schedule): LedgerEntry => ({ schedule: one, added: [], changed: [], takeBackAfter: null })
const later = (n: number): Instant => addMillis(fakeStart, hours(n))
const read = async (schedules: SchedulesRepository): Promise<Schedule> => {
  const found = await schedules.find(id)
  if (!found) throw new Error('The schedule was saved')
  return found
}
async function noticed(schedules: SchedulesRepository, now: Instant): Promise<readonly DueTime[]> {
  const entry = notice(await read(schedules), await schedules.open(id), now)
  if (entry) await schedules.write(entry, 'noticed')
  return schedules.open(id)
}

describe.each(kinds)('schedules %s', (_, make) => {
  const recurrences: readonly Recurrence[] = [
    { kind: 'daily', time: '18:45', days: 'working' },
    { kind: 'weekly', time: '18:45', weekdays: [1, 5] },
    { kind: 'monthly-day', time: '18:45', day: 31, dayOff: 'before' },
    { kind: 'monthly-working-day', time: '18:45', nth: -1 },
    { kind: 'cron', expression: '0 7 * * *' },
  ]
  test.each(recurrences)('come back as they were written: $kind', async recurrence => {
    const schedules = make()
    const written = { ...schedule, timetable: { ...schedule.timetable, recurrence } }
    await schedules.write(only(written), 'saved')
    expect(await schedules.all()).toEqual([{ ...written, rev: 1 }])
  })

  test('of two that change the same row at once, one is refused, with all that it wanted to write', async () => {
    const schedules = make()
    await schedules.write(only(schedule), 'saved')
    const row = await read(schedules)
    const entry = notice(row, [], later(1))
    if (!entry) throw new Error('One is due')
    await schedules.write(only({ ...row, paused: true }), 'paused')
    await expect(schedules.write(entry, 'noticed')).rejects.toThrow(ScheduleChangedMeanwhile)
    await expect(schedules.write(only(schedule), 'saved')).rejects.toThrow(ScheduleChangedMeanwhile)
    expect(await schedules.ledger(id, 10)).toEqual([])
  })

  test('a due time that the ledger has stays as it is, whoever notices it again', async () => {
    const schedules = make()
    await schedules.write(only(schedule), 'saved')
    const [due] = await noticed(schedules, later(1))
    if (!due) throw new Error('One is due')
    expect(await schedules.standing()).toEqual({ open: [due], last: [] })
    const started = await schedules.saveDue(
      startingItem(due, definitionId('a'), jobId('job-1'), later(1)),
      'started',
    )
    await schedules.write(
      only({ ...(await read(schedules)), lookedUntil: fakeStart }),
      'the clock was set back',
    )
    await noticed(schedules, later(1))
    expect(await schedules.ledger(id, 10)).toEqual([started])
    await expect(schedules.saveDue(due, 'an older one')).rejects.toThrow(ScheduleChangedMeanwhile)
  })

  test('what ended is no longer open, and the newest of it is known', async () => {
    const schedules = make()
    await schedules.write(only({ ...schedule, missed: 'skip' }), 'saved')
    expect(await noticed(schedules, later(74))).toEqual([])
    const ledger = await schedules.ledger(id, 2)
    expect(ledger.map(due => due.dueAt)).toEqual([later(72.25), later(48.25)])
    expect(await schedules.lastEnded(id)).toEqual(ledger[0])
    expect(await schedules.standing()).toEqual({ open: [], last: [ledger[0]] })
  })

  test('what a clock that ran ahead noticed is taken back, unless it started something', async () => {
    const schedules = make()
    await schedules.write(only(schedule), 'saved')
    const [due] = await noticed(schedules, later(74))
    if (!due) throw new Error('One is due')
    await noticed(schedules, later(1))
    expect((await schedules.ledger(id, 10)).map(one => one.dueAt)).toEqual([due.dueAt, later(0.25)])
    expect((await read(schedules)).lookedUntil).toBe(later(1))
  })

  test('a removed one is out of sight, and has work until what it began has ended', async () => {
    const schedules = make()
    await schedules.write(only(schedule), 'saved')
    await noticed(schedules, later(1))
    await schedules.write(only({ ...(await read(schedules)), removedAt: later(2) }), 'removed')
    expect([await schedules.all(), await schedules.withWork()]).toEqual([[], [id]])
    expect(await schedules.standing()).toEqual({ open: [], last: [] })
  })
})

test('a row that cannot be read is logged and hides no other', async () => {
  const { database, log, schedules } = inDatabase()
  await schedules.write(only(schedule), 'saved')
  await schedules.write(only({ ...schedule, id: scheduleId('schedule-2'), name: 'Another' }), 'saved')
  database.transaction(tx => tx.run("UPDATE schedules SET timetable = '{}' WHERE id = 'schedule-2'"))
  expect((await schedules.all()).map(one => one.id)).toEqual([id])
  expect(log.entries).toMatchObject([{ event: 'database.row-unreadable', facts: { id: 'schedule-2' } }])
})

test('every change of a due time is in the journal', async () => {
  const { database, schedules } = inDatabase()
  await schedules.write(only(schedule), 'saved')
  const [due] = await noticed(schedules, later(1))
  if (!due) throw new Error('One is due')
  await schedules.saveDue(
    startingItem(due, definitionId('a'), jobId('job-1'), later(1)),
    'about to be started',
  )
  const entries = database.all(
    "SELECT to_state, why, facts FROM journal WHERE entity = 'schedule' ORDER BY seq",
  )
  expect(entries).toMatchObject([
    { to_state: 'starting', why: 'noticed' },
    { to_state: 'starting', why: 'about to be started', facts: expect.stringContaining('job-1') },
  ])
})
