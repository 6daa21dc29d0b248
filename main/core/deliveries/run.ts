import type { ProgressView } from '../../../preload/contract/types.ts'
import type { DeliveryEvent } from './delivery.ts'
import type { Meter } from './progress.ts'
import type { Delivery, Staging } from './types.ts'
import type { DeliveriesWorld } from './world.ts'

/** One attempt at a delivery, as its steps see it. */
export type Run = {
  readonly world: DeliveriesWorld
  /** The record as it is now. */
  readonly delivery: Delivery
  readonly staging: Staging
  /** Aborted when it was cancelled, the app is about to end, or another process has taken it over. */
  readonly signal: AbortSignal
  /** Writes the record after an event, before the effect that follows; the run's `delivery` is the new one. */
  journal(event: DeliveryEvent, why: string): Promise<void>
  meter(step: ProgressView['step'], totalBytes: number | null, startBytes?: number): Meter
}
