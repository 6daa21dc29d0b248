import { AppError, errorView, isAppError } from '../errors.ts'
import { after, type DeliveryEvent, isDelivered, isEnded, mayBeCancelled, stepOf } from './delivery.ts'
import { download } from './download.ts'
import { type Files, fileError } from './files.ts'
import { publish } from './group.ts'
import { keptOf, removeAllBut } from './kept.ts'
import { createMeter } from './progress.ts'
import { afterFailure } from './retry.ts'
import type { Run } from './run.ts'
import { hasStaging, leadsElsewhere, makeStaging, realFolder, removeStaging } from './staging.ts'
import { type Delivery, DeliveryChangedMeanwhile } from './types.ts'
import { unpack } from './unpack.ts'
import type { DeliveriesWorld } from './world.ts'

/** Why an attempt was stopped from outside. */
export type StopReason = 'cancelled' | 'stopping' | 'lost'

/**
 * One attempt at a delivery: goes on where it stands, until it has ended or something is in the way, and journals
 * which. The caller holds its lease. Returns the record as it is then.
 */
export async function attempt(
  world: DeliveriesWorld,
  start: Delivery,
  signal: AbortSignal,
): Promise<Delivery> {
  let delivery = start

  async function journal(event: DeliveryEvent, why: string): Promise<void> {
    if (signal.aborted && signal.reason === 'lost') throw new DeliveryChangedMeanwhile()
    const next = after(delivery, event, world.clock.now())
    await world.deliveries.save(next, delivery.state, why)
    delivery = { ...next, rev: next.rev + 1 }
    if (event.kind !== 'staging-chosen') {
      world.events.publish({ kind: 'delivery-changed', deliveryId: delivery.id, jobId: delivery.jobId })
    }
  }

  const run: Run = {
    world,
    signal,
    journal,
    get delivery() {
      return delivery
    },
    get staging() {
      if (!delivery.staging) throw new AppError('internal', { said: 'There is no staging folder yet' })
      return delivery.staging
    },
    meter: (step, totalBytes, startBytes) =>
      createMeter(
        world.clock,
        step,
        totalBytes,
        progress => {
          world.views.note(delivery.id, progress)
          world.events.publish({ kind: 'delivery-progress', deliveryId: delivery.id, progress })
        },
        startBytes,
      ),
  }

  try {
    await prepare(run)
    if (stepOf(delivery) === 'downloading') await download(run)
    if (stepOf(delivery) === 'verifying') await unpack(run)
    await publish(run)
  } catch (error) {
    await interrupted(run, fileError(error, delivery.destination.folder))
  } finally {
    world.views.note(delivery.id, null)
  }
  tell(world, start, delivery)
  if (isEnded(delivery.state)) await cleanUp(world, delivery)
  return delivery
}

/** Enters the step that is next, with a staging folder that is as the record says. */
async function prepare(run: Run): Promise<void> {
  const { files, profileId } = run.world
  const { folder } = run.delivery.destination
  await run.journal({ kind: 'begin' }, `goes on with ${stepOf(run.delivery)}`)
  const elsewhere = leadsElsewhere(run.delivery.staging, await realFolder(files, folder))
  if (elsewhere && !run.delivery.plan) await leaveOldPlace(run)
  if ((elsewhere && !run.delivery.plan) || !(await intact(files, run.delivery))) {
    const lost = { kind: 'begin-anew', error: null, nextAttemptAt: null } as const
    await run.journal(lost, 'what was staged is gone')
    await run.journal({ kind: 'begin' }, 'begins anew')
  }
  const { plan, contents, downloads, partial, staging } = run.delivery
  // Where nothing was put into it yet, it may be made in part only, or at a place that was not tried to its end.
  const inUse = contents !== null || downloads.length > 0 || partial !== null
  if (plan || (inUse && (await hasStaging(files, staging)))) return
  await makeStaging(files, run.delivery, profileId, staging =>
    run.journal({ kind: 'staging-chosen', staging }, 'staging'),
  )
}

/** The destination leads to another folder now, and nothing is visible in the old one yet: it begins anew there. */
async function leaveOldPlace({ world, delivery: { id, staging } }: Run): Promise<void> {
  if (!staging) return
  await removeStaging(world.files, staging, staging.real ?? null).catch(error =>
    world.log.write('warn', 'delivery.not-cleaned-up', { delivery: id, error: String(error) }),
  )
}

/** Whether what the record speaks of is still there: somebody may have cleared the staging folder away. */
async function intact(files: Files, { staging, downloads, contents, plan }: Delivery): Promise<boolean> {
  if (plan?.placed) return true
  if (!(await hasStaging(files, staging))) return downloads.length === 0 && contents === null && plan === null
  // A staged file that is gone was placed: that is how publishing notes it (publish.ts).
  if (plan) return true
  const staged = contents?.map(file => ({ path: file.staged, bytes: file.bytes })) ?? downloads
  for (const { path, bytes } of staged) if ((await files.look(path))?.bytes !== bytes) return false
  return true
}

async function interrupted(run: Run, error: unknown): Promise<void> {
  const { world, signal } = run
  // Somebody else goes on with it, or we do at the next start: the journal says where.
  if (error instanceof DeliveryChangedMeanwhile || (signal.aborted && signal.reason !== 'cancelled')) return
  const view = errorView(signal.aborted && mayBeCancelled(run.delivery) ? new AppError('cancelled') : error)
  if (!isAppError(error)) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error)
    world.log.write('error', 'delivery.fault', { delivery: run.delivery.id, error: said })
  }
  const event = afterFailure(run.delivery, view, world.clock.now())
  await run.journal(event, event.kind === 'cancelled' ? 'cancelled' : view.code)
  if (event.kind === 'begin-anew') await discard(world, run.delivery)
}

/** Before everything is fetched once more, what came first is removed. */
async function discard(world: DeliveriesWorld, { id, staging }: Delivery): Promise<void> {
  if (!staging) return
  try {
    await world.files.removeTree(staging.folder)
  } catch (error) {
    world.log.write('warn', 'delivery.not-cleaned-up', { delivery: id, error: String(error) })
  }
}

/** Tells of an outcome once: a delivery that is tried every few minutes has needed somebody all the while. */
function tell(world: DeliveriesWorld, before: Delivery, now: Delivery): void {
  if (isDelivered(now.state) && now.receiptId) {
    world.events.publish({ kind: 'delivered', receiptId: now.receiptId, jobId: now.jobId })
  }
  const quiet = isDelivered(now.state) || ['waiting', 'cancelled', 'needs-sign-in'].includes(now.state)
  const isNews = now.state !== before.state || now.error?.code !== before.error?.code
  if (now.error && !quiet && isNews) {
    world.events.publish({ kind: 'needs-you', need: 'delivery', subjectId: now.id })
  }
}

/**
 * Removes the staging of a delivery that has ended, but what the settings keep of it for a while; what could not be
 * removed is tried again at the next start.
 */
export async function cleanUp(world: DeliveriesWorld, delivery: Delivery): Promise<void> {
  const { staging, destination } = delivery
  if (!staging) return
  try {
    const kept = keptOf(delivery, await world.keep())
    if (kept && world.clock.now() < kept.until) return await removeAllBut(world.files, staging, kept.part)
    const real = await realFolder(world.files, destination.folder).catch(() => null)
    await removeStaging(world.files, staging, real)
    const next = after(delivery, { kind: 'cleaned-up' }, world.clock.now())
    await world.deliveries.save(next, delivery.state, 'staging is removed')
  } catch (error) {
    world.log.write('warn', 'delivery.not-cleaned-up', { delivery: delivery.id, error: String(error) })
  }
}
