import type { Day } from './wall-time.ts'

/** The days without work besides weekends, as `YYYY-MM-DD`. */
export type Holidays = ReadonlySet<string>

const saturday = 6
/** A row of days off that is longer is no holiday but a mistake in the list; the day itself is taken then. */
const longestBreak = 31

export const isWorkingDay = (day: Day, holidays: Holidays): boolean =>
  day.dayOfWeek < saturday && !holidays.has(day.toString())

/** The working day before or after a day off; the day itself where it is a working day. */
export function shifted(day: Day, dayOff: 'keep' | 'before' | 'after', holidays: Holidays): Day {
  if (dayOff === 'keep') return day
  const step = dayOff === 'before' ? -1 : 1
  for (let days = 0; days <= longestBreak; days++) {
    const candidate = day.add({ days: days * step })
    if (isWorkingDay(candidate, holidays)) return candidate
  }
  return day
}

/**
 * The nth working day of the month that `first` begins, from the end where `nth` is negative. A month with fewer has
 * its last, or first, instead; one without any has none.
 */
export function nthWorkingDay(first: Day, nth: number, holidays: Holidays): Day | null {
  const days = Array.from({ length: first.daysInMonth }, (_, index) => first.with({ day: index + 1 }))
  const working = days.filter(day => isWorkingDay(day, holidays))
  const index = nth > 0 ? Math.min(nth, working.length) - 1 : Math.max(working.length + nth, 0)
  return working[index] ?? null
}
