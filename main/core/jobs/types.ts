import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import type { JobState } from '../../../preload/contract/words.ts'
import type { ConnectionId, DefinitionId, JobId, RemoteId } from '../ids.ts'
import type { Instant, SystemTime } from '../time.ts'

/** One run of a definition, from our intent or from the system's list, as the journal holds it. Never deleted. */
export type Job = {
  readonly id: JobId
  readonly connectionId: ConnectionId
  readonly definitionId: DefinitionId
  readonly remoteId: RemoteId | null
  readonly state: JobState
  readonly rawStatus: string | null
  readonly origin: 'here' | 'elsewhere'
  readonly startedBy: string | null
  /** The journal's first entry for it. */
  readonly knownAt: Instant
  /** When the start request was about to be sent; null for jobs found in a list. */
  readonly sentAt: Instant | null
  /** The remote ids that the list showed just before the start: what was there is not what we started. */
  readonly listedBefore: readonly RemoteId[]
  readonly startedAt: SystemTime | null
  readonly endedAt: SystemTime | null
  readonly hasFiles: boolean
  /** Whether the system's newest list still shows it. */
  readonly listed: boolean
  /** Somebody wants its files (asked for, or the definition is watched); with where to, as it stood then. */
  readonly wanted: { readonly by: string; readonly destination: Destination | null } | null
  /** When to ask again; null when there is nothing left to ask. */
  readonly nextAskAt: Instant | null
  readonly error: ErrorView | null
  readonly raw: Readonly<Record<string, unknown>>
}

export interface JobsRepository {
  find(id: JobId): Promise<Job | null>
  byRemoteId(definition: DefinitionId, id: RemoteId): Promise<Job | null>
  ofDefinition(id: DefinitionId, limit: number): Promise<readonly Job[]>
  /** Intent, starting, start-unknown, and whatever the system has not ended. */
  open(): Promise<readonly Job[]>
  /** Completed, wanted, and without a delivery. */
  wantingDelivery(): Promise<readonly Job[]>
  /** Writes the rows and their journal entries in one transaction. `from` null: the job is new. */
  save(
    changes: readonly { readonly job: Job; readonly from: JobState | null; readonly why: string }[],
  ): Promise<void>
  /** Median run time of the last completed jobs of a definition, in milliseconds; null while fewer than two are known. */
  usualMs(id: DefinitionId): Promise<number | null>
}
