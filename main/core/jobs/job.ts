/**
 * A job's life, as the journal tells it. Pure: an event makes another Job or is refused.
 *
 *   (wanted)            (seen in a list that we did not start: origin elsewhere)
 *      │                                   │
 *   intent ──sending──► starting ──found──►├─► submitted · queued · running · unknown ◄─┐ seen
 *      │ ▲                │  │             │         │      │       │                   │
 *      │ └─session-ended──┘  │             │         ▼      ▼       ▼                   │
 *      │                     │             │   completed · failed · cancelled  (for ever)
 *      │                     ├─outcome-unknown─► start-unknown ──found──► (as above)
 *      │                     │                        │
 *      └─not-started─────────┴───────not-started──────┴──► not-started ──found──► (as above: the list
 *                                                                       showed it too late; only if it was sent)
 *   submitted · queued · running · unknown ──vanished──► gone ──────seen──► what the system says
 *                                          ──deadline──► timed-out ─seen──► its end, where it came to one (it is
 *                                                                          asked about now and then, for a week)
 *
 * `gone` and `timed-out` are endings of ours: what the system says later is truer, so they can be left.
 * What the system itself has ended stays as it is; only files that became known later are added.
 */
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { JobState, JobStatus } from '../../../preload/contract/words.ts'
import type { Definition } from '../definitions/types.ts'
import type { JobId, RemoteId } from '../ids.ts'
import type { RemoteJob } from '../systems/system.ts'
import type { Instant } from '../time.ts'
import type { Job } from './types.ts'

/**
 * `before`: the system has not answered yet that it exists. `open`: at the system, not ended.
 * `ended`: by the system, for good. `given-up`: ended for us alone. `not-started`: ended before it began.
 */
export type Stage = 'before' | 'open' | 'ended' | 'given-up' | 'not-started'

export const stages: Readonly<Record<JobState, Stage>> = {
  intent: 'before',
  starting: 'before',
  'start-unknown': 'before',
  submitted: 'open',
  queued: 'open',
  running: 'open',
  unknown: 'open',
  completed: 'ended',
  failed: 'ended',
  cancelled: 'ended',
  gone: 'given-up',
  'timed-out': 'given-up',
  'not-started': 'not-started',
}

export const jobStates = Object.keys(stages) as readonly JobState[]
/** Nobody has ended it: neither the system, nor we, nor the user. */
export const isOpen = (state: JobState): boolean => stages[state] === 'before' || stages[state] === 'open'
export const openStates: readonly JobState[] = jobStates.filter(isOpen)

/** Another row (named by its error) tells of the same run; this one has nothing of its own to show. */
export const isMerged = (job: Job): boolean =>
  job.state === 'not-started' && job.error?.code === 'already-running' && job.error.facts.jobId !== undefined

export type JobEvent =
  /** The request goes out right after this is journalled. */
  | { readonly kind: 'sending'; readonly at: Instant; readonly listedBefore: readonly RemoteId[] }
  /** The system answered that it does not know the session: nothing was started, and it may be sent again. */
  | { readonly kind: 'session-ended' }
  /** It is known to be this remote job: by the answer, by the list, or by the user; or it joins that one. */
  | {
      readonly kind: 'found'
      readonly remote: RemoteJob
      readonly origin: Job['origin']
      readonly at: Instant
    }
  /** A job found in a list turned out to be the one that we started. */
  | { readonly kind: 'ours'; readonly by: string | null; readonly sentAt: Instant | null }
  | { readonly kind: 'outcome-unknown'; readonly error: ErrorView }
  /** Nothing was started; the error says why, null where the process ended before it could send. */
  | { readonly kind: 'not-started'; readonly error: ErrorView | null; readonly at: Instant }
  | { readonly kind: 'seen'; readonly remote: RemoteJob; readonly at: Instant }
  /** The system's list no longer shows it. */
  | { readonly kind: 'unlisted' }
  | { readonly kind: 'vanished'; readonly at: Instant }
  | { readonly kind: 'deadline'; readonly at: Instant }
  /** Completed, and no file came with it in all the time it was given. */
  | { readonly kind: 'without-files' }
  | { readonly kind: 'wanted'; readonly wanted: NonNullable<Job['wanted']> }
  | { readonly kind: 'ask-again'; readonly at: Instant | null }

/** A move that the diagram does not have: a bug of ours, never the user's or the system's doing. */
export class ImpossibleMove extends Error {
  override readonly name = 'ImpossibleMove'
}

type Known = Pick<Definition, 'id' | 'connectionId'>

/** A run that somebody asked for; nothing is sent yet. */
export function intent(id: JobId, definition: Known, by: string, wanted: Job['wanted'], at: Instant): Job {
  return {
    id,
    connectionId: definition.connectionId,
    definitionId: definition.id,
    remoteId: null,
    state: 'intent',
    rawStatus: null,
    origin: 'here',
    startedBy: by,
    knownAt: at,
    sentAt: null,
    listedBefore: [],
    startedAt: null,
    endedAt: null,
    endSeenAt: null,
    hasFiles: false,
    listed: false,
    wanted,
    nextAskAt: null,
    error: null,
    raw: {},
    rev: 0,
  }
}

