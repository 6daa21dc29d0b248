import type { Destination } from '../../../preload/contract/types.ts'
import type { DeliveryState, JobState } from '../../../preload/contract/words.ts'
import type { Definition } from '../definitions/types.ts'
import { wasRefused } from '../jobs/refusal.ts'
import type { Job } from '../jobs/types.ts'
import { addMillis, hours, type Instant, type Millis } from '../time.ts'
import type { Standing } from './types.ts'

/** How long an ended trouble needs the user. */
export const troubleFor: Millis = 7 * hours(24)

/**
 * The one rule for old troubles: a failed job or an ended delivery is over once a later run of its definition was
 * delivered, or a week after its end. What can still be settled (an unknown start, a delivery that waits, files that
 * were never saved) stays until it is.
 */
export const isOver = ({ laterDelivered }: Standing, ended: Instant, now: Instant): boolean =>
  laterDelivered || !isRecent(ended, now)
const isRecent = (at: Instant, now: Instant): boolean => at > addMillis(now, -troubleFor)

/** Somebody here wants it: a run that was found in a list, and that nobody watches, is another one's affair. */
export const isAskedFor = ({ origin, wanted }: Job): boolean => origin === 'here' || wanted !== null

/** `runs`: goes on by itself. `waits`: goes on once the user did something. `failed`: ended without files. */
type DeliveryPhase = 'runs' | 'waits' | 'failed' | 'over'
export const deliveryPhases: Readonly<Record<DeliveryState, DeliveryPhase>> = {
  waiting: 'runs',
  downloading: 'runs',
  verifying: 'runs',
  unpacking: 'runs',
  publishing: 'runs',
  'needs-space': 'waits',
  'needs-sign-in': 'waits',
  'destination-unreachable': 'waits',
  conflict: 'waits',
  unreachable: 'waits',
  delivered: 'over',
  'delivered-with-warnings': 'over',
  'same-bytes': 'over',
  'not-what-it-claims': 'failed',
  'finished-empty': 'failed',
  'file-gone': 'failed',
  cancelled: 'over',
}

/** `failed`: ended without a result, whoever ended it. */
type JobPhase = 'runs' | 'start-unknown' | 'completed' | 'failed' | 'not-started'
export const jobPhases: Readonly<Record<JobState, JobPhase>> = {
  intent: 'runs',
  starting: 'runs',
  'start-unknown': 'start-unknown',
  'not-started': 'not-started',
  submitted: 'runs',
  queued: 'runs',
  running: 'runs',
  unknown: 'runs',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'failed',
  gone: 'failed',
  'timed-out': 'failed',
}

/** Where its files go; null where nobody has said so yet. */
export const destinationOf = (job: Job, definition: Definition | null): Destination | null =>
  job.wanted?.destination ?? definition?.destination ?? null

/** At work without the user: the system makes the files, or they are fetched. */
export function isRunning({ job, delivery }: Standing, definition: Definition | null, now: Instant): boolean {
  if (delivery) return deliveryPhases[delivery.state] === 'runs'
  if (jobPhases[job.state] !== 'completed') return jobPhases[job.state] === 'runs'
  if (job.wanted === null || job.error !== null) return false
  // What the system has dropped, and nobody has fetched in all this time, will not come any more.
  if (!job.listed && !isRecent(endedAt(job), now)) return false
  return !job.hasFiles || destinationOf(job, definition) !== null
}

/** When it ended, as far as we saw it. */
export const endedAt = ({ endSeenAt, knownAt }: Job): Instant => endSeenAt ?? knownAt

/** It ended without a result, and whoever asked for it could not be told at once. */
export function hasFailed(job: Job): boolean {
  if (jobPhases[job.state] === 'failed') return true
  // A start that was refused was answered with that error. One whose answer was lost is found out only later.
  return job.state === 'not-started' && job.sentAt !== null && job.error !== null && !wasRefused(job)
}
