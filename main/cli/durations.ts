import { hours, type Millis, minutes, seconds } from '../core/time.ts'

const units: Readonly<Record<string, (n: number) => Millis>> = {
  s: seconds,
  m: minutes,
  h: hours,
  d: days => hours(24 * days),
}

/** `90s`, `15m`, `2h`, `1d`: a whole number above 0 and its unit. Null for anything else. */
export function readDuration(text: string): Millis | null {
  const [, digits = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  const duration = units[unit]?.(Number(digits)) ?? 0
  return duration > 0 ? duration : null
}
