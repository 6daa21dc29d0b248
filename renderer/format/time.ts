import { words } from '../text.ts'

/** The zone of this computer, as the tz database names it. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

type Parts = Readonly<Record<Intl.DateTimeFormatPartTypes, string>>

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  formatters.set(key, made)
  return made
}

const shortOptions: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
}

function partsOf(at: number, zone: string): Parts {
  const parts = formatter(zone, shortOptions).formatToParts(at)
  return Object.fromEntries(parts.map(part => [part.type, part.value])) as Parts
}

const dayNumber = (at: number, zone: string): number => {
  const [year, month, day] = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(at)
    .filter(part => part.type !== 'literal')
    .sort((a, b) => rank(a.type) - rank(b.type))
    .map(part => Number(part.value))
  return Math.round(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1) / 86_400_000)
}
const rank = (type: string): number => ['year', 'month', 'day'].indexOf(type)

/** `Today 18:31`, `Yesterday 18:31`, `Fri 14 Nov 18:31`, `14 Nov 2025 18:31`, as a person at `zone` would say at `now`. */
export const shortTime = (at: number, now: number, zone: string): string =>
  dayAndTime(at, now, zone, words.time)

/** The same within a sentence: `today 18:31`. */
export const timeWithin = (at: number, now: number, zone: string): string =>
  dayAndTime(at, now, zone, words.time.within)

type NearDays = Pick<typeof words.time, 'today' | 'yesterday' | 'tomorrow'>

function dayAndTime(at: number, now: number, zone: string, near: NearDays): string {
  const parts = partsOf(at, zone)
  const time = `${parts.hour}:${parts.minute}`
  const daysAgo = dayNumber(now, zone) - dayNumber(at, zone)
  if (daysAgo === 0) return near.today(time)
  if (daysAgo === 1) return near.yesterday(time)
  if (daysAgo === -1) return near.tomorrow(time)
  if (parts.year === partsOf(now, zone).year) {
    return words.time.thisYear(parts.weekday, parts.day, month(parts), time)
  }
  return words.time.otherYear(parts.day, month(parts), parts.year, time)
}

/** British English alone writes `Sept`; every month here has three letters, so that columns stay even. */
const month = (parts: Parts): string => parts.month.slice(0, 3)

/** `Fri 14 Nov` */
export function shortDay(at: number, zone: string): string {
  const parts = partsOf(at, zone)
  return `${parts.weekday} ${parts.day} ${month(parts)}`
}

/** `18:31` */
export function clockTime(at: number, zone: string): string {
  const parts = partsOf(at, zone)
  return `${parts.hour}:${parts.minute}`
}

/** The whole stamp with its zone: `Friday 14 November 2026 18:31:02, Central European Standard Time (Europe/Berlin)`. */
export function fullTime(at: number, zone: string): string {
  const date = formatter(zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(at)
    .replace(',', '')
  const time = formatter(zone, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(at)
  const zoneName =
    formatter(zone, { timeZoneName: 'long' })
      .formatToParts(at)
      .find(part => part.type === 'timeZoneName')?.value ?? zone
  return words.time.fullStamp(date, time, zoneName, zone)
}

/** `1 min 8 s`, `2 h 5 min`, `3 days 4 h`: never more than two units, whole seconds, rounded down. */
export function duration(ms: number): string {
  const s = Math.floor(ms / 1000)
  if (s < 1) return words.time.lessThanASecond
  if (s < 60) return words.time.secondsOnly(s)
  if (s < 3600) return words.time.minutesAndSeconds(Math.floor(s / 60), s % 60)
  const min = Math.floor(s / 60)
  if (min < 24 * 60) return words.time.hoursAndMinutes(Math.floor(min / 60), min % 60)
  const h = Math.floor(min / 60)
  return words.time.daysAndHours(Math.floor(h / 24), h % 24)
}

/** Like `duration`, without seconds from a minute on: for what ticks, where seconds would only flicker. */
export function roughDuration(ms: number): string {
  return duration(ms < 60_000 ? ms : Math.floor(ms / 60_000) * 60_000)
}
