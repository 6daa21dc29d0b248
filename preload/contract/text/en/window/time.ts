/** Points in time, durations and transfers in words. */
import { counted } from '../figures.ts'

/** How a day stands by itself (`Today 18:31`) and within a sentence (`today 18:31`). */
export const within = {
  today: (time: string): string => `today ${time}`,
  yesterday: (time: string): string => `yesterday ${time}`,
  tomorrow: (time: string): string => `tomorrow ${time}`,
}
export const today = (time: string): string => `Today ${time}`
export const yesterday = (time: string): string => `Yesterday ${time}`
export const tomorrow = (time: string): string => `Tomorrow ${time}`
/** `Fri 14 Nov 18:31` */
export const thisYear = (weekday: string, day: string, month: string, time: string): string =>
  `${weekday} ${day} ${month} ${time}`
/** `14 Nov 2025 18:31` */
export const otherYear = (day: string, month: string, year: string, time: string): string =>
  `${day} ${month} ${year} ${time}`
/** `Friday 14 November 2026 18:31:02, Central European Standard Time (Europe/Berlin)` */
export const fullStamp = (date: string, time: string, zoneName: string, zone: string): string =>
  `${date} ${time}, ${zoneName} (${zone})`
/** Where the system wrote a time without a zone. */
export const assumedUtc = (stamp: string, raw: string): string =>
  `${stamp}. The system wrote “${raw}” without a zone; it is read as UTC.`
export const unreadable = (raw: string): string => `The system wrote “${raw}”`
export const never = 'Never'

export const lessThanASecond = 'less than 1 s'
export const secondsOnly = (s: number): string => `${s} s`
export const minutesAndSeconds = (min: number, s: number): string =>
  s === 0 ? `${min} min` : `${min} min ${s} s`
export const hoursAndMinutes = (h: number, min: number): string =>
  min === 0 ? `${h} h` : `${h} h ${min} min`
export const daysAndHours = (d: number, h: number): string => {
  const days = counted(d, { one: 'day', other: 'days' })
  return h === 0 ? days : `${days} ${h} h`
}

/** `412 of 1,024 MB` */
export const partOf = (done: string, total: string): string => `${done} of ${total}`
export const perSecond = (size: string): string => `${size}/s`
export const timeLeft = (duration: string): string => `${duration} left`
