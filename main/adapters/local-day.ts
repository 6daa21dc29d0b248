import { type Instant, instantAt } from '../core/time.ts'

/** Yesterday 00:00 by the computer's own time zone; a day with a clock change counts as one. */
export function startOfYesterday(now: Instant): Instant {
  const today = new Date(now)
  return instantAt(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).getTime())
}
