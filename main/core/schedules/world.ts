import type { ConnectionsRepository } from '../connections/types.ts'
import type { Definition, DefinitionsRepository } from '../definitions/types.ts'
import type { JobsService } from '../desk.ts'
import type { Events } from '../events.ts'
import type { JobsRepository } from '../jobs/types.ts'
import type { Clock, Ids, Leases, Log } from '../ports.ts'
import type { SchedulesRepository } from './types.ts'

/** What the schedules' room works with. */
export type SchedulesWorld = {
  readonly schedules: SchedulesRepository
  readonly jobs: Pick<JobsRepository, 'find' | 'ofDefinition'>
  readonly definitions: Pick<DefinitionsRepository, 'find'>
  readonly connections: Pick<ConnectionsRepository, 'find'>
  /** Starts or joins, once for each id (JobsService.run). */
  readonly run: JobsService['run']
  /** Asks the system for this definition's list, so that what cannot be reached is not even begun. */
  readonly reach: (definition: Definition) => Promise<unknown>
  readonly online: () => boolean
  /** The user has paused everything that goes on by itself. */
  readonly paused: () => Promise<boolean>
  readonly leases: Leases
  readonly clock: Clock
  readonly ids: Ids
  readonly events: Events
  readonly log: Log
  /** Aborted when the process is about to end. */
  readonly stopping: AbortSignal
}
