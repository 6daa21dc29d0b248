import type { ConnectionView } from '../../../preload/contract/types.ts'
import type { Connection } from '../connections/types.ts'
import type { DeliverySummary } from '../deliveries/types.ts'
import type { Job } from '../jobs/types.ts'
import type { Instant } from '../time.ts'

/** A job that may run or need the user, with what decides it. */
export type Standing = {
  readonly job: Job
  /** The newest one. */
  readonly delivery: DeliverySummary | null
  /** One of its deliveries has a receipt. */
  readonly saved: boolean
  /** A run of the same definition that began later has a receipt. */
  readonly laterDelivered: boolean
  /** Its place in the system's list, 1 for the newest; null where the list no longer shows it. */
  readonly listPosition: number | null
}

export type ConnectionStanding = {
  readonly connection: Connection
  readonly secrets: ConnectionView['secrets']
}

export interface ActivityRepository {
  /**
   * Every job that is not over, that ended in trouble at `since` or later, or that was asked for here and can still be
   * saved. Never the whole table: a profile may hold 100,000 jobs. Newest first.
   */
  standings(since: Instant): Promise<readonly Standing[]>
}
