import type { Database } from '../../../main/adapters/database/database.ts'
import { createActivityRepository } from '../../../main/adapters/database/repositories/activity.ts'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createHistoryRepository } from '../../../main/adapters/database/repositories/history.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createReceiptsRepository } from '../../../main/adapters/database/repositories/receipts.ts'
import type { Standing } from '../../../main/core/activity/types.ts'
import type { Connection } from '../../../main/core/connections/types.ts'
import type { Definition } from '../../../main/core/definitions/types.ts'
import { newDelivery } from '../../../main/core/deliveries/delivery.ts'
import type { Delivery } from '../../../main/core/deliveries/types.ts'
import { summaryOf } from '../../../main/core/deliveries/views.ts'
import { deliveryId, type JobId, receiptId } from '../../../main/core/ids.ts'
import { isMerged } from '../../../main/core/jobs/job.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { chained } from '../../../main/core/receipts/chain.ts'
import type { Receipt, ReceiptContent } from '../../../main/core/receipts/types.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { aReview } from '../../fakes/receipts.ts'

/** What a receipt says where a test names nothing else. */
export const aContent = (
  delivery: Delivery,
  job: Job,
  definition: Definition,
  connection: Connection,
): ReceiptContent => ({
  deliveryId: delivery.id,
  jobId: job.id,
  connection,
  definition,
  remoteJobId: job.remoteId ?? '',
  jobStartedAt: job.startedAt,
  jobEndedAt: job.endedAt,
  rawStatus: job.rawStatus,
  requestedBy: delivery.by,
  requestedAt: delivery.createdAt,
  deliveredAt: delivery.updatedAt,
  outcome: 'delivered',
  folder: delivery.destination.folder,
  received: [],
  archive: null,
  files: [],
  marker: null,
  controlTotals: [],
  warnings: [],
  appVersion: '0.1.0',
})

/** What belongs to each job, oldest first. */
function byJob<T>(all: readonly T[], jobOf: (one: T) => JobId): (job: JobId) => readonly T[] {
  const groups = new Map<JobId, T[]>()
  for (const one of all) groups.set(jobOf(one), [...(groups.get(jobOf(one)) ?? []), one])
  return job => groups.get(job) ?? []
}

/** A real profile, and beside it a plain list of everything that was written to it. */
export function ledger(database: Database) {
  const clock = fakeClock()
  const log = memoryLog()
  const connections = createConnectionsRepository(database, clock, log)
  const definitions = createDefinitionsRepository(database, log)
  const jobs = createJobsRepository(database, clock, log)
  const deliveries = createDeliveriesRepository(database, clock, log)
  const receipts = createReceiptsRepository(database, log)
  const kept = {
    connections: new Map<string, Connection>(),
    definitions: new Map<string, Definition>(),
    jobs: new Map<string, Job>(),
    deliveries: new Map<string, Delivery>(),
    receipts: new Map<string, Receipt>(),
  }

  const deliveriesByJob = () => byJob([...kept.deliveries.values()], one => one.jobId)
  const receiptsByJob = () => byJob([...kept.receipts.values()], one => one.content.jobId)
  /** Newest first: by when the run began, then by which was written first. */
  const shownJobs = (): readonly Job[] =>
    [...kept.jobs.values()]
      .map((job, seq) => ({ job, seq, began: job.startedAt?.at ?? job.knownAt }))
      .sort((a, b) => b.began - a.began || b.seq - a.seq)
      .map(({ job }) => job)
      .filter(job => !isMerged(job))

  return {
    database,
    clock,
    log,
    kept,
    history: createHistoryRepository(database, log),
    activity: createActivityRepository(database, deliveries, log),
    deliveries: deliveriesByJob,
    receipts: receiptsByJob,
    shownJobs,
    async connection(connection: Connection) {
      await connections.save(connection, 'test')
      kept.connections.set(connection.id, connection)
    },
    async definition(definition: Definition) {
      await definitions.save([definition])
      kept.definitions.set(definition.id, definition)
    },
    /** Writes new jobs, and others as changed, in one transaction. */
    async jobs(changed: readonly Job[]) {
      const changes = changed.map(job => {
        const before = kept.jobs.get(job.id)
        return { job: { ...job, rev: before?.rev ?? 0 }, from: before?.state ?? null, why: 'test' }
      })
      await jobs.save(changes)
      for (const { job } of changes) kept.jobs.set(job.id, { ...job, rev: job.rev + 1 })
    },
    async delivery(id: string, job: Job, named: Partial<Delivery>) {
      const before = kept.deliveries.get(id)
      const { definitionId, connectionId } = job
      const wanted = { id: deliveryId(id), jobId: job.id, definitionId, connectionId }
      const made =
        before ??
        newDelivery({ ...wanted, destination: aDestination, followsDefinition: true, by: 'ana' }, clock.now())
      const after = { ...made, updatedAt: clock.now(), ...named }
      await deliveries.save(after, before?.state ?? null, 'test')
      const saved = { ...after, rev: after.rev + 1 }
      kept.deliveries.set(id, saved)
      return saved
    },
    async receipt(id: string, content: ReceiptContent) {
      const receipt = await receipts.append(content.deliveryId, previous =>
        chained(receiptId(id), content, previous),
      )
      kept.receipts.set(receipt.id, receipt)
      return receipt
    },
    async review(receipt: Receipt, by: string) {
      await receipts.appendReview(receipt.id, by, ({ end }) => ({
        entry: aReview(receipt, by, end ?? receipt),
        seal: null,
      }))
    },
    /** How every job stands, told by looking at all of them. */
    standings(): readonly Standing[] {
      const shown = shownJobs()
      const deliveriesOf = deliveriesByJob()
      const receiptsOf = receiptsByJob()
      return shown.map((job, index): Standing => {
        const newest = deliveriesOf(job.id).at(-1)
        const ofDefinition = (one: Job) => one.definitionId === job.definitionId
        const newerOrSame = shown.slice(0, index + 1).filter(one => ofDefinition(one) && one.listed)
        return {
          job,
          delivery: newest ? summaryOf(newest) : null,
          saved: receiptsOf(job.id).length > 0,
          laterDelivered: shown
            .slice(0, index)
            .some(one => ofDefinition(one) && receiptsOf(one.id).length > 0),
          listPosition: job.listed ? newerOrSame.length : null,
        }
      })
    },
  }
}
export type Ledger = ReturnType<typeof ledger>