/** A job that the system's list shows and nobody here started. */
export function foundElsewhere(
  id: JobId,
  definition: Known,
  remote: RemoteJob,
  wanted: Job['wanted'],
  at: Instant,
): Job {
  const blank = { ...intent(id, definition, '', wanted, at), startedBy: null, origin: 'elsewhere' as const }
  return observed(blank, remote, at)
}

export function advance(job: Job, event: JobEvent): Job {
  const stage = stages[job.state]
  const allow = (possible: boolean): void => {
    if (!possible) throw new ImpossibleMove(`${job.state} cannot be left by "${event.kind}"`)
  }
  switch (event.kind) {
    case 'sending':
      allow(job.state === 'intent')
      return { ...job, state: 'starting', sentAt: event.at, listedBefore: event.listedBefore }
    case 'session-ended':
      allow(job.state === 'starting')
      return { ...job, state: 'intent', sentAt: null }
    case 'found':
      allow(stage === 'before' || (stage === 'not-started' && job.sentAt !== null))
      return observed({ ...job, error: null, origin: event.origin }, event.remote, event.at)
    case 'ours':
      allow(job.origin === 'elsewhere' && job.remoteId !== null)
      return { ...job, origin: 'here', startedBy: event.by, sentAt: event.sentAt }
    case 'outcome-unknown':
      allow(job.state === 'starting')
      return { ...job, state: 'start-unknown', error: event.error }
    case 'not-started':
      allow(stage === 'before')
      return { ...job, state: 'not-started', error: event.error, endSeenAt: event.at, nextAskAt: null }
    case 'seen':
      allow(job.remoteId === event.remote.id)
      return observed(job, event.remote, event.at)
    case 'unlisted':
      return { ...job, listed: false }
    case 'vanished':
      allow(stage === 'open')
      return givenUp(job, 'gone', { code: 'job-gone', facts: {} }, event.at)
    case 'deadline':
      allow(stage === 'open')
      return givenUp(job, 'timed-out', { code: 'job-timed-out', facts: {} }, event.at)
    case 'without-files':
      allow(job.state === 'completed' && !job.hasFiles)
      return { ...job, error: { code: 'file-gone', facts: {} }, nextAskAt: null }
    case 'wanted':
      return { ...job, wanted: event.wanted }
    case 'ask-again':
      allow(event.at === null || isOpen(job.state) || job.state === 'completed' || job.state === 'timed-out')
      return { ...job, nextAskAt: event.at }
  }
}

const givenUp = (job: Job, state: 'gone' | 'timed-out', error: ErrorView, at: Instant): Job => ({
  ...job,
  state,
  error,
  listed: state === 'gone' ? false : job.listed,
  endSeenAt: at,
  nextAskAt: null,
})

/** The job with what the system says of it now. */
function observed(job: Job, remote: RemoteJob, at: Instant): Job {
  const stage = stages[job.state]
  if (stage === 'ended') return { ...job, ...laterNews(job, remote), listed: true }
  // A run that we gave up after its deadline is not taken up again for being as unfinished as it was.
  if (job.state === 'timed-out' && stages[remote.status] === 'open') return { ...job, listed: true }
  const ended = stages[remote.status] === 'ended'
  return {
    ...job,
    remoteId: remote.id,
    state: remote.status,
    rawStatus: remote.rawStatus,
    startedAt: remote.startedAt ?? job.startedAt,
    endedAt: remote.endedAt ?? job.endedAt,
    endSeenAt: ended ? at : null,
    hasFiles: remote.hasFiles || job.hasFiles,
    listed: true,
    nextAskAt: ended ? null : job.nextAskAt,
    error: errorOf(remote),
    raw: remote.raw,
  }
}

/** The system has ended it: its state stays, but its files or times may become known only later. */
function laterNews(job: Job, remote: RemoteJob): Partial<Job> {
  const filesCame = job.state === 'completed' && remote.hasFiles && !job.hasFiles
  return {
    ...(filesCame ? { hasFiles: true, error: null, nextAskAt: null, raw: remote.raw } : {}),
    ...(job.endedAt === null && remote.endedAt !== null ? { endedAt: remote.endedAt } : {}),
  }
}

const failures: readonly JobStatus[] = ['failed', 'cancelled']
const errorOf = ({ status, rawStatus, said, endedBy }: RemoteJob): ErrorView | null =>
  failures.includes(status)
    ? {
        code: 'job-failed',
        facts: { status: rawStatus, ended: status, ...(endedBy === undefined ? {} : { by: endedBy }) },
        ...(said === undefined ? {} : { said }),
      }
    : null
