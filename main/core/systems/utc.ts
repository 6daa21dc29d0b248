import { type Instant, instantAt } from '../time.ts'

/** Date and time as numbers: year, month from 1, day, hour, minute, second, thousandths. */
export type UtcFields = readonly [number, number, number, number, number, number, number]

/** The moment that a clock of UTC shows so; null where there is no such day or time. */
export function utcInstant([year, month, day, hour, minute, second, thousandths]: UtcFields): Instant | null {
  if (hour > 23 || minute > 59 || second > 59) return null
  const date = new Date(0)
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  date.setUTCHours(hour, minute, second, thousandths)
  return instantAt(date.getTime())
}

/** Up to three digits of a second's fraction, as thousandths. */
export const thousandthsOf = (fraction: string | undefined): number =>
  Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
