import type { ReceiptChecks } from '../../../preload/contract/checks.ts'
import type {
  ControlTotals,
  ExchangeProofs,
  ReceiptFile,
  WarningView,
} from '../../../preload/contract/receipts.ts'
import type { ConnectionMark, SystemName } from '../../../preload/contract/words.ts'
import type { ConnectionId, DefinitionId, DeliveryId, JobId, ReceiptId, RemoteId } from '../ids.ts'
import type { Instant, SystemTime } from '../time.ts'

/** What one download was, as it came over the network. */
export type ReceivedFile = {
  readonly name: string
  readonly declaredType: string | null
  readonly validator: string | null
  readonly bytes: number
  readonly sha256: string
  /** What was asked for it and what was answered (exchanges.ts). Older receipts have none. */
  readonly exchanges?: ExchangeProofs
}

/** What a receipt says. Every part of it goes into the hash; nothing in it is secret. */
export type ReceiptContent = {
  readonly deliveryId: DeliveryId
  readonly jobId: JobId
  readonly connection: {
    readonly id: ConnectionId
    readonly name: string
    readonly system: SystemName
    readonly mark: ConnectionMark
    readonly url: string
  }
  readonly definition: { readonly id: DefinitionId; readonly remoteId: RemoteId; readonly name: string }
  readonly remoteJobId: string
  /** The server's own times: raw, and what we read them as. */
  readonly jobStartedAt: SystemTime | null
  readonly jobEndedAt: SystemTime | null
  readonly rawStatus: string | null
  /** SHA-256 of the system's last answer about the job, as canonical JSON (Job.raw). Older receipts have none. */
  readonly jobAnswerSha256?: string
  /** The same of the job's start; null where somebody else started it. Older receipts have none. */
  readonly startExchanges?: ExchangeProofs | null
  readonly requestedBy: string
  readonly requestedAt: Instant
  readonly deliveredAt: Instant
  readonly outcome: 'delivered' | 'delivered-with-warnings' | 'same-bytes'
  readonly folder: string
  readonly received: readonly ReceivedFile[]
  /** Set where what came was one archive. */
  readonly archive: { readonly name: string; readonly bytes: number; readonly sha256: string } | null
  readonly files: readonly ReceiptFile[]
  readonly marker: string | null
  readonly controlTotals: readonly ControlTotals[]
  readonly warnings: readonly WarningView[]
  /** What was unusual beside the earlier deliveries. Older receipts have none. */
  readonly checks?: ReceiptChecks
  readonly appVersion: string
}

/** What a review says. It refers to the receipt, which stays as it was written. */
export type ReviewContent = {
  readonly kind: 'review'
  readonly receiptId: ReceiptId
  readonly receiptNumber: number
  readonly receiptHash: string
  /** The name of the operating system's account. */
  readonly reviewedBy: string
  readonly reviewedAt: Instant
  /** Whether the same account had asked for the delivery: a self-review. */
  readonly ownRun: boolean
}

/** Something written into the chain, and its place there. Never changed, never deleted. */
export type ChainEntry<Content> = {
  readonly id: ReceiptId
  /** Counts from 1 without a gap, receipts and reviews alike. */
  readonly number: number
  readonly previousId: ReceiptId | null
  readonly previousHash: string | null
  readonly content: Content
  /** SHA-256 of everything above (core/receipts/chain.ts). */
  readonly hash: string
}
export type Receipt = ChainEntry<ReceiptContent>
export type Review = ChainEntry<ReviewContent>

/** What the next entry of a chain, and whoever checks it, needs of the one before. */
export type ChainLink = Pick<Receipt, 'id' | 'number' | 'hash'>

/** A stored entry; null where what is stored cannot be one, so that it does not pass for a missing one. */
export type ChainLine = ChainLink &
  (
    | { readonly kind: 'receipt'; readonly entry: Receipt | null }
    | { readonly kind: 'review'; readonly entry: Review | null }
  )

/** From the first number to the last one, both included. */
export type NumberRange = { readonly from: number; readonly to: number }

/** How far the chain is vouched for. */
export type Vouched = {
  readonly head: ChainLink
  /** Receipts that were written, or could have been written anew, while no key was at hand. */
  readonly unproven: readonly NumberRange[]
}

/** What authenticates the chain in the database (seal.ts). There is one; every new receipt replaces it. */
export type Seal = Vouched & {
  readonly keyId: string
  /** HMAC-SHA-256, hex. */
  readonly mac: string
}

/** Where the chain ends, as the table of receipts has it. */
export type ChainHead = { readonly count: number; readonly hash: string | null }

export interface ReceiptsRepository {
  find(id: ReceiptId): Promise<Receipt | null>
  ofDelivery(id: DeliveryId): Promise<Receipt | null>
  byNumber(number: number): Promise<Receipt | null>
  head(): Promise<ChainHead>
  /** All receipts of the chain in order, read in pieces. */
  chain(): AsyncIterable<Receipt>
  /**
   * Appends the receipt that `build` makes of its predecessor, in one write transaction, so that two processes
   * cannot give out one number twice. A delivery has one receipt: where it is there already, that one is returned.
   */
  append(delivery: DeliveryId, build: (previous: ChainLink | null) => Receipt): Promise<Receipt>
}

/** The chain as it stands in the write transaction that adds to it. */
export type StoredChain = {
  readonly end: ChainLink | null
  readonly seal: Seal | null
  /** The hash of the receipt with this number; where it is missing, what the next one says it was. */
  hashAt(number: number): string | null
}

/** What the database keeps: the chain, and its seal, which is written with each receipt or not at all. */
export interface ReceiptsStore extends ReceiptsRepository {
  /** Its end and its seal, as they were together. */
  standing(): Promise<Pick<StoredChain, 'end' | 'seal'>>
  /** The reviews of a receipt, oldest first. */
  reviews(id: ReceiptId): Promise<readonly Review[]>
  /** Whether the entry with this id is a review, and not a receipt. */
  isReview(id: ReceiptId): Promise<boolean>
  /** A part of the chain in order, read in pieces; other work has its turn between them. */
  lines(range: NumberRange): AsyncIterable<ChainLine>
  /** `append`, with the seal that stands from then on. `seal` is null where the delivery had its receipt already. */
  appendSealed(
    delivery: DeliveryId,
    write: (stored: StoredChain) => { readonly receipt: Receipt; readonly seal: Seal | null },
  ): Promise<{ readonly receipt: Receipt; readonly seal: Seal | null }>
  /**
   * Adds a review of a receipt, in one write transaction with its seal. An account reviews a receipt once: where it has,
   * nothing is written, and null returned.
   */
  appendReview(
    receipt: ReceiptId,
    by: string,
    write: (stored: StoredChain) => { readonly entry: Review; readonly seal: Seal | null },
  ): Promise<Seal | null>
}
