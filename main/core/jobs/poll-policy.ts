/**
 * When to ask a system again. Pure: the poller supplies the facts and the clock.
 */
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { hours, type Millis, minutes, seconds } from '../time.ts'

/** A job that has not ended so long after it began is not waited for any longer. */
export const deadlineAfter: Millis = hours(24)
/** A completed job may name its files a little later than its end. */
export const filesWithin: Millis = minutes(1)
/** One list without a job may be a glitch of the system; so many in a row are not. */
export const listsUntilGone = 3
/** How often a watched definition's list is asked for while nothing runs. */
export const idleEvery: Millis = minutes(10)

const quick: Millis = seconds(5)
const slowest: Millis = minutes(5)
const maintenancePause: Millis = minutes(5)
const slowestRetry: Millis = minutes(15)
const widestSkew: Millis = seconds(3)

export type Asked = {
  /** How long ago the job began. */
  readonly elapsed: Millis
  /** How long such jobs usually take; null while unknown. */
  readonly usual: Millis | null
  /** The system's own floor. */
  readonly floor: Millis
  readonly skew: Millis
}

/**
 * How long to wait before an open job is asked about again. Quick at first, because much fails at once; then a share
 * of the time it has taken, so that its end is noticed within a tenth of its length; dense around the usual end.
 */
export function askAfter({ elapsed, usual, floor, skew }: Asked): Millis {
  const byLength = elapsed / 10
  const share = usual === null ? byLength : aroundTheEnd(elapsed, usual, byLength)
  const wait = elapsed < quick * 2 ? quick : Math.min(Math.max(Math.floor(share), quick), slowest)
  return Math.max(wait, floor) + skew
}

function aroundTheEnd(elapsed: Millis, usual: Millis, byLength: Millis): Millis {
  const distance = Math.abs(usual - elapsed) / 4
  return Math.min(Math.max(distance, usual / 20), Math.max(usual / 4, byLength))
}

/** How long to wait after so many failures in a row. What the system itself asked for wins, whatever we think of it. */
export function retryAfter(failures: number, error: ErrorView, floor: Millis, skew: Millis): Millis {
  const { retryAfterMs } = error.facts
  if (typeof retryAfterMs === 'number' && retryAfterMs > 0)
    return Math.max(Math.ceil(retryAfterMs), floor) + skew
  if (error.code === 'maintenance') return maintenancePause + skew
  const grown = quick * 2 ** Math.min(Math.max(failures, 1), 10)
  return Math.max(Math.min(grown, slowestRetry), floor) + skew
}

/**
 * A fixed share of a few seconds for each connection, so that the desks of one company, all started by one cron line,
 * do not ask in step.
 */
export function skewOf(connectionId: string): Millis {
  let hash = 2166136261
  for (const char of connectionId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619)
  return Math.abs(hash) % widestSkew
}
