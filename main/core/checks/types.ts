import type {
  CurrencyTotal,
  Finding,
  FindingCode,
  FindingMark,
  FindingView,
  ReceiptChecks,
  TrendView,
} from '../../../preload/contract/checks.ts'
import type { Delivery, Plan } from '../deliveries/types.ts'
import type { FileColumns } from '../extract-files/types.ts'
import type { DefinitionId, JobId, ReceiptId } from '../ids.ts'
import type { Job } from '../jobs/types.ts'
import type { Period } from '../systems/system.ts'
import type { Instant } from '../time.ts'

/** The columns of one delimited file. `key` is its name without what differs from run to run, to find it again by. */
export type TableFacts = { readonly key: string; readonly file: string; readonly columns: FileColumns }

/** What is kept of a delivery beside its receipt, to compare later ones with. */
export type KeptFacts = {
  /** SHA-256 over the sorted SHA-256s of its files: equal where the sets are. */
  readonly fingerprint: string
  readonly totals: readonly CurrencyTotal[]
  readonly tables: readonly TableFacts[]
  /** The period that its job was asked for; null where it has none, or does not tell. */
  readonly period: Period | null
}

/** A delivery that is being checked. */
export type NewFacts = KeptFacts & {
  /** When the run began. */
  readonly at: Instant
  readonly files: number
  readonly rows: number | null
}

/** An earlier run of the definition, by its newest delivery. */
export type PastDelivery = {
  readonly jobId: JobId
  readonly receiptId: ReceiptId
  readonly receiptNumber: number
  readonly at: Instant
  readonly deliveredAt: Instant
  readonly files: number
  readonly bytes: number
  readonly rows: number | null
  readonly totals: readonly CurrencyTotal[]
  /** Null: delivered before this was recorded. */
  readonly kept: KeptFacts | null
  readonly findings: readonly FindingView[] | null
}

/** A receipt, as a finding refers to it. */
export type EarlierReceipt = Pick<PastDelivery, 'receiptId' | 'receiptNumber' | 'deliveredAt'>

/** Completed runs that nobody saved or wanted. */
export type UnsavedRuns = { readonly count: number; readonly first: Instant; readonly last: Instant }

/** A delivery with findings that nobody has marked. */
export type Unmarked = EarlierReceipt & {
  readonly definitionId: DefinitionId
  readonly findings: readonly Finding[]
}

export interface ChecksRepository {
  /** The runs of a definition that were delivered, by the newest delivery of each, the newest run first. One query. */
  past(id: DefinitionId, limit: number): Promise<readonly PastDelivery[]>
  /** The newest delivery of another job of this definition with the same set of files. */
  sameFiles(id: DefinitionId, fingerprint: string, besides: JobId): Promise<EarlierReceipt | null>
  unsavedBetween(id: DefinitionId, after: Instant, before: Instant): Promise<UnsavedRuns | null>
  /** Before the delivery's receipt is written, and in the journal. What an attempt before this one found is replaced. */
  save(
    delivery: Pick<Delivery, 'id' | 'jobId' | 'definitionId' | 'state'>,
    kept: KeptFacts,
    checks: ReceiptChecks,
  ): Promise<void>
  ofReceipt(id: ReceiptId): Promise<readonly FindingView[]>
  /** False where the receipt has no such finding. */
  mark(id: ReceiptId, code: FindingCode, as: FindingMark, by: string): Promise<boolean>
  /** Deliveries since then with findings that nobody has marked, the newest first. */
  unmarked(since: Instant): Promise<readonly Unmarked[]>
}

/** A delivery whose files are where they belong, and whose receipt is about to be written. */
export type Published = {
  readonly delivery: Delivery
  readonly plan: Plan
  readonly job: Job
}

/** What deliveries ask of this room. It never throws: what cannot be checked is delivered all the same. */
export interface DeliveryChecks {
  /** Null: it could not be checked. */
  check(published: Published): Promise<ReceiptChecks | null>
}

export interface ChecksService {
  trend(id: DefinitionId): Promise<TrendView>
  ofReceipt(id: ReceiptId): Promise<readonly FindingView[]>
  mark(id: ReceiptId, code: FindingCode, as: FindingMark, by: string): Promise<readonly FindingView[]>
}
