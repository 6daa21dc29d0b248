import { describe, expect, it } from 'vitest'
import type { Recurrence, Timetable } from '../../../preload/contract/schedules.ts'
import { schedule as sentences } from '../../../preload/contract/text/index.ts'
import {
  type Draft,
  draftOf,
  holidayLines,
  inputOf,
  newDraft,
  readHolidayLines,
  timetableOf,
} from '../../../renderer/features/schedules/draft.ts'
import { soonest } from '../../../renderer/features/schedules/next-run.tsx'

const holidays = [
  { date: '2026-12-25', name: 'Christmas Day' },
  { date: '2026-12-26', name: '' },
]
const timetable = (recurrence: Recurrence, patch: Partial<Timetable> = {}): Timetable => ({
  recurrence,
  zone: 'Europe/Berlin',
  holidays: [],
  skipHolidays: false,
  ...patch,
})
const time = '18:30'

describe('a schedule as a sentence', () => {
  it.each<[Recurrence, string]>([
    [{ kind: 'daily', time, days: 'all' }, 'Every day at 18:30 Europe/Berlin'],
    [{ kind: 'daily', time, days: 'working' }, 'Every working day at 18:30 Europe/Berlin'],
    [{ kind: 'weekly', time, weekdays: [5, 1] }, 'Every Monday and Friday at 18:30 Europe/Berlin'],
    [{ kind: 'weekly', time, weekdays: [1, 2, 3, 4, 5, 6, 7] }, 'Every day at 18:30 Europe/Berlin'],
    [
      { kind: 'monthly-day', time, day: 22, dayOff: 'keep' },
      'On the 22nd of each month at 18:30 Europe/Berlin',
    ],
    [
      { kind: 'monthly-day', time, day: 31, dayOff: 'before' },
      'On the last day of each month (or the working day before it) at 18:30 Europe/Berlin',
    ],
    [
      { kind: 'monthly-working-day', time, nth: -1 },
      'On the last working day of each month at 18:30 Europe/Berlin',
    ],
    [
      { kind: 'monthly-working-day', time, nth: 3 },
      'On the 3rd working day of each month at 18:30 Europe/Berlin',
    ],
    [
      { kind: 'monthly-working-day', time, nth: -2 },
      'On the second to last working day of each month at 18:30 Europe/Berlin',
    ],
    [{ kind: 'cron', expression: '0 7 * * 1' }, 'By the cron expression 0 7 * * 1, Europe/Berlin'],
  ])('%j', (recurrence, sentence) => {
    expect(sentences.sentence(timetable(recurrence))).toBe(sentence)
  })

  it('says that nothing is due on holidays, where there are any', () => {
    const daily: Recurrence = { kind: 'daily', time, days: 'all' }
    expect(sentences.sentence(timetable(daily, { skipHolidays: true }))).not.toContain('holidays')
    expect(sentences.sentence(timetable(daily, { skipHolidays: true, holidays }))).toMatch(
      /, not on holidays$/,
    )
  })
})

describe('what the form holds', () => {
  const draft: Draft = { ...newDraft(null, 'UTC'), name: ' Month end ', definitionIds: ['a'] }

  it('becomes what main takes, and comes back from what main shows', () => {
    const input = inputOf(null, draft)
    expect(input).toEqual({
      id: null,
      name: 'Month end',
      definitionIds: ['a'],
      missed: 'once',
      timetable: timetable({ kind: 'monthly-working-day', time, nth: -1 }, { zone: 'UTC' }),
    })
    if (input === null) throw new Error('It is complete')
    const shown = { ...input, id: 's', paused: false, next: [], last: null, open: [] }
    expect(inputOf('s', draftOf(shown))).toEqual({ ...input, id: 's' })
  })

  it.each<Partial<Draft>>([
    { name: ' ' },
    { definitionIds: [] },
    { time: '25:00' },
    { time: '' },
    { kind: 'weekly', weekdays: [] },
    { kind: 'cron', expression: ' ' },
  ])('is not complete: %j', patch => {
    expect(inputOf(null, { ...draft, ...patch })).toBe(null)
  })

  it('takes an hour of one digit, and skips holidays only where that means something', () => {
    const skipping: Draft = { ...draft, time: '9:05', holidays, skipHolidays: true }
    expect(timetableOf(skipping)).toMatchObject({ recurrence: { time: '09:05' }, skipHolidays: false })
    expect(timetableOf({ ...skipping, kind: 'daily' })).toMatchObject({ skipHolidays: true })
  })
})

describe('holidays in lines', () => {
  it('come back as they were written, in order, each once', () => {
    expect(readHolidayLines(holidayLines(holidays))).toEqual(holidays)
    expect(readHolidayLines('2026-12-26\n\n 2026-12-25\tChristmas Day\n2026-12-25, Christmas Day')).toEqual(
      holidays,
    )
  })

  it.each(['25.12.2026 Christmas', '2026-02-30', '2026-12-25Christmas'])(
    'say which line is wrong: %s',
    line => {
      expect(readHolidayLines(`2026-12-26\n${line}`)).toEqual({ wrong: expect.stringContaining(line) })
    },
  )
})

it('the soonest due time comes first, and what has none is left out', () => {
  const one = (id: string, next: readonly number[]) => ({
    id,
    name: id,
    definitionIds: [],
    timetable: timetable({ kind: 'daily', time, days: 'all' }),
    missed: 'once' as const,
    paused: false,
    next,
    last: null,
    open: [],
  })
  expect(soonest([one('b', [3, 4]), one('none', []), one('a', [2])]).map(({ at }) => at)).toEqual([2, 3])
})
