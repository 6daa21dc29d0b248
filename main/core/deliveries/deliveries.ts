import type { DeskEvent } from '../events.ts'
import { type ConnectionId, deliveryId, type JobId } from '../ids.ts'
import type { Job } from '../jobs/types.ts'
import { addMillis, type Instant, minutes, seconds } from '../time.ts'
import { attempt, cleanUp, type StopReason } from './attempt.ts'
import { isEnded, mayBeCancelled, newDelivery } from './delivery.ts'
import { sameDestination } from './destination.ts'
import { isHeld } from './metered.ts'
import { dueAt } from './retry.ts'
import { sweepTrials } from './trial.ts'
import type { Delivery, OpenDelivery } from './types.ts'
import type { DeliveriesWorld } from './world.ts'

/** After an attempt that changed nothing (another process has the lease, a fault of ours), it is not tried at once. */
const breather = seconds(5)
/** Longer than a lease outlives a process that was killed. */
const tidyEvery = minutes(1)

export type Deliveries = {
  /** Once, at the start, before anything else: groups whose publishing was cut are finished, leftovers removed. */
  recover(): Promise<void>
  /** Removes what ended deliveries left in staging, but what is still to be kept. */
  tidyUp(): Promise<void>
  /** Looks at what is to be delivered, and begins what is due. Cheap; call it whenever something may have changed. */
  kick(): void
  /** The network or the computer is back: whatever waits for something to be reachable is due now. */
  wakeUp(): void
  /** Stops an attempt of this process; resolves when it has stopped. */
  stop(job: JobId, reason: StopReason): Promise<void>
  /** Runs `work` with the job's delivery lease; null where another process or attempt has it. */
  withLease<T>(job: JobId, work: () => Promise<T>): Promise<T | null>
  /** Begins nothing more. What runs is left where the journal can go on; a group that is being published is finished. */
  stopAndDrain(): Promise<void>
}

/** What a delivery may have waited for. */
const curing: ReadonlySet<DeskEvent['kind']> = new Set<DeskEvent['kind']>([
  'connections-changed',
  'definitions-changed',
  'settings-changed',
  // The network, perhaps: one that is not metered any more.
  'status-changed',
])

type Running = {
  readonly connectionId: ConnectionId
  readonly abort: AbortController
  readonly ended: Promise<void>
}

type Candidate = { readonly jobId: JobId; readonly connectionId: ConnectionId; readonly due: Instant }

/**
 * Runs deliveries: one at a time for each connection, each under its lease, those that wait when the wall clock says
 * so. The journal is asked what there is to do; nothing is kept here but what runs.
 */
