import type { SystemName } from '../../../preload/contract/words.ts'
import type { ConnectionsRepository, Sessions } from '../connections/types.ts'
import type { DefinitionsRepository } from '../definitions/types.ts'
import type { Events } from '../events.ts'
import type { Clock, Ids, Leases, Log } from '../ports.ts'
import type { KnownSystem } from '../systems/system.ts'
import type { AsksRepository, Job, JobsRepository } from './types.ts'

/** What the jobs' room works with. Everything is shared with the other rooms, and nothing here is kept by them. */
export type JobsWorld = {
  readonly jobs: JobsRepository
  readonly asks: AsksRepository
  readonly definitions: DefinitionsRepository
  readonly connections: ConnectionsRepository
  readonly sessions: Sessions
  readonly system: (name: SystemName) => KnownSystem
  readonly leases: Leases
  readonly clock: Clock
  readonly ids: Ids
  readonly events: Pick<Events, 'publish'>
  readonly log: Log
  /** Aborted when the process is about to end: waits end, what was begun is written down. */
  readonly stopping: AbortSignal
  /** A job has completed, its files are wanted, and it names some. Called again after a restart, so not exactly once. */
  readonly onEnded: (job: Job) => void
}
