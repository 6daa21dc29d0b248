import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { ExchangeProofs } from '../../../preload/contract/receipts.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import type { JobState } from '../../../preload/contract/words.ts'
import type { ConnectionId, DefinitionId, JobId, RemoteId } from '../ids.ts'
import type { Instant, Millis, SystemTime } from '../time.ts'

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
  /** When we first saw it ended, by our own clock; null while it has not ended. */
  readonly endSeenAt: Instant | null
  readonly hasFiles: boolean
  /** Whether the system's newest list still shows it. */
  readonly listed: boolean
  /** Somebody wants its files (asked for, or the definition is watched); with where to, as it stood then. */
  readonly wanted: { readonly by: string; readonly destination: Destination | null } | null
  /** When to ask again; null when there is nothing left to ask. */
  readonly nextAskAt: Instant | null
  readonly error: ErrorView | null
  /** What its start was asked with (core/receipts/exchanges.ts); absent where nobody here started it. */
  readonly startExchanges?: ExchangeProofs
  readonly raw: Readonly<Record<string, unknown>>
  /** How often its row was written; 0: not yet. Made by the repository. */
  readonly rev: number
}

/** An open question to the system: what of a job is needed to see what is due. */
export type Asking = Pick<Job, 'id' | 'definitionId' | 'remoteId' | 'state' | 'rev'> & {
  readonly nextAskAt: Instant
}

/** One row to write. */
export type JobChange = {
  readonly job: Job
  /** The state it leaves; null: the job is new. */
  readonly from: JobState | null
  /** What made it so, for the journal; null where it says nothing new (the next time to ask). */
  readonly why: string | null
}

/**
 * A row was written since it was read (`rev`), or a job of that remote id came in between; nothing was saved.
 * Read again and decide again: another process may have settled what this one was about to do.
 */
export class JobChangedMeanwhile extends Error {
  override readonly name = 'JobChangedMeanwhile'
}

export interface JobsRepository {
  find(id: JobId): Promise<Job | null>
  byRemoteId(definition: DefinitionId, id: RemoteId): Promise<Job | null>
  /**
   * Which of a connection's definitions the journal has these remote jobs under. More than one where a job that was
   * watched by its id turned out to be a start of ours.
   */
  definitionsOf(
    connection: ConnectionId,
    ids: readonly RemoteId[],
  ): Promise<ReadonlyMap<RemoteId, readonly DefinitionId[]>>
  /** Newest first: by the system's start time, else by when we first knew of it. Without merged rows (job.ts). */
  ofDefinition(id: DefinitionId, limit: number): Promise<readonly Job[]>
  /** Intent, starting, start-unknown, and whatever the system has not ended. */
  open(): Promise<readonly Job[]>
  /** Those of one definition. */
  openOf(id: DefinitionId): Promise<readonly Job[]>
  /** A connection's jobs with a time to ask again, soonest first: open ones, and completed ones without their files yet. */
  asking(connection: ConnectionId): Promise<readonly Asking[]>
  /** What a list of this definition may change: whatever is open, was listed, was sent and not found, or is named here. */
  concerned(definition: DefinitionId, listed: readonly RemoteId[]): Promise<readonly Job[]>
  /** Completed, wanted, with files, and without a delivery. */
  wantingDelivery(): Promise<readonly Job[]>
  /** The newest completed run of a definition, whoever started it. */
  lastCompleted(id: DefinitionId): Promise<Job | null>
  /**
   * Writes the rows and their journal entries in one transaction, all or none.
   * Throws JobChangedMeanwhile where a row is not the one that was read.
   */
  save(changes: readonly JobChange[]): Promise<void>
  /** Median run time of the last completed jobs of a definition, in milliseconds; null while fewer than two are known. */
  usualMs(id: DefinitionId): Promise<number | null>
}

/** When the list of a definition was asked for, by any process of this profile. */
export interface AsksRepository {
  /** Takes the turn to ask: null where it is ours, else when the next turn is (the last one plus `floor`). */
  claim(id: DefinitionId, now: Instant, floor: Millis): Promise<Instant | null>
  /** Their list came: what it does not show yet is new from now on. One transaction for all of them. */
  answered(ids: readonly DefinitionId[], at: Instant): Promise<void>
  /** The next list is a first one again: what it shows as ended is old, not news. */
  forget(id: DefinitionId): Promise<void>
  of(id: DefinitionId): Promise<{ readonly askedAt: Instant; readonly answeredAt: Instant | null } | null>
}
