import type { DeliveryView, ProgressView } from '../../../preload/contract/types.ts'
import type { DeliveryId, JobId } from '../ids.ts'
import type { DeliveriesRepository, Delivery, DeliverySummary } from './types.ts'

export interface DeliveryViews {
  deliveryOf(job: JobId): Promise<DeliveryView | null>
  /** The newest delivery of each job that has one. */
  deliveriesOf(jobs: readonly JobId[]): Promise<ReadonlyMap<JobId, DeliveryView>>
  view(summary: DeliverySummary): DeliveryView
  /** How far a running step is; null when it has ended. Kept in memory alone: the journal knows steps, not bytes. */
  note(id: DeliveryId, progress: ProgressView | null): void
}

export const summaryOf = (delivery: Delivery): DeliverySummary => ({
  id: delivery.id,
  jobId: delivery.jobId,
  connectionId: delivery.connectionId,
  folder: delivery.destination.folder,
  state: delivery.state,
  error: delivery.error,
  nextAttemptAt: delivery.nextAttemptAt,
  receiptId: delivery.receiptId,
  createdAt: delivery.createdAt,
  updatedAt: delivery.updatedAt,
})

/** What is shown of deliveries. Apart from the service that runs them, so that the jobs' views need not know it. */
export function createDeliveryViews(deliveries: DeliveriesRepository): DeliveryViews {
  const running = new Map<DeliveryId, ProgressView>()

  const view = (summary: DeliverySummary): DeliveryView => ({
    id: summary.id,
    jobId: summary.jobId,
    state: summary.state,
    folder: summary.folder,
    progress: running.get(summary.id) ?? null,
    error: summary.error,
    nextAttemptAt: summary.nextAttemptAt,
    receiptId: summary.receiptId,
    updatedAt: summary.updatedAt,
  })

  async function deliveriesOf(jobs: readonly JobId[]): Promise<ReadonlyMap<JobId, DeliveryView>> {
    const found = await deliveries.latest(jobs)
    return new Map(found.map(summary => [summary.jobId, view(summary)]))
  }

  return {
    view,
    deliveriesOf,
    deliveryOf: async job => (await deliveriesOf([job])).get(job) ?? null,
    note(id, progress) {
      if (progress) running.set(id, progress)
      else running.delete(id)
    },
  }
}
