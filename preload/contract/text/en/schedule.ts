/** A schedule as a sentence: in its form, in lists, on the command line. */
import type { DueReason, DueState, Recurrence, Timetable, Weekday } from '../../schedules.ts'

export const weekdays: Readonly<Record<Weekday, string>> = {
  1: 'Monday',
  2: 'Tuesday',
  3: 'Wednesday',
  4: 'Thursday',
  5: 'Friday',
  6: 'Saturday',
  7: 'Sunday',
}

const together = new Intl.ListFormat('en', { type: 'conjunction' })
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' }

/** `1st`, `22nd`, `15th` */
export const ordinal = (n: number): string => `${n}${endings[ordinals.select(n)] ?? 'th'}`

const fromTheEnd: Readonly<Record<number, string>> = { 1: 'last', 2: 'second to last', 3: 'third to last' }

/** `last working day`, `3rd working day`, `second to last working day` */
export const workingDay = (nth: number): string =>
  `${nth > 0 ? ordinal(nth) : (fromTheEnd[-nth] ?? `${ordinal(-nth)} to last`)} working day`

const movedTo = {
  keep: '',
  before: ' (or the working day before it)',
  after: ' (or the working day after it)',
} as const

function days(recurrence: Exclude<Recurrence, { kind: 'cron' }>): string {
  switch (recurrence.kind) {
    case 'daily':
      return recurrence.days === 'all' ? 'Every day' : 'Every working day'
    case 'weekly':
      return recurrence.weekdays.length === 7
        ? 'Every day'
        : `Every ${together.format([...recurrence.weekdays].sort().map(day => weekdays[day]))}`
    case 'monthly-day': {
      const day = recurrence.day === 31 ? 'last day' : ordinal(recurrence.day)
      return `On the ${day} of each month${movedTo[recurrence.dayOff]}`
    }
    case 'monthly-working-day':
      return `On the ${workingDay(recurrence.nth)} of each month`
  }
}

/** `On the last working day of each month at 18:30 Europe/Berlin` */
export function sentence({ recurrence, zone, skipHolidays, holidays }: Timetable): string {
  const when =
    recurrence.kind === 'cron'
      ? `By the cron expression ${recurrence.expression}, ${zone}`
      : `${days(recurrence)} at ${recurrence.time} ${zone}`
  return skipHolidays && holidays.length > 0 ? `${when}, not on holidays` : when
}

export const states: Readonly<Record<DueState, string>> = {
  starting: 'Starting',
  waiting: 'Waiting',
  asking: 'Asks you',
  run: 'Run',
  joined: 'Joined',
  skipped: 'Skipped',
  missed: 'Missed',
}

/** Why it was skipped or missed; the error has its own words. */
export const reasons: Readonly<Record<Exclude<DueReason, 'error'>, string>> = {
  'not-running': 'Extract Desk was not running, or the computer slept',
  overtaken: 'The next due time came first',
  paused: 'The schedule was paused',
  changed: 'The schedule was changed',
  left: 'You left it',
}
export const late = 'caught up'
