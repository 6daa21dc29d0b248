import type { HistoryQuery, HistoryRow } from '../../../preload/contract/types.ts'
import type { ConnectionId, DefinitionId, JobId, ReceiptId } from '../ids.ts'
import type { Instant } from '../time.ts'

/** A question to the history. `words`: each must begin something that the job is found by. */
export type HistoryQuestion = {
  readonly words: readonly string[]
  readonly connectionId: ConnectionId | null
  readonly outcome: HistoryQuery['outcome']
  readonly since: Instant | null
  readonly passedBy?: 'hidden'
  readonly reviewed?: 'yes' | 'no'
  readonly offset: number
  readonly limit: number
}

/** A job with what became of it. Amounts are as the receipt has them: a database cannot add decimals exactly. */
export type HistoryEntry = Omit<HistoryRow, 'at' | 'total'> & {
  /** When the run began, by the system's clock; where that is not known, when we first knew of it. */
  readonly at: Instant
  /** When its newest receipt was written. */
  readonly deliveredAt: Instant | null
  /** The totals of the newest receipt, one for each file that states one. */
  readonly totals: readonly string[]
}

export interface HistoryRepository {
  /** Newest first; `total` counts every job that answers the question, not only those of this page. */
  search(
    question: HistoryQuestion,
  ): Promise<{ readonly total: number; readonly entries: readonly HistoryEntry[] }>
  /** Jobs whose newest receipt was written at `since` or later, newest receipt first. */
  deliveredSince(since: Instant): Promise<readonly HistoryEntry[]>
  /** The run of a definition whose files were delivered last, which need not be its newest one. */
  lastDelivered(id: DefinitionId): Promise<HistoryEntry | null>
  /** The newest receipt of a job, by any of its deliveries; null: none. */
  receiptOf(id: JobId): Promise<ReceiptId | null>
}
