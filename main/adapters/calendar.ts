import { type Instant, instantAt } from '../core/time.ts'

/** Yesterday 00:00 in the zone of this computer, also where yesterday had 23 or 25 hours. */
export function startOfYesterday(now: Instant): Instant {
  const today = new Date(now)
  return instantAt(new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1).getTime())
}
