import type { ErrorCode, ErrorView } from '../../../preload/contract/errors.ts'
import type { DeliveryState } from '../../../preload/contract/words.ts'
import { addMillis, type Instant, type Millis, minutes, seconds } from '../time.ts'
import { type DeliveryEvent, stateOf } from './delivery.ts'
import type { Delivery, OpenDelivery } from './types.ts'

/** How long to wait before the next attempt, by how many failed; the last one holds from then on. */
const waits: Partial<Record<DeliveryState, readonly [Millis, ...Millis[]]>> = {
  waiting: [seconds(2), seconds(10), seconds(30), minutes(1)],
  unreachable: [minutes(5), minutes(15), minutes(30), minutes(60)],
  'needs-sign-in': [minutes(1)],
  'needs-space': [seconds(30), minutes(1), minutes(2), minutes(5)],
  'destination-unreachable': [seconds(15), seconds(30), minutes(1), minutes(2), minutes(5)],
  conflict: [seconds(15), seconds(30), minutes(1), minutes(5)],
}

/** After so many failed attempts in a row a delivery is unreachable, and is tried at long intervals. */
const quickAttempts = 4
/** Concur completes a job and names its file a little later (cli.md, table of outcomes). */
const linkGrace = minutes(1)
const linkPoll = seconds(10)

/** What may have been done to a file on its way here. It is fetched once more before it is held against the system. */
const perhapsOnTheWay: readonly ErrorCode[] = [
  'html-instead-of-file',
  'error-instead-of-file',
  'damaged-archive',
  'fewer-rows-than-promised',
]
/** Why files that are still written are fetched anew: they are others than those of which some are here. */
export const otherFiles = 'other-files'
/** Time does not cure these: another template or another choice does. */
const waitsForSomebody: readonly ErrorCode[] = ['name-invalid']

/** What a failure of a step means for the delivery: a pause with the time of its end, a new beginning, or an end. */
export function afterFailure(delivery: Delivery, error: ErrorView, now: Instant): DeliveryEvent {
  const { attempts, createdAt, plan } = delivery
  if (error.code === 'cancelled') return { kind: 'cancelled' }
  if (error.code === 'metered' && !plan) return { kind: 'held', error }
  if (error.facts.reason === 'no-link' && now < addMillis(createdAt, linkGrace)) {
    return { kind: 'paused', state: 'waiting', error, nextAttemptAt: addMillis(now, linkPoll) }
  }
  if (error.code === 'staged-changed' || error.facts.reason === otherFiles)
    return { kind: 'begin-anew', error, nextAttemptAt: addMillis(now, minutes(1)) }
  const state = stateOf(error.code)
  const ends = state === 'file-gone' || state === 'finished-empty' || state === 'not-what-it-claims'
  if (!ends || plan) {
    // A group whose publishing has begun is seen through, whatever is in the way.
    const wanted = ends ? 'waiting' : state
    const gaveUp = wanted === 'waiting' && attempts >= quickAttempts
    const paused = gaveUp ? 'unreachable' : wanted
    const failed = gaveUp ? attempts - quickAttempts : attempts
    return { kind: 'paused', state: paused, error, nextAttemptAt: nextAttempt(paused, error, failed, now) }
  }
  return perhapsOnTheWay.includes(error.code) && attempts === 0
    ? { kind: 'begin-anew', error, nextAttemptAt: addMillis(now, seconds(2)) }
    : { kind: 'failed', state, error }
}

function nextAttempt(state: DeliveryState, error: ErrorView, failed: number, now: Instant): Instant | null {
  if (waitsForSomebody.includes(error.code) || error.facts.reason === 'one-name') return null
  const [first, ...later] = waits[state] ?? [minutes(1)]
  const wait = later[Math.min(failed, later.length) - 1] ?? first
  const asked = error.facts.retryAfterMs
  return addMillis(now, Math.max(wait, typeof asked === 'number' ? Math.min(asked, minutes(60)) : 0))
}

/** When it goes on; null where it failed by what no time cures, and nobody has asked for another attempt since. */
export function dueAt({ nextAttemptAt, attempts, error }: OpenDelivery, now: Instant): Instant | null {
  const failed = attempts > 0 && error !== null && error.code !== 'metered'
  return nextAttemptAt ?? (failed ? null : now)
}
