import type { ErrorView } from '../../preload/contract/errors.ts'
import { cli as text } from '../../preload/contract/text/cli.ts'
import type { ConnectionView, DeliveryView, JobView } from '../../preload/contract/types.ts'
import type { DeliveryState, JobState } from '../../preload/contract/words.ts'
import { jobId } from '../core/ids.ts'
import { addMillis, type Instant, seconds } from '../core/time.ts'
import type { Around, OpenDesk } from './command.ts'
import { type Outcome, outcomeExits } from './exit-codes.ts'

export type Ending = { readonly outcome: Outcome; readonly job: JobView; readonly error: ErrorView | null }

/** Another process may be the one that watches and delivers: then the journal tells, and nobody else. */
const lookEvery = seconds(1)

/**
 * Waits until a job's files are delivered or cannot be, whoever does it. Where nothing but time is missing it waits;
 * what waits for a person or a network that is away is the outcome, though the journal would try it again: whoever
 * called has to be told now.
 */
export async function awaitDelivery(
  around: Pick<Around, 'progress' | 'interrupted'>,
  open: OpenDesk,
  start: JobView,
  until: Instant,
): Promise<Ending> {
  const { desk, clock } = open
  const { progress, interrupted } = around
  const before = start.delivery
  const unsubscribe = open.events.subscribe(event => {
    if (event.kind === 'delivery-progress') progress.step(event.progress)
  })
  try {
    for (;;) {
      const job = await desk.jobs.view(jobId(start.id))
      const said = text.progress.jobState(job.state)
      if (said !== null && job.delivery === null) progress.say(said)
      const ended = endOf(job, before) ?? (await signInEnd(open, job))
      if (ended) return ended
      if (interrupted.aborted) return { outcome: 'interrupted', job, error: null }
      if (clock.now() >= until) {
        return { outcome: 'timed-out', job, error: { code: 'job-timed-out', facts: {} } }
      }
      await somethingChanged(open, job, until, interrupted)
    }
  } finally {
    unsubscribe()
    progress.clear()
  }
}

const jobOutcomes: Partial<Record<JobState, Outcome>> = {
  'start-unknown': 'start-unknown',
  failed: 'failed',
  cancelled: 'cancelled',
  'timed-out': 'timed-out',
  gone: 'file-gone',
}

/** Null while it goes on. `before`: the delivery as it was when it was asked for. */
export function endOf(job: JobView, before: DeliveryView | null): Ending | null {
  const { state, delivery } = job
  const ofJob = jobOutcomes[state]
  if (ofJob)
    return { outcome: ofJob, job, error: job.error ?? { code: codeOf[ofJob] ?? 'job-failed', facts: {} } }
  if (state === 'not-started') {
    return { outcome: 'unreachable', job, error: job.error ?? { code: 'connection-cut', facts: {} } }
  }
  if (state !== 'completed') return null
  if (delivery === null) {
    return job.error ? { outcome: 'file-gone', job, error: job.error } : null
  }
  const outcome = deliveryOutcome(delivery.state)
  // What was in the way before is tried again first: it was asked for.
  const isNews = delivery.id !== before?.id || delivery.updatedAt > before.updatedAt
  if (outcome === null || (!isNews && delivery.receiptId === null)) return null
  return { outcome, job, error: delivery.receiptId === null ? delivery.error : null }
}

const codeOf: Partial<Record<Outcome, ErrorView['code']>> = {
  'start-unknown': 'start-unknown',
  'timed-out': 'job-timed-out',
  'file-gone': 'job-gone',
}

/** A delivery's state is its outcome where it has ended, or waits for something that no moment brings. */
const deliveryOutcome = (state: DeliveryState): Outcome | null =>
  Object.hasOwn(outcomeExits, state) ? (state as Outcome) : null

/** A connection that waits for a new sign-in is asked nothing any more: its jobs would be waited for in vain. */
async function signInEnd({ desk }: OpenDesk, job: JobView): Promise<Ending | null> {
  const connection = (await desk.connections.list()).find(({ id }) => id === job.connectionId)
  if (!connection || !isWaiting(connection)) return null
  const error = connection.signIn.error ?? { code: 'sign-in-waiting', facts: {} }
  return { outcome: 'needs-sign-in', job, error }
}

const isWaiting = ({ signIn }: ConnectionView): boolean =>
  signIn.state === 'refused' || signIn.state === 'expired'

/** Resolves when this process has news of the job, at the next look, at the deadline, or when interrupted. */
function somethingChanged(
  { events, clock }: OpenDesk,
  job: JobView,
  until: Instant,
  interrupted: AbortSignal,
): Promise<void> {
  return new Promise(resolve => {
    const next = addMillis(clock.now(), lookEvery)
    const cancel = clock.wake(next < until ? next : until, done)
    const unsubscribe = events.subscribe(event => {
      if ('jobId' in event && event.jobId === job.id) done()
    })
    interrupted.addEventListener('abort', done, { once: true })
    function done(): void {
      cancel()
      unsubscribe()
      interrupted.removeEventListener('abort', done)
      resolve()
    }
  })
}
