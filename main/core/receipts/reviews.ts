import type { ReviewView } from '../../../preload/contract/receipts.ts'
import { type ReceiptId, receiptId } from '../ids.ts'
import type { Clock, Ids } from '../ports.ts'
import { chained } from './chain.ts'
import type { SealedReceipts } from './sealed-receipts.ts'
import type { Receipt, Review, ReviewContent } from './types.ts'

export type ReviewsWorld = {
  readonly receipts: SealedReceipts
  readonly ids: Ids
  readonly clock: Clock
  /** Who reviews: the name of the operating system's account. */
  readonly account: string
}

/**
 * Writes into the chain that this account looked at a receipt. It is an entry of its own, because a receipt never
 * changes; and it is kept for good: a review that could be taken back would prove nothing.
 */
export function addReview({ receipts, ids, clock, account }: ReviewsWorld, receipt: Receipt): Promise<void> {
  const content: ReviewContent = {
    kind: 'review',
    receiptId: receipt.id,
    receiptNumber: receipt.number,
    receiptHash: receipt.hash,
    reviewedBy: account,
    reviewedAt: clock.now(),
    ownRun: receipt.content.requestedBy === account,
  }
  return receipts.review(receipt.id, account, previous =>
    chained(receiptId(ids.next('rv')), content, previous),
  )
}

/** The reviews of a receipt as it is, oldest first: what refers to another hash was a review of something else. */
export async function reviewsOf(
  receipts: Pick<SealedReceipts, 'reviews'>,
  { id, hash }: { readonly id: ReceiptId; readonly hash: string },
): Promise<readonly Review[]> {
  return (await receipts.reviews(id)).filter(({ content }) => content.receiptHash === hash)
}

export const reviewView = ({ number, hash, content }: Review): ReviewView => ({
  number,
  hash,
  by: content.reviewedBy,
  at: content.reviewedAt,
  ownRun: content.ownRun,
})
