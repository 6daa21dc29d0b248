import type { Destination } from '../../../preload/contract/types.ts'
import type { DeliveriesService } from '../desk.ts'
import { AppError } from '../errors.ts'
import { type DeliveryId, deliveryId, type JobId } from '../ids.ts'
import { stages } from '../jobs/job.ts'
import type { Job } from '../jobs/types.ts'
import { findingsOf } from '../receipts/findings.ts'
import { addMillis, type Millis, seconds } from '../time.ts'
import { waitUntil } from '../wait.ts'
import { cleanUp } from './attempt.ts'
import type { Deliveries } from './deliveries.ts'
import { after, isDelivered, isEnded, isWorking, mayBeCancelled, newDelivery } from './delivery.ts'
import { sameDestination } from './destination.ts'
import { groupNames, type JobValues } from './naming.ts'
import { tryStaging } from './trial.ts'
import { type Delivery, DeliveryChangedMeanwhile } from './types.ts'
import type { DeliveriesWorld } from './world.ts'

/** What the window and the command line may ask of the deliveries. */
export function createDeliveriesService(world: DeliveriesWorld, runner: Deliveries): DeliveriesService {
  const { deliveries, jobs, definitions, clock, ids, views } = world

  async function request(
    id: JobId,
    options: { readonly again: boolean; readonly by: string; readonly destination?: Destination },
  ) {
    const job = await jobs.find(id)
    if (!job) throw new AppError('not-found')
    const own = (await definitions.find(job.definitionId))?.destination ?? null
    const destination = options.destination ?? own ?? job.wanted?.destination
    if (!destination) throw new AppError('no-destination')
    refuseWithoutFiles(job)
    if (job.state !== 'completed') {
      await world.want(id, { by: options.by, destination })
      return world.viewJob(id)
    }
    const known = await deliveries.ofJob(id)
    const unended = known.find(one => !isEnded(one.state))
    const open = unended && (await find(unended.id))
    if (open && (sameDestination(open.destination, destination) || !mayBeCancelled(open))) {
      await tryAgain(open)
      return world.viewJob(id)
    }
    if (open) await cancel(open.id)
    const there = known.find(one => isDelivered(one.state) && one.folder === destination.folder)
    if (there && !options.again) {
      await verifyAgain(there.id)
      return { ...(await world.viewJob(id)), delivery: views.view(there) }
    }
    await underLease(id, () => add(job, destination, sameDestination(destination, own), options.by))
    runner.kick()
    return world.viewJob(id)
  }

  async function add(
    job: Job,
    destination: Destination,
    followsDefinition: boolean,
    by: string,
  ): Promise<void> {
    const wanted = {
      id: deliveryId(ids.next('delivery')),
      jobId: job.id,
      definitionId: job.definitionId,
      connectionId: job.connectionId,
      destination,
      followsDefinition,
      by,
    }
    // Another process may have begun one while we waited for nothing.
    if ((await deliveries.ofJob(job.id)).some(one => !isEnded(one.state))) return
    await deliveries.save(newDelivery(wanted, clock.now()), null, 'asked for')
    world.events.publish({ kind: 'delivery-changed', deliveryId: wanted.id, jobId: job.id })
  }

  /** It was delivered: whoever reads the folder may have taken the files away since, so nothing is delivered again. */
  async function verifyAgain(id: DeliveryId): Promise<void> {
    const receipt = await world.receipts.ofDelivery(id)
    if (!receipt) return
    const found = await findingsOf(world, receipt.content.files)
    const wrong = found.filter(one => one.found !== 'there')
    const why = `asked for again: ${found.length - wrong.length} of ${found.length} files are there`
    for (let tries = 1; ; tries += 1) {
      const delivery = await find(id)
      try {
        return void (await deliveries.save(delivery, delivery.state, why))
      } catch (error) {
        // Somebody else asked for it at this very moment.
        if (!(error instanceof DeliveryChangedMeanwhile) || tries === mostTries) throw error
      }
    }
  }

  async function find(id: DeliveryId): Promise<Delivery> {
    const delivery = await deliveries.find(id)
    if (!delivery) throw new AppError('not-found')
    return delivery
  }

  /** Tries again; to where its definition delivers now, where it was to follow that and nothing of it is visible yet. */
  async function retry(id: DeliveryId): Promise<void> {
    const delivery = await find(id)
    const own = (await definitions.find(delivery.definitionId))?.destination ?? null
    const moved = delivery.followsDefinition && own !== null && !sameDestination(delivery.destination, own)
    if (moved && !isDelivered(delivery.state) && delivery.plan === null) {
      await request(delivery.jobId, { again: true, by: delivery.by })
    } else await tryAgain(delivery)
  }

  async function tryAgain({ id, jobId: job, state, error }: Delivery): Promise<void> {
    // Who asks for what waits for another network wants it over this one.
    if (error?.code === 'metered') world.metered.allow(id)
    // Somebody is at it, or was until the lease ends: it goes on without being asked to.
    if (isWorking(state)) return runner.kick()
    await underLease(job, async () => {
      const now = await find(id)
      if (isDelivered(now.state)) return
      await deliveries.save(after(now, { kind: 'retry' }, clock.now()), now.state, 'asked to try again')
      world.events.publish({ kind: 'delivery-changed', deliveryId: id, jobId: job })
    })
    runner.kick()
  }

  /**
   * Waits for the job's lease: whoever cleans up behind a delivery holds it for a moment, and a process that was killed
   * for half a minute yet. What was asked for must not be lost in silence meanwhile.
   */
  async function underLease(job: JobId, work: () => Promise<void>): Promise<void> {
    const end = addMillis(clock.now(), longestWait)
    for (;;) {
      const done = await runner.withLease(job, async () => {
        await work()
        return true
      })
      if (done) return
      if (clock.now() >= end) throw heldElsewhere()
      await waitUntil(clock, addMillis(clock.now(), betweenTries), new AbortController().signal)
    }
  }

  async function cancel(id: DeliveryId): Promise<void> {
    const before = await find(id)
    if (isEnded(before.state)) return
    if (!mayBeCancelled(before)) throw publishing()
    await runner.stop(before.jobId, 'cancelled')
    const cancelled = await runner.withLease(before.jobId, async () => {
      const now = await find(id)
      if (isEnded(now.state)) return true
      if (!mayBeCancelled(now)) throw publishing()
      const next = after(now, { kind: 'cancelled' }, clock.now())
      await deliveries.save(next, now.state, 'cancelled')
      await cleanUp(world, { ...next, rev: next.rev + 1 })
      world.events.publish({ kind: 'delivery-changed', deliveryId: id, jobId: now.jobId })
      return true
    })
    if (!cancelled) throw heldElsewhere()
  }

  async function checkDestination(destination: Destination): Promise<void> {
    groupNames(destination, exampleJob(clock.now()), ['example.txt'], 'example.txt')
    await tryStaging(world, destination.folder, async () => {})
  }

  return { request, retry, cancel, checkDestination }
}

/** A lease ends half a minute after its holder did. */
const longestWait = seconds(40)
const betweenTries: Millis = 250
/** How often a record that others write too is read and written again, before that is a fault of ours. */
const mostTries = 20

const heldElsewhere = () => new AppError('forbidden', { facts: { reason: 'another process delivers it' } })
const publishing = () => new AppError('forbidden', { facts: { reason: 'publishing' } })

function refuseWithoutFiles(job: Job): void {
  if (job.state === 'gone') throw new AppError('job-gone')
  if (job.state === 'not-started') throw new AppError('not-found')
  if (stages[job.state] === 'ended' && job.state !== 'completed') {
    throw new AppError('job-failed', job.error ? { facts: job.error.facts, said: job.error.said } : {})
  }
}

const exampleJob = (now: JobValues['start']): JobValues => ({
  system: 'concur',
  connection: 'connection',
  definition: 'definition',
  jobId: 'job',
  start: now,
  end: now,
})
