/**
 * When to ask a system again. Pure: the poller supplies the facts and the clock. What it comes to, in requests and in
 * delay, is measured by `npm run bench -- watching`.
 */
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { JobState } from '../../../preload/contract/words.ts'
import { addMillis, hours, type Instant, type Millis, minutes, seconds } from '../time.ts'

/** A job that has not ended so long after it began is told as one that never will. */
export const deadlineAfter: Millis = hours(24)
/** It is looked at all the same, now and then: it may end after all, or our clock was set wrong. */
export const lateEvery: Millis = hours(1)
/** And after so long no more. */
export const lateUntil: Millis = 7 * hours(24)
/** What a job is taken to have run where our clock is behind the moment at which it was started. */
export const elapsedUnknown: Millis = minutes(10)
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
const widestSkew: Millis = 500

/**
 * Which share of its time so far a job is left alone. An end is noticed half of that late on the average, and nearly
 * all of it at worst. The promise is 5 % and 10 %, and at most 80 questions in an hour: a tenth would do on the average,
 * but a run of ten minutes meets few questions, and may well end just after one.
 */
const share = 1 / 14
/** So near to its usual end, as a share of the usual time, a job is asked about more often. */
const nearTheEnd = 1 / 5
const shareNearTheEnd = 1 / 30

/** Errors of one definition's list; the others of its connection can still be asked for. */
export const ofOneDefinition: readonly ErrorView['code'][] = [
  'not-found',
  'permission-missing',
  'request-refused',
  'answer-not-understood',
  'answer-too-large',
  'server-error',
  'internal',
]

type Asking = { readonly state: JobState; readonly nextAskAt: Instant }

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
 * of the time it has taken; dense around the usual end. Never less than that share, however sure the usual time looks:
 * a run that ends early is news as well.
 */
export function askAfter({ elapsed, usual, floor, skew }: Asked): Millis {
  const isNear = usual !== null && Math.abs(usual - elapsed) <= usual * nearTheEnd
  const fitted = isNear ? Math.min(usual * shareNearTheEnd, elapsed * share) : elapsed * share
  return Math.max(Math.min(Math.max(Math.floor(fitted), quick), slowest), floor) + skew
}

/**
 * Whether a job is asked about together with others that are due now. What would be due before the floor is half over
 * goes along: one call serves many, and asked for alone it would have to wait for the next one.
 */
export const isDue = (job: Asking, now: Instant, floor: Millis): boolean =>
  dueAt(job, now, floor) <= addMillis(now, floor / 2)

/** When it is due: at once, where it is further ahead than any wait is. Then the clock was set back. */
export function dueAt({ state, nextAskAt }: Asking, now: Instant, floor: Millis): Instant {
  const longest = Math.max(state === 'timed-out' ? lateEvery : slowest, floor) + widestSkew
  return nextAskAt > addMillis(now, longest) ? now : nextAskAt
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
 * A fixed part of half a second for each connection, so that the desks of one company, all started by one cron line, do
 * not ask in step.
 */
export function skewOf(connectionId: string): Millis {
  let hash = 2166136261
  for (const char of connectionId) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619)
  return Math.abs(hash) % widestSkew
}
