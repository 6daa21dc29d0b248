import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import type { ReviewView } from '../../../preload/contract/receipts.ts'
import { words } from '../../../preload/contract/text/index.ts'
import { ReceiptBody } from '../../../renderer/features/receipt/receipt-body.tsx'
import { ReceiptReviews } from '../../../renderer/features/receipt/receipt-reviews.tsx'
import { aReceipt } from '../../fakes/fake-history.ts'

vi.mock('../../../renderer/bridge.ts', () => ({ desk: {} }))

const { receipt: text } = words.history
const at = Date.UTC(2026, 10, 20, 12)
const review: ReviewView = { number: 3, hash: 'aa', by: 'm.brandt', at, ownRun: false }
const shown = (...reviews: readonly ReviewView[]) =>
  renderToStaticMarkup(<ReceiptReviews reviews={reviews} />)

describe('the reviews of a receipt', () => {
  it('say who reviewed it', () => {
    expect(shown(review)).toContain(text.reviewedBy('m.brandt'))
    expect(shown(review)).not.toContain(text.selfReview)
  })

  it('say that one is of the own run', () => {
    expect(shown({ ...review, ownRun: true })).toContain(text.selfReview)
  })

  it('are nothing where there is none', () => {
    expect(shown()).toBe('')
  })
})

describe('a receipt that follows a review', () => {
  const body = (followsReview: boolean) =>
    renderToStaticMarkup(
      <ReceiptBody
        receipt={{ ...aReceipt(at), followsReview }}
        verified={null}
        onShow={() => {}}
        onLook={() => {}}
        onPrevious={() => {}}
      />,
    )

  it('names it, and offers no receipt to be opened there', () => {
    expect(body(true)).toContain(text.followsReview(31))
    expect(body(true)).not.toContain(text.openPrevious(30))
    expect(body(false)).toContain(text.openPrevious(30))
  })
})
