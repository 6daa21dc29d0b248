import {
  type Holiday,
  type MissedPolicy,
  mostHolidays,
  type Recurrence,
  type ScheduleInput,
  type ScheduleView,
  type Timetable,
  type Weekday,
} from '../../../preload/contract/schedules.ts'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { words } from '../../text.ts'

/** What the form holds: every kind's answers at once, so that nothing is lost by looking at another kind. */
export type Draft = {
  readonly name: string
  readonly definitionIds: readonly string[]
  readonly kind: Recurrence['kind']
  readonly time: string
  readonly days: 'all' | 'working'
  readonly weekdays: readonly Weekday[]
  readonly day: number
  readonly dayOff: 'keep' | 'before' | 'after'
  readonly nth: number
  readonly expression: string
  readonly zone: string
  readonly holidays: readonly Holiday[]
  readonly skipHolidays: boolean
  readonly missed: MissedPolicy
}

const blank: Omit<Draft, 'zone'> = {
  name: '',
  definitionIds: [],
  kind: 'monthly-working-day',
  time: '18:30',
  days: 'working',
  weekdays: [1],
  day: 31,
  dayOff: 'before',
  nth: -1,
  expression: '30 18 * * 1-5',
  holidays: [],
  skipHolidays: false,
  missed: 'once',
}

/** A new one, named after its definition. */
export const newDraft = (definition: DefinitionView | null, zone: string): Draft => ({
  ...blank,
  zone,
  name: definition?.name ?? '',
  definitionIds: definition?.destination ? [definition.id] : [],
})

export function draftOf({ name, definitionIds, timetable, missed }: ScheduleView): Draft {
  const { recurrence, zone, holidays, skipHolidays } = timetable
  return { ...blank, ...recurrence, name, definitionIds, zone, holidays, skipHolidays, missed }
}

const isTime = (text: string): boolean => /^([01]?\d|2[0-3]):[0-5]\d$/.test(text)

/** What stands in the way of the timetable, by field; none: it can be asked for its next times. */
export function problemsOf(draft: Draft): { readonly time: string | null; readonly weekdays: string | null } {
  const text = words.schedules.form
  return {
    time: draft.kind === 'cron' || isTime(draft.time.trim()) ? null : text.timeWrong,
    weekdays: draft.kind === 'weekly' && draft.weekdays.length === 0 ? text.noWeekday : null,
  }
}

/** Null where something stands in the way. */
export function timetableOf(draft: Draft): Timetable | null {
  const problems = problemsOf(draft)
  if (problems.time !== null || problems.weekdays !== null) return null
  if (draft.kind === 'cron' && draft.expression.trim() === '') return null
  const { zone, holidays, skipHolidays } = draft
  return {
    recurrence: recurrenceOf(draft),
    zone,
    holidays,
    skipHolidays: skipHolidays && maySkip(draft.kind),
  }
}

/** Kinds that count working days have no due time on a holiday anyway. */
export const maySkip = (kind: Recurrence['kind']): boolean => kind !== 'monthly-working-day'

function recurrenceOf(draft: Draft): Recurrence {
  const time = draft.time.trim().padStart(5, '0')
  switch (draft.kind) {
    case 'daily':
      return { kind: 'daily', time, days: draft.days }
    case 'weekly':
      return { kind: 'weekly', time, weekdays: [...draft.weekdays].sort() }
    case 'monthly-day':
      return { kind: 'monthly-day', time, day: draft.day, dayOff: draft.dayOff }
    case 'monthly-working-day':
      return { kind: 'monthly-working-day', time, nth: draft.nth }
    case 'cron':
      return { kind: 'cron', expression: draft.expression.trim() }
  }
}

/** Null where something is missing. */
export function inputOf(id: string | null, draft: Draft): ScheduleInput | null {
  const timetable = timetableOf(draft)
  const name = draft.name.trim()
  if (timetable === null || name === '' || draft.definitionIds.length === 0) return null
  return { id, name, definitionIds: draft.definitionIds, timetable, missed: draft.missed }
}

/** `2026-12-25 Christmas Day`, a line each. */
export const holidayLines = (holidays: readonly Holiday[]): string =>
  holidays.map(({ date, name }) => `${date} ${name}`.trim()).join('\n')

/** The days of these lines in order, or what is wrong with the first wrong one. */
export function readHolidayLines(lines: string): readonly Holiday[] | { readonly wrong: string } {
  const text = words.schedules.form
  const days = new Map<string, string>()
  for (const line of lines.split('\n').map(one => one.trim())) {
    if (line === '') continue
    const found = /^(\d{4}-\d\d-\d\d)(?:[\s,;]+(.*))?$/.exec(line)
    const date = found?.[1] ?? ''
    if (!isDay(date)) return { wrong: text.holidayWrong(line) }
    days.set(date, (found?.[2] ?? '').slice(0, 100))
  }
  if (days.size > mostHolidays) return { wrong: text.tooManyHolidays(mostHolidays) }
  return [...days].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1))
}

function isDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === date
}
