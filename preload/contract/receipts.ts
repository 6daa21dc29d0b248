/** The receipts as the window is shown them: the proof of a delivery, what a new look found, and the chain of all. */
import type { ReceiptChecks } from './checks.ts'
import type { Instant, SystemTimeView } from './types.ts'
import type { ConnectionMark, SystemName } from './words.ts'

export type ReceiptFile = {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly crc32: string | null
  readonly rows: number | null
}

/** Control totals of an accounting extract: what its header line promises and what its rows add up to. */
export type ControlTotals = {
  readonly file: string
  readonly headerRows: number
  readonly headerTotal: string
  readonly rows: number
  readonly total: string
  readonly match: boolean
}

/**
 * One request, and the head of its answer, as SHA-256 of their canonical JSON: {method, url, headers, body} and
 * {status, headers}. Headers that are not named here, and what is secret in the address, were left out before.
 */
export type ExchangeProof = {
  readonly method: string
  readonly requestSha256: string
  readonly requestHeaders: readonly string[]
  /** Null: no answer came. */
  readonly answer: {
    readonly status: number
    readonly sha256: string
    readonly headers: readonly string[]
  } | null
}
/** What was asked for one thing, in order; `more` were asked beyond, and only counted. */
export type ExchangeProofs = {
  readonly version: 1
  readonly recorded: readonly ExchangeProof[]
  readonly more: number
}

export type WarningView = { readonly code: string; readonly facts: Readonly<Record<string, string | number>> }

/** That an account looked at a receipt: an entry of the chain of its own. */
export type ReviewView = {
  readonly number: number
  readonly hash: string
  /** The name of the operating system's account. */
  readonly by: string
  readonly at: Instant
  /** The same account had asked for the delivery: a self-review. */
  readonly ownRun: boolean
}

export type ReceiptView = {
  readonly id: string
  readonly number: number
  readonly hash: string
  readonly previousHash: string | null
  readonly previousId: string | null
  readonly connectionId: string
  readonly connectionName: string
  readonly system: SystemName
  readonly mark: ConnectionMark
  readonly definitionName: string
  readonly jobId: string
  readonly remoteJobId: string
  readonly jobStartedAt: SystemTimeView | null
  readonly jobEndedAt: SystemTimeView | null
  readonly requestedBy: string
  readonly deliveredAt: Instant
  readonly outcome: 'delivered' | 'delivered-with-warnings' | 'same-bytes'
  readonly folder: string
  readonly archive: { readonly name: string; readonly bytes: number; readonly sha256: string } | null
  readonly files: readonly ReceiptFile[]
  /** What the start of the job was asked with; null: somebody else started it; undefined: that was not recorded. */
  readonly startExchanges?: ExchangeProofs | null
  /** What each download was asked with, by the name of what came. */
  readonly received: readonly { readonly name: string; readonly exchanges?: ExchangeProofs }[]
  readonly controlTotals: readonly ControlTotals[]
  readonly warnings: readonly WarningView[]
  /** What was unusual beside the earlier deliveries; undefined: that was not looked at. */
  readonly checks?: ReceiptChecks
  /** Oldest first. */
  readonly reviews: readonly ReviewView[]
  /** Whether this account can still review it. */
  readonly reviewable: boolean
  /** What it follows in the chain is a review, not a receipt. */
  readonly followsReview: boolean
  readonly appVersion: string
}

/**
 * Where a delivered file is now, as a re-hash found it. `moved`: nothing has its name any more, and the same bytes have
 * another one, in its destination folder or below it.
 */
export type FileFinding = {
  readonly path: string
  readonly found: 'there' | 'moved' | 'changed' | 'missing' | 'unreachable'
  /** Set where it was moved. */
  readonly movedTo?: string
}

/**
 * How a receipt stands in the chain. `ok-unproven`: nothing contradicts it, but whoever can write the database could
 * have written all of it anew, since the keychain has nothing that says otherwise (`Unproven`).
 */
export type ChainState = 'ok' | 'ok-unproven' | 'receipt-changed' | 'receipt-missing' | 'chain-broken'
/** What a proof is missing: the keychain does not answer, it has no key for this profile, or it had none back then. */
export type Unproven = 'keychain-unavailable' | 'key-missing' | 'written-without-key'

export type VerifyView = {
  readonly receiptId: string
  readonly files: readonly FileFinding[]
  readonly chain: ChainState
  /** The number of the receipt at which the chain is wrong; null where nothing is. */
  readonly chainAt: number | null
  /** Why the chain is `ok-unproven`; otherwise null. */
  readonly unproven: Unproven | null
}

/** Something wrong with the chain of receipts. */
export type ChainFinding = {
  readonly kind: 'receipt-changed' | 'receipt-missing' | 'chain-broken'
  readonly number: number
  /** Null for one that is missing. */
  readonly receiptId: string | null
}
/** The whole chain, looked at without its files. */
export type ChainView = {
  readonly receipts: number
  /** The first hundred, oldest first. */
  readonly findings: readonly ChainFinding[]
  readonly found: number
  /** How many receipts are in order, but cannot be proven, and why not. */
  readonly unproven: { readonly receipts: number; readonly why: Unproven } | null
}

/** What receipts are exported as: one of them as JSON or as a page to be read, or any number as an archive of both. */
export type ExportFormat = 'json' | 'pdf' | 'zip'