export function createDeliveries(world: DeliveriesWorld): Deliveries {
  const { clock, deliveries, jobs, leases, log } = world
  const running = new Map<JobId, Running>()
  const notBefore = new Map<JobId, Instant>()
  let stopping = false
  let awokenAt: Instant | null = null
  const unsubscribe = world.events.subscribe(({ kind }) => {
    if (curing.has(kind)) kick()
  })
  let cancelWake = () => {}
  let cancelTidying = () => {}
  let looking: Promise<void> | null = null
  let lookAgain = false

  function kick(): void {
    if (stopping) return
    lookAgain = true
    looking ??= lookUntilQuiet().finally(() => {
      looking = null
    })
  }

  async function lookUntilQuiet(): Promise<void> {
    while (lookAgain && !stopping) {
      lookAgain = false
      try {
        await look()
      } catch (error) {
        log.write('error', 'deliveries.look-failed', { error: String(error) })
        cancelWake()
        cancelWake = clock.wake(addMillis(clock.now(), breather), kick)
      }
    }
  }

  async function look(): Promise<void> {
    const now = clock.now()
    const all = await candidates(now)
    let next: Instant | null = null
    for (const candidate of all) {
      if (running.has(candidate.jobId)) continue
      const due = Math.max(candidate.due, notBefore.get(candidate.jobId) ?? candidate.due) as Instant
      if (due <= now) {
        if (![...running.values()].some(one => one.connectionId === candidate.connectionId)) begin(candidate)
      } else if (next === null || due < next) next = due
    }
    cancelWake()
    cancelWake = next === null ? () => {} : clock.wake(next, kick)
  }

  async function candidates(now: Instant): Promise<readonly Candidate[]> {
    const paused = await world.paused()
    const open = await deliveries.open()
    const wanting: Candidate[] = []
    for (const job of paused ? [] : await jobs.wantingDelivery()) {
      if (await destinationOf(job)) wanting.push({ jobId: job.id, connectionId: job.connectionId, due: now })
    }
    const waiting: Candidate[] = []
    for (const one of open) {
      if (paused && !(await isPublishing(one))) continue
      if (isHeld(world.metered, one)) continue
      const due = (await isCured(one)) ? now : dueAt(one, now)
      if (due !== null) waiting.push({ jobId: one.jobId, connectionId: one.connectionId, due })
    }
    return [...waiting, ...wanting]
  }

  /** Its first file may be visible: it is finished, whoever paused what. */
  async function isPublishing({ id }: OpenDelivery): Promise<boolean> {
    const delivery = await deliveries.find(id)
    return delivery !== null && !mayBeCancelled(delivery)
  }

  /** Something happened since it failed that may have cured it. */
  async function isCured({ state, updatedAt, connectionId }: OpenDelivery): Promise<boolean> {
    if (state === 'needs-sign-in') {
      const connection = await world.connections.find(connectionId)
      return connection?.signIn.state === 'ok' && connection.signIn.changedAt > updatedAt
    }
    const waitsForReach =
      state === 'waiting' || state === 'unreachable' || state === 'destination-unreachable'
    return waitsForReach && awokenAt !== null && awokenAt > updatedAt
  }

  function begin({ jobId, connectionId }: Candidate): void {
    const abort = new AbortController()
    const ended = run(jobId, abort)
      .catch(error => {
        log.write('error', 'delivery.attempt-failed', { job: jobId, error: String(error) })
        notBefore.set(jobId, addMillis(clock.now(), breather))
      })
      .finally(() => {
        running.delete(jobId)
        kick()
      })
    running.set(jobId, { connectionId, abort, ended })
  }

  async function run(jobId: JobId, abort: AbortController): Promise<void> {
    const done = await withLease(
      jobId,
      async () => {
        const delivery = (await openDelivery(jobId)) ?? (await newForWanted(jobId))
        if (delivery) await attempt(world, delivery, abort.signal)
        return true
      },
      abort,
    )
    if (done) notBefore.delete(jobId)
    else notBefore.set(jobId, addMillis(clock.now(), breather))
  }

  async function withLease<T>(
    jobId: JobId,
    work: () => Promise<T>,
    abort?: AbortController,
  ): Promise<T | null> {
    const lease = await leases.take(`deliver:${jobId}`, { outlivesBy: 0 })
    if (!lease) return null
    const lost = () => abort?.abort('lost' satisfies StopReason)
    lease.lost.addEventListener('abort', lost)
    try {
      return await work()
    } finally {
      lease.lost.removeEventListener('abort', lost)
      await lease.release()
    }
  }

  async function openDelivery(jobId: JobId): Promise<Delivery | null> {
    const open = (await deliveries.open()).findLast(one => one.jobId === jobId)
    return open ? deliveries.find(open.id) : null
  }

  async function destinationOf(job: Job) {
    const own = (await world.definitions.find(job.definitionId))?.destination ?? null
    const destination = job.wanted?.destination ?? own
    return destination && { destination, followsDefinition: sameDestination(destination, own) }
  }

  /** A job whose files are wanted gets its delivery under the lease, so that it gets one. */
  async function newForWanted(jobId: JobId): Promise<Delivery | null> {
    const job = await jobs.find(jobId)
    const wanted = job && (await destinationOf(job))
    if (!job?.wanted || !wanted || (await deliveries.latest([jobId])).length > 0) return null
    const delivery = newDelivery(
      {
        id: deliveryId(world.ids.next('delivery')),
        jobId,
        definitionId: job.definitionId,
        connectionId: job.connectionId,
        ...wanted,
        by: job.wanted.by,
      },
      clock.now(),
    )
    await deliveries.save(delivery, null, 'its files are wanted')
    return { ...delivery, rev: delivery.rev + 1 }
  }

  async function recover(): Promise<void> {
    const unfinished = await deliveries.unfinished()
    const cut = unfinished.filter(one => !isEnded(one.state) && one.plan !== null)
    await Promise.all(
      cut.map(one =>
        withLease(one.jobId, async () => {
          const now = await deliveries.find(one.id)
          if (now && !isEnded(now.state)) await attempt(world, now, new AbortController().signal)
        }).catch(error =>
          log.write('error', 'delivery.recovery-failed', { delivery: one.id, error: String(error) }),
        ),
      ),
    )
    await tidyUp()
    kick()
    // Nobody waits for it: where it was tried may be a share that does not answer.
    sweepTrials(world).catch(error => log.write('error', 'deliveries.not-swept', { error: String(error) }))
  }

  /**
   * Removes what ended deliveries left behind. A process that was killed holds its leases for a while yet: what it left
   * is removed when they have ended, and not only at the start after this one.
   */
  async function tidyUp(): Promise<void> {
    let refused = false
    for (const one of await deliveries.unfinished()) {
      if (stopping || !isEnded(one.state)) continue
      const tidied = await withLease(one.jobId, async () => {
        await cleanUp(world, one)
        return true
      })
      refused ||= tidied === null
    }
    if (!refused || stopping) return
    cancelTidying = clock.wake(addMillis(clock.now(), tidyEvery), () => {
      tidyUp().catch(error => log.write('error', 'deliveries.not-tidied-up', { error: String(error) }))
    })
  }

  return {
    recover,
    tidyUp,
    kick,
    wakeUp() {
      awokenAt = clock.now()
      kick()
    },
    withLease,
    async stop(job, reason) {
      const one = running.get(job)
      one?.abort.abort(reason)
      await one?.ended
    },
    async stopAndDrain() {
      stopping = true
      unsubscribe()
      cancelWake()
      cancelTidying()
      await looking
      for (const one of running.values()) one.abort.abort('stopping' satisfies StopReason)
      await Promise.all([...running.values()].map(one => one.ended))
    },
  }
}
