/**
 * A second opinion on calendars and zones: slow, plain, made of Intl alone, and with nothing of what it checks.
 */
const minute = 60_000
const day = 24 * 60 * minute
const formats = new Map<string, Intl.DateTimeFormat>()

/** What the clocks of the zone show at that moment, as if it were UTC. */
export function wallOf(at: number, zone: string): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
  formats.set(zone, format)
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
}

/** The first moment at which the clocks show it; where they never do, the first one after the jump. */
export function momentOf(wall: number, zone: string): number {
  const offsets = [wall - day, wall + day].map(at => wallOf(at, zone) - at)
  const shown = offsets.map(offset => wall - offset).filter(at => wallOf(at, zone) === wall)
  if (shown.length > 0) return Math.min(...shown)
  let at = Math.min(...offsets.map(offset => wall - offset)) - 2 * minute
  while (wallOf(at, zone) < wall) at += minute
  return at
}

export const isoDay = (wall: number): string => new Date(wall).toISOString().slice(0, 10)
/** Monday is 1. */
export const weekdayOf = (wall: number): number => new Date(wall).getUTCDay() || 7
export const isWorkingDay = (wall: number, holidays: readonly string[]): boolean =>
  weekdayOf(wall) <= 5 && !holidays.includes(isoDay(wall))

/** Every day (at 00:00, as if it were UTC) of these years. */
export function daysOfYears(from: number, to: number): readonly number[] {
  const days: number[] = []
  for (let at = Date.UTC(from, 0, 1); at < Date.UTC(to, 0, 1); at += day) days.push(at)
  return days
}

/** The days by month, in order. */
export function months(days: readonly number[]): readonly (readonly number[])[] {
  const byMonth = new Map<string, number[]>()
  for (const one of days) {
    const month = isoDay(one).slice(0, 7)
    byMonth.set(month, [...(byMonth.get(month) ?? []), one])
  }
  return [...byMonth.values()]
}
