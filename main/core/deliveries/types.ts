import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { ExchangeProofs, WarningView } from '../../../preload/contract/receipts.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import type { DeliveryState } from '../../../preload/contract/words.ts'
import type { FileContents } from '../extract-files/types.ts'
import type { ConnectionId, DefinitionId, DeliveryId, JobId, ReceiptId } from '../ids.ts'
import type { Instant } from '../time.ts'

/** Where a delivery's files are made: on the destination's own volume, in a folder of this profile's own. */
export type Staging = {
  /** `.extract-desk-<profile id>`, beside the destination or inside it. */
  readonly root: string
  /** This delivery's folder in `root`. */
  readonly folder: string
  /** The destination without links, as it was when this was chosen. Older records have none. */
  readonly real?: string
}

/** One file as the system sent it, whole and safe on disk. */
export type Download = {
  /** The system's id of the file (RemoteFile.id). */
  readonly id: string
  readonly path: string
  /** The server's own name for it; null where it gave none. */
  readonly name: string | null
  readonly declaredType: string | null
  readonly bytes: number
  readonly sha256: string
  /** ETag or Last-Modified, as the answer had it. */
  readonly validator: string | null
  /** What its first bytes say it is. */
  readonly kind: 'archive' | 'text' | 'binary'
  /** What is inside; null for an archive, whose entries are looked at one by one. */
  readonly contents: FileContents | null
  /** What was asked for it and what was answered; absent where its beginning came before that was recorded. */
  readonly exchanges?: ExchangeProofs
}

/** The beginning of a download that was cut, kept to go on from there. */
export type PartialDownload = {
  readonly id: string
  readonly path: string
  /** So many bytes are safe on disk. */
  readonly bytes: number
  readonly validator: string
  readonly exchanges?: ExchangeProofs
}

/** A file that is ready to be published: its bytes are on disk and were checked. */
export type StagedFile = {
  readonly staged: string
  /** The server's own name, with folders inside an archive, made safe for every system. */
  readonly original: string
  readonly bytes: number
  readonly sha256: string
  /** As the archive stated it and the bytes written confirmed it; null for a file that was in no archive. */
  readonly crc32: string | null
  readonly contents: FileContents | null
}

/** What happens to one file of the group at its destination. */
export type PlannedFile = {
  readonly staged: string
  readonly final: string
  readonly bytes: number
  readonly sha256: string
  readonly crc32: string | null
  readonly rows: number | null
  /** `place`: the name is free; `replace`: what is there is kept aside and replaced; `same`: those bytes are there. */
  readonly action: 'place' | 'replace' | 'same'
}

/** The names of a whole group, decided once and journalled before the first of them becomes visible. */
export type Plan = {
  readonly files: readonly PlannedFile[]
  readonly marker: PlannedFile | null
  /** Set where the whole group goes into a folder that is not there yet: then one rename makes all of it visible. */
  readonly ownFolder: { readonly staged: string; readonly final: string } | null
  /** Names that had to be changed. */
  readonly warnings: readonly WarningView[]
  /** Every file is at its final name, and that survives a power cut; only the marker is missing. */
  readonly placed: boolean
}

/** One delivery, as the journal holds it. Never deleted. */
export type Delivery = {
  readonly id: DeliveryId
  readonly jobId: JobId
  readonly definitionId: DefinitionId
  readonly connectionId: ConnectionId
  /** Where to and how, as it stood when the delivery was asked for. */
  readonly destination: Destination
  /** It was the definition's own: where the definition gets another one, that is what is tried again. */
  readonly followsDefinition: boolean
  /** Who asked. */
  readonly by: string
  readonly state: DeliveryState
  readonly error: ErrorView | null
  /** Failed attempts since what came last proved to be good: a download alone proves nothing. */
  readonly attempts: number
  /** When it goes on by itself; null: now, or not before somebody asks. */
  readonly nextAttemptAt: Instant | null
  /** Null before the first attempt and after the cleaning up. */
  readonly staging: Staging | null
  /** Downloads that are complete, in the system's order. */
  readonly downloads: readonly Download[]
  /** All of the job's files are among them. */
  readonly downloaded: boolean
  readonly partial: PartialDownload | null
  /** What will be published; null before it was unpacked. */
  readonly contents: readonly StagedFile[] | null
  readonly plan: Plan | null
  readonly warnings: readonly WarningView[]
  /** The plan of a group that has to be made once more while something of it may be visible (former.ts). */
  readonly former: Plan | null
  readonly receiptId: ReceiptId | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** How often its row was written; 0: not yet. Made by the repository. */
  readonly rev: number
}

/**
 * The row was written since it was read (`rev`); nothing was saved. Another process has taken the delivery over, its
 * lease having ended while this one slept: leave it alone.
 */
export class DeliveryChangedMeanwhile extends Error {
  override readonly name = 'DeliveryChangedMeanwhile'
}

/** What lists show of a delivery. Its plan may have thousands of files, and is not read for this. */
export type DeliverySummary = Pick<
  Delivery,
  | 'id'
  | 'jobId'
  | 'connectionId'
  | 'state'
  | 'error'
  | 'nextAttemptAt'
  | 'receiptId'
  | 'createdAt'
  | 'updatedAt'
> & { readonly folder: string }

/** What decides when a delivery goes on. */
export type OpenDelivery = DeliverySummary & Pick<Delivery, 'attempts'>

export interface DeliveriesRepository {
  find(id: DeliveryId): Promise<Delivery | null>
  /** Every delivery of a job, newest first. */
  ofJob(id: JobId): Promise<readonly DeliverySummary[]>
  /** The newest delivery of each of these jobs that has one. */
  latest(jobs: readonly JobId[]): Promise<readonly DeliverySummary[]>
  /** The newest delivery of a definition that came to its end well. */
  lastDelivered(id: DefinitionId): Promise<Delivery | null>
  /** Whatever has not ended, and what has ended but not been cleaned up (`staging` is still set). Oldest first. */
  unfinished(): Promise<readonly Delivery[]>
  /** Whatever has not ended, in short: this is asked for whenever something may have changed. Oldest first. */
  open(): Promise<readonly OpenDelivery[]>
  /**
   * Writes the row and its journal entry in one transaction. `from` null: the delivery is new. Throws
   * DeliveryChangedMeanwhile where the row is not the one that was read; the next save needs `rev` one higher.
   */
  save(delivery: Delivery, from: DeliveryState | null, why: string): Promise<void>
}
