import type { JobView } from '../../../preload/contract/types.ts'
import type { DeliveryChecks } from '../checks/types.ts'
import type { ConnectionsRepository, Sessions } from '../connections/types.ts'
import type { DefinitionsRepository } from '../definitions/types.ts'
import type { Events } from '../events.ts'
import type { JobId } from '../ids.ts'
import type { Job, JobsRepository } from '../jobs/types.ts'
import type { Clock, Ids, Leases, LeasesLeft, Log } from '../ports.ts'
import type { ReceiptsRepository } from '../receipts/types.ts'
import type { FileWork } from './file-work.ts'
import type { Files } from './files.ts'
import type { Keep } from './kept.ts'
import type { MeteredRule } from './metered.ts'
import type { DeliveriesRepository } from './types.ts'
import type { DeliveryViews } from './views.ts'

/** What the deliveries' room works with. Everything is shared with the other rooms, and nothing here is kept by them. */
export type DeliveriesWorld = {
  readonly deliveries: DeliveriesRepository
  readonly receipts: ReceiptsRepository
  /** What compares a delivery with the earlier ones of its definition. */
  readonly checks: DeliveryChecks
  readonly jobs: Pick<JobsRepository, 'find' | 'wantingDelivery' | 'lastCompleted'>
  readonly definitions: Pick<DefinitionsRepository, 'find'>
  readonly connections: Pick<ConnectionsRepository, 'find'>
  readonly sessions: Sessions
  readonly leases: Leases & LeasesLeft
  readonly files: Files
  readonly work: FileWork
  readonly views: DeliveryViews
  readonly clock: Clock
  readonly ids: Ids
  readonly events: Pick<Events, 'publish' | 'subscribe'>
  readonly log: Log
  /** Masks secrets in what a system said. */
  readonly mask: (text: string) => string
  /** The user has paused everything that goes on by itself: what is half visible is finished, and nothing else begun. */
  readonly paused: () => Promise<boolean>
  /** What waits for a network that is not metered. */
  readonly metered: MeteredRule
  readonly profileId: string
  readonly appVersion: string
  /** By what the limits for archives are raised. */
  readonly archiveFactor: () => Promise<number>
  /** How long something of an ended delivery stays in staging. */
  readonly keep: () => Promise<Keep>
  /** Notes that a job's files are wanted when it has ended. */
  readonly want: (job: JobId, wanted: NonNullable<Job['wanted']>) => Promise<void>
  readonly viewJob: (job: JobId) => Promise<JobView>
}
