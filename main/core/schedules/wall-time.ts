/**
 * The wall clocks of the world. The one rule for the two days of a year on which they jump:
 *
 * - a time that does not exist (spring) is the first moment after the jump;
 * - a time that exists twice (autumn) is the first of the two, once.
 *
 * cron.ts holds to the same rule for fixed times.
 */
import { Temporal } from 'temporal-polyfill'
import { type Instant, instantAt } from '../time.ts'

export type Day = Temporal.PlainDate

/** When the clocks of this zone show `HH:MM` on that day. */
export function wallTime(day: Day, time: string, zone: string): Instant {
  const wall = day.toPlainDateTime(time)
  const first = wall.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (first.toPlainDateTime().equals(wall)) return instantAt(first.epochMilliseconds)
  const jump = first.getTimeZoneTransition('next') ?? first
  return instantAt(jump.epochMilliseconds)
}

/** The day that this instant belongs to in that zone. */
export const dayOf = (at: Instant, zone: string): Day =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()

/** Whether clocks of this name are known here. */
export function isZone(zone: string): boolean {
  try {
    dayOf(instantAt(0), zone)
    return true
  } catch {
    return false
  }
}

/** Whether it is a day of the calendar, written `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}
