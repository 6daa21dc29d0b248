import type { NeedView } from '../../../preload/contract/types.ts'
import type { Definition } from '../definitions/types.ts'
import type { DeliverySummary } from '../deliveries/types.ts'
import { filesUntil } from '../jobs/job-view.ts'
import type { Capabilities } from '../systems/system.ts'
import { addMillis, hours, type Instant, type Millis } from '../time.ts'
import {
  deliveryPhases,
  destinationOf,
  endedAt,
  hasFailed,
  isAskedFor,
  isOver,
  jobPhases,
} from './standing.ts'
import type { Standing } from './types.ts'

/** What a job needs of the user; the rest of a NeedView says whose it is. */
export type JobNeed = Pick<NeedView, 'kind' | 'deliveryId' | 'error' | 'facts' | 'since'>

export type JobFacts = {
  readonly standing: Standing
  readonly definition: Definition | null
  /** How many jobs of a definition the system's list shows; null: no limit known. */
  readonly listLimit: number | null
  /** How long the system keeps the files of a job that has ended; null: not stated. */
  readonly filesLiveFor: Capabilities['filesLiveFor']
  /** The connection waits for the user's sign-in, which is a need of its own. */
  readonly signedOut: boolean
  readonly now: Instant
}

/** From which part of the system's list on a job that was never saved is close to falling off it. */
const nearEndFrom = 0.8

/** At most one need: the delivery's where there is one, else the job's. */
export function jobNeed(facts: JobFacts): JobNeed | null {
  const { standing, now } = facts
  const { job, delivery } = standing
  if (jobPhases[job.state] === 'start-unknown') {
    return jobSays('start-unknown', job.sentAt ?? job.knownAt)
  }
  if (delivery) return deliveryNeed(facts, delivery)
  if (!isAskedFor(job)) return null
  const over = isOver(standing, endedAt(job), now)
  if (hasFailed(job)) return over ? null : jobSays('job-failed', endedAt(job), job.error)
  if (jobPhases[job.state] !== 'completed') return null
  // Completed, and the system never named a file of it.
  if (job.error) return over ? null : jobSays('delivery', endedAt(job), job.error)
  return noDestination(facts) ?? nearEnd(facts)
}

/** So long before the system removes files it is told: a weekend may lie in between. */
const tellBefore: Millis = hours(48)

function deliveryNeed(facts: JobFacts, delivery: DeliverySummary): JobNeed | null {
  const { standing, signedOut, now } = facts
  const { id, state, error, createdAt, updatedAt } = delivery
  // Since it was asked for: its last change is the last attempt, which would put it at the end again and again.
  const need: JobNeed = { kind: 'delivery', deliveryId: id, error, facts: {}, since: createdAt }
  switch (deliveryPhases[state]) {
    case 'waits':
      return signedOut && state === 'needs-sign-in' ? null : need
    case 'failed':
      if (!isOver(standing, updatedAt, now)) return need
      // What was empty or is gone stays so; what came as something else may come right while the system has it.
      return state === 'not-what-it-claims' ? nearEnd(facts) : null
    default:
      return null
  }
}

/** Wanted, and nobody said where to. Once the system has dropped it, it can only be told of for a while. */
function noDestination({ standing, definition, now }: JobFacts): JobNeed | null {
  const { job } = standing
  if (job.wanted === null || !job.hasFiles || destinationOf(job, definition) !== null) return null
  const told = job.listed || !isOver(standing, endedAt(job), now)
  return told ? jobSays('no-destination', endedAt(job)) : null
}

/** What is about to be lost to us: by the clock, or by runs that come after it. */
const nearEnd = (facts: JobFacts): JobNeed | null => nearRemoval(facts) ?? nearEndOfList(facts)

/** `until`: then the system removes its files, whoever has saved them or not. */
function nearRemoval({ standing, filesLiveFor, now }: JobFacts): JobNeed | null {
  const { job, saved } = standing
  const until = filesUntil(job, { filesLiveFor })
  if (saved || until === null || until <= now || until > addMillis(now, tellBefore)) return null
  return { ...jobSays('files-end', endedAt(job)), facts: { until } }
}

/** `left`: after so many more runs of the definition the system lists it no longer, and its files are lost to us. */
function nearEndOfList({ standing, listLimit }: JobFacts): JobNeed | null {
  const { job, saved, listPosition } = standing
  if (saved || !job.hasFiles || listPosition === null || listLimit === null) return null
  if (listPosition < nearEndFrom * listLimit) return null
  const left = Math.max(1, listLimit - listPosition + 1)
  return { ...jobSays('near-end-of-list', endedAt(job)), facts: { left } }
}

const jobSays = (kind: JobNeed['kind'], since: Instant, error: JobNeed['error'] = null): JobNeed => ({
  kind,
  deliveryId: null,
  error,
  facts: {},
  since,
})
