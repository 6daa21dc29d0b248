/**
 * When a schedule is due: pure, from its timetable alone. Strictly rising, and the same whenever it is asked for.
 */
import { Temporal } from 'temporal-polyfill'
import type { Recurrence, Timetable } from '../../../preload/contract/schedules.ts'
import { AppError } from '../errors.ts'
import { addMillis, hours, type Instant } from '../time.ts'
import { cronTimes } from './cron.ts'
import { type Day, dayOf, isDay, isZone, wallTime } from './wall-time.ts'
import { type Holidays, isWorkingDay, nthWorkingDay, shifted } from './working-days.ts'

type OnDays = Exclude<Recurrence, { kind: 'cron' }>

/** A timetable whose holidays leave nothing over ends here instead of being searched for ever. */
const horizonYears = 30

/** The due times after that moment, the nearest first. Throws `bad-input` where the timetable makes no sense. */
export function* dueTimes(timetable: Timetable, after: Instant): Generator<Instant> {
  check(timetable)
  const { zone, recurrence, skipHolidays } = timetable
  const holidays: Holidays = new Set(timetable.holidays.map(({ date }) => date))
  const leftOut = (day: Day) => skipHolidays && holidays.has(day.toString())
  const last = dayOf(after, zone).add({ years: horizonYears })

  let latest = after
  const times =
    recurrence.kind === 'cron'
      ? cronTimes(recurrence.expression, zone, after)
      : onDays(recurrence, zone, after, holidays)
  for (const at of times) {
    const day = dayOf(at, zone)
    if (Temporal.PlainDate.compare(day, last) > 0) return
    if (at <= latest || leftOut(day)) continue
    latest = at
    yield at
  }
}

function* onDays(recurrence: OnDays, zone: string, after: Instant, holidays: Holidays): Generator<Instant> {
  for (const day of daysOf(recurrence, dayOf(after, zone), holidays)) {
    yield wallTime(day, recurrence.time, zone)
  }
}

/** From a little before that day on: a working day after the 31st may lie in the next month. */
function* daysOf(recurrence: OnDays, from: Day, holidays: Holidays): Generator<Day> {
  if (recurrence.kind === 'daily' || recurrence.kind === 'weekly') {
    const wanted = (day: Day) =>
      recurrence.kind === 'weekly'
        ? recurrence.weekdays.some(weekday => weekday === day.dayOfWeek)
        : recurrence.days === 'all' || isWorkingDay(day, holidays)
    for (let day = from.subtract({ days: 2 }); ; day = day.add({ days: 1 })) if (wanted(day)) yield day
  }
  for (let first = from.with({ day: 1 }).subtract({ months: 2 }); ; first = first.add({ months: 1 })) {
    const day =
      recurrence.kind === 'monthly-working-day'
        ? nthWorkingDay(first, recurrence.nth, holidays)
        : shifted(first.with({ day: recurrence.day }), recurrence.dayOff, holidays)
    if (day !== null) yield day
    else if (first.year > from.year + horizonYears) return
  }
}

/** The next few due times; fewer where there are no more. */
export function nextDueTimes(timetable: Timetable, after: Instant, count: number): readonly Instant[] {
  const found: Instant[] = []
  for (const at of dueTimes(timetable, after)) {
    found.push(at)
    if (found.length === count) break
  }
  return found
}

export type Passed = {
  /** Oldest first. */
  readonly times: readonly Instant[]
  /** Where more passed than can be told one by one: the first and the last of those before `times`. */
  readonly before: { readonly from: Instant; readonly until: Instant } | null
}

/** So many due times are told one by one when they passed together. */
const mostTold = 400
const lookBack = [hours(1), hours(24), hours(24 * 8), hours(24 * 40), hours(24 * 400)]

/** The due times after `after` and up to `now`. */
export function passedDueTimes(timetable: Timetable, after: Instant, now: Instant): Passed {
  const times: Instant[] = []
  for (const at of dueTimes(timetable, after)) {
    if (at > now) return { times, before: null }
    times.push(at)
    if (times.length > mostTold) break
  }
  const [from] = times
  if (times.length <= mostTold || from === undefined) return { times, before: null }
  // Dense and long past: an expression of every minute, after weeks of sleep. The newest ones are found from the end.
  for (const span of lookBack) {
    const newest = upTo(timetable, addMillis(now, -span), now)
    const [until, last] = newest.slice(-2)
    if (until !== undefined && last !== undefined) return { times: [last], before: { from, until } }
  }
  return { times, before: null }
}

function upTo(timetable: Timetable, after: Instant, now: Instant): readonly Instant[] {
  const found: Instant[] = []
  for (const at of dueTimes(timetable, after)) {
    if (at > now) break
    found.push(at)
  }
  return found
}

function check({ zone, recurrence, holidays }: Timetable): void {
  const bad = (field: string) => new AppError('bad-input', { facts: { field } })
  if (!isZone(zone)) throw bad('zone')
  if (!holidays.every(({ date }) => isDay(date))) throw bad('holidays')
  if (recurrence.kind === 'weekly' && recurrence.weekdays.length === 0) throw bad('weekdays')
  if (recurrence.kind !== 'cron' && !/^([01]\d|2[0-3]):[0-5]\d$/.test(recurrence.time)) throw bad('time')
}
