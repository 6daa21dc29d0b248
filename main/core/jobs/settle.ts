import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { Definition } from '../definitions/types.ts'
import { errorView } from '../errors.ts'
import type { DefinitionId } from '../ids.ts'
import type { Lease } from '../ports.ts'
import { addMillis, type Instant, type Millis, minutes, seconds } from '../time.ts'
import { waitUntil } from '../wait.ts'
import { evidence } from './evidence.ts'
import { advance } from './job.ts'
import type { Lists } from './lists.ts'
import { adopt, knownSince, startedHere } from './merge.ts'
import { skewOf } from './poll-policy.ts'
import { saveJob, saveJobs, untilUnchanged } from './save.ts'
import type { Job } from './types.ts'
import type { JobsWorld } from './world.ts'

/** The list is asked three times over 30 s (cli.md). A list may lag, so a "no" of the first one is none. */
export const settleWaits: readonly Millis[] = [seconds(5), seconds(10), seconds(15)]

/**
 * How long a request may be on its way after it was sent. The lease of a killed process is taken over at once, so the
 * last look for its start, which decides that there was none, is not earlier.
 */
const knownBy: Millis = minutes(1)

/** The lease under which a definition is started, or what is left of a start is settled. */
export const startLease = (id: DefinitionId): string => `start:${id}`

/**
 * Finds out what became of a start whose answer was lost: the row that tells of it now, in state `start-unknown` where
 * that cannot be found out. It never sends anything but list requests. The caller holds the start lease.
 * `decidedFrom`: a list without the job says nothing before then.
 */
export async function settleLost(
  world: JobsWorld,
  lists: Lists,
  definition: Definition,
  job: Job,
  lost: ErrorView,
  decidedFrom: Instant = world.clock.now(),
): Promise<Job> {
  let says: 'none' | 'unclear' = 'unclear'
  let error = lost
  for (const [nth, wait] of settleWaits.entries()) {
    const next = addMillis(world.clock.now(), wait)
    const isLast = nth === settleWaits.length - 1
    await waitUntil(world.clock, isLast && next < decidedFrom ? decidedFrom : next, world.stopping)
    try {
      const found = await lookFor(world, lists, definition, job)
      if (found.kind === 'settled') return found.job
      says = found.kind
    } catch (failure) {
      if (world.stopping.aborted) throw failure
      says = 'unclear'
      error = errorView(failure)
      world.log.write('warn', 'start.settle-failed', { jobId: job.id, error })
    }
  }
  const { listTellsStarts } = await lists.capabilitiesOf(definition.connectionId)
  const nothingStarted = says === 'none' && listTellsStarts
  return saveJob(world, {
    job: nothingStarted
      ? advance(job, { kind: 'not-started', error: lost, at: world.clock.now() })
      : advance(advance(job, { kind: 'outcome-unknown', error }), {
          kind: 'ask-again',
          at: world.clock.now(),
        }),
    from: job.state,
    why: nothingStarted ? 'the answer was lost, and the list shows no such job' : 'the answer was lost',
  })
}

type Found = { readonly kind: 'settled'; readonly job: Job } | { readonly kind: 'none' | 'unclear' }

async function lookFor(world: JobsWorld, lists: Lists, definition: Definition, job: Job): Promise<Found> {
  const list = await lists.ask(definition)
  const ids = list.jobs.map(remote => remote.id)
  const usual = await world.jobs.usualMs(definition.id)
  const capabilities = await lists.capabilitiesOf(definition.connectionId)
  return untilUnchanged(async () => {
    const known = await world.jobs.concerned(definition.id, ids)
    const now = world.clock.now()
    const taken = startedHere(known)
    const limit = capabilities.jobListLimit
    const found = evidence(job, { list, limit, taken, knownSince: knownSince(known), now })
    if (found.kind !== 'one') return found
    const news = { capabilities, known, usual, skew: skewOf(definition.connectionId), now, asked: now }
    const saved = await saveJobs(world, adopt(news, job, found.remote))
    return { kind: 'settled', job: saved.find(row => row.remoteId === found.remote.id) ?? job }
  })
}

/**
 * Settles what a process that ended left behind, for one definition, under its start lease: an intent was never sent;
 * a start may have been.
 */
export async function settleLeftovers(world: JobsWorld, lists: Lists, definition: Definition): Promise<void> {
  for (const job of await world.jobs.openOf(definition.id)) {
    if (job.state === 'intent') {
      const ended = advance(job, { kind: 'not-started', error: null, at: world.clock.now() })
      await saveJob(world, { job: ended, from: job.state, why: 'the app ended before anything was sent' })
    }
    if (job.state === 'starting') {
      const lost: ErrorView = { code: 'connection-cut', facts: { sent: true } }
      await settleLost(world, lists, definition, job, lost, decidedFrom(world, job))
    }
  }
}

/** A sending of the future is none: the clock was set back. */
function decidedFrom({ clock }: JobsWorld, { sentAt }: Job): Instant {
  const now = clock.now()
  return sentAt === null || sentAt > now ? addMillis(now, knownBy) : addMillis(sentAt, knownBy)
}

/** Waits until nobody else starts or settles this definition; null where that takes longer than `patience`. */
export async function takeStartLease(
  world: Pick<JobsWorld, 'leases' | 'clock' | 'stopping'>,
  id: DefinitionId,
  patience: Millis,
): Promise<Lease | null> {
  const end = addMillis(world.clock.now(), patience)
  for (;;) {
    const lease = await world.leases.take(startLease(id), { outlivesBy: 0 })
    if (lease !== null || world.clock.now() >= end) return lease
    await waitUntil(world.clock, addMillis(world.clock.now(), seconds(1)), world.stopping)
  }
}

/** Releases a lease at the end of work that is done: where that fails, the lease ends by itself, and nothing else does. */
export const letGo = ({ log }: Pick<JobsWorld, 'log'>, lease: Lease): Promise<void> =>
  lease.release().catch(error => log.write('warn', 'lease.release-failed', { error }))

/** Longer than a lease's term: what a killed process held is free by then, also where nobody can tell that it ended. */
const killedHolder: Millis = seconds(40)

/**
 * At process start: settles every start that another process left unfinished. A run that is asked for meanwhile waits
 * for the lease.
 */
export async function recoverStarts(world: JobsWorld, lists: Lists): Promise<void> {
  const left = (await world.jobs.open()).filter(job => job.state === 'intent' || job.state === 'starting')
  await Promise.all([...new Set(left.map(job => job.definitionId))].map(id => recoverOne(world, lists, id)))
}

async function recoverOne(world: JobsWorld, lists: Lists, id: DefinitionId): Promise<void> {
  const definition = await world.definitions.find(id)
  const lease = definition && (await takeStartLease(world, id, killedHolder))
  if (!definition || !lease) return
  try {
    await settleLeftovers(world, lists, definition)
  } finally {
    await letGo(world, lease)
  }
}
