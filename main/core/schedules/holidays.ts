import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { type Holiday, mostHolidays } from '../../../preload/contract/schedules.ts'
import { AppError } from '../errors.ts'
import type { Instant } from '../time.ts'
import { type Day, dayOf } from './wall-time.ts'

/** How far repeated holidays are written down. */
const yearsAhead = 10
/** Of an event that lasts longer, a company's holidays say for certain that it is none. */
const longestHoliday = 31

/**
 * The days of a calendar file's all-day events from this year on, each once, in order: at most as many as a schedule
 * holds. Events with a time of day are appointments and no holidays. Throws `bad-input` where it is no calendar, or has
 * none.
 */
export function readHolidays(text: string, now: Instant): readonly Holiday[] {
  const today = dayOf(now, 'UTC')
  const first = today.with({ month: 1, day: 1 })
  const end = first.add({ years: yearsAhead })
  const days = new Map<string, string>()
  for (const event of eventsOf(text)) {
    for (const day of daysOf(event, first, end)) days.set(day.toString(), event.summary?.trim() ?? '')
  }
  if (days.size === 0) throw notACalendar()
  return [...days]
    .map(([date, name]) => ({ date, name: name.slice(0, 100) }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .slice(0, mostHolidays)
}

function eventsOf(text: string): readonly ICAL.Event[] {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text))
    return calendar
      .getAllSubcomponents('vevent')
      .map(component => new ICAL.Event(component))
      .filter(event => event.startDate?.isDate)
  } catch (cause) {
    throw notACalendar(cause)
  }
}

function* daysOf(event: ICAL.Event, first: Day, end: Day): Generator<Day> {
  const start = dayIn(event.startDate)
  // Without an end it is that one day; the end itself is not part of it.
  const length = Math.min(
    Math.max(start.until(dayIn(event.endDate ?? event.startDate)).days, 1),
    longestHoliday,
  )
  for (const begin of beginningsOf(event, start, end)) {
    for (let n = 0; n < length; n++) {
      const day = begin.add({ days: n })
      if (Temporal.PlainDate.compare(day, first) >= 0 && Temporal.PlainDate.compare(day, end) < 0) yield day
    }
  }
}

function* beginningsOf(event: ICAL.Event, start: Day, end: Day): Generator<Day> {
  if (!event.isRecurring()) return yield start
  const iterator = event.iterator()
  for (let next = iterator.next(); next; next = iterator.next()) {
    const day = dayIn(next)
    if (Temporal.PlainDate.compare(day, end) >= 0) return
    yield day
  }
}

const dayIn = ({ year, month, day }: ICAL.Time): Day => Temporal.PlainDate.from({ year, month, day })
const notACalendar = (cause?: unknown) => new AppError('bad-input', { facts: { field: 'holidays' }, cause })
