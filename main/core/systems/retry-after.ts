import { hours, type Instant, type Millis, seconds } from '../time.ts'

/** Longer than any pause that a system means: a wrong clock on its side must not silence us for years. */
const longest = hours(24)

/** How long a Retry-After header asks to wait, in seconds or as a date; 0 where there is none or it is unreadable. */
export function retryAfter(header: string | undefined, now: Instant): Millis {
  const text = header?.trim() ?? ''
  const wait = /^\d{1,9}$/.test(text) ? seconds(Number(text)) : Date.parse(text) - now
  return wait > 0 ? Math.min(wait, longest) : 0
}
