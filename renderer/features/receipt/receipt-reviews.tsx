import type { ReactElement } from 'react'
import type { ReviewView } from '../../../preload/contract/receipts.ts'
import { words } from '../../text.ts'
import { Time } from '../../ui/time.tsx'

/** Who looked at the receipt, and when; of one's own run it says so. */
export function ReceiptReviews({
  reviews,
}: {
  readonly reviews: readonly ReviewView[]
}): ReactElement | null {
  const text = words.history.receipt
  if (reviews.length === 0) return null
  return (
    <ul className="reviews">
      {reviews.map(({ number, by, at, ownRun }) => (
        <li key={number}>
          {text.reviewedBy(by)} · <Time at={at} />
          {ownRun ? <p className="secondary">{text.selfReview}</p> : null}
        </li>
      ))}
    </ul>
  )
}
