import { describe, expect, it } from 'vitest'
import { deliveryId, receiptId } from '../../../main/core/ids.ts'
import { chained } from '../../../main/core/receipts/chain.ts'
import { createReceiptsService } from '../../../main/core/receipts/receipts-service.ts'
import type { Review } from '../../../main/core/receipts/types.ts'
import { instantAt } from '../../../main/core/time.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { aReceipt } from '../../fakes/receipts.ts'
import { noExports, sealedWorld } from '../../fakes/receipts-store.ts'

/** Receipts 1 and 2, then what the test does. `erika` asked for them. */
async function desk() {
  const world = sealedWorld()
  const { receipts } = world
  const deliver = (n: number) => {
    const id = deliveryId(`delivery-${n}`)
    return receipts.append(id, previous => aReceipt(previous, id))
  }
  const files = memoryFiles()
  const serviceOf = (account: string) =>
    createReceiptsService({ ...noExports, account, receipts, files, work: createFileWork(files) })
  await deliver(1)
  await deliver(2)
  return { ...world, deliver, serviceOf, service: serviceOf('otto') }
}
const first = receiptId('r-1')

describe('a review', () => {
  it('says who and when, and leaves the receipt as it was', async () => {
    const { service, receipts } = await desk()
    const before = await receipts.find(first)
    expect(await service.show(first)).toMatchObject({ reviews: [], reviewable: true })
    const { reviews, reviewable } = await service.review(first)
    expect(reviews).toMatchObject([{ number: 3, by: 'otto', at: noExports.clock.now(), ownRun: false }])
    expect(reviewable).toBe(false)
    expect(await receipts.find(first)).toEqual(before)
    expect((await service.show(receiptId('r-2'))).reviews).toEqual([])
  })

  it('of the own run is a self-review', async () => {
    const { serviceOf } = await desk()
    expect((await serviceOf('erika').review(first)).reviews).toMatchObject([{ by: 'erika', ownRun: true }])
    const both = await serviceOf('otto').review(first)
    expect(both.reviews.map(({ by, ownRun }) => [by, ownRun])).toEqual([
      ['erika', true],
      ['otto', false],
    ])
  })

  it('is written once for each account', async () => {
    const { service } = await desk()
    const once = await service.review(first)
    expect(await service.review(first)).toEqual(once)
  })

  it('needs a receipt', async () => {
    const { service } = await desk()
    await expect(service.review(receiptId('r-9'))).rejects.toThrow('not-found')
  })
})

describe('a chain with reviews', () => {
  it('is whole and proven, counts its receipts, and goes on behind them', async () => {
    const { service, deliver, receipts } = await desk()
    await service.review(first)
    const third = await deliver(3)
    expect(third.number).toBe(4)
    expect(await service.checkChain()).toEqual({ receipts: 3, findings: [], found: 0, unproven: null })
    for (const id of ['r-1', 'r-2', third.id]) expect((await service.verify(receiptId(id))).chain).toBe('ok')
    expect(await service.show(third.id)).toMatchObject({ followsReview: true })
    expect(await service.show(receiptId('r-2'))).toMatchObject({ followsReview: false })
    expect((await receipts.proof()).vouched).toMatchObject({ head: { number: 4 } })
  })

  const changed: Readonly<Record<string, Partial<Review['content']>>> = {
    account: { reviewedBy: 'ina' },
    time: { reviewedAt: instantAt(1) },
    'self-review': { ownRun: true },
    receipt: { receiptId: receiptId('r-2') },
    'hash of the receipt': { receiptHash: 'aa' },
  }
  it.each(Object.entries(changed))('shows that its %s was changed', async (_, patch) => {
    const { service, store } = await desk()
    await service.review(first)
    store.tamperReviews(reviews => {
      const [review] = reviews
      if (review) reviews[0] = { ...review, content: { ...review.content, ...patch } }
    })
    expect((await service.checkChain()).findings).toMatchObject([{ kind: 'receipt-changed', number: 3 }])
    // The receipts before it are as they were; but they can be followed to their sealed head no more.
    expect(await service.verify(first)).toMatchObject({ chain: 'chain-broken', chainAt: 3 })
  })

  it('shows that one was removed, also from its end', async () => {
    const { service, store, deliver } = await desk()
    await service.review(first)
    store.tamperReviews(reviews => void reviews.pop())
    const missing = [{ kind: 'receipt-missing', number: 3 }]
    expect((await service.checkChain()).findings).toMatchObject(missing)
    await deliver(3)
    expect((await service.checkChain()).findings).toMatchObject(missing)
  })

  it('shows one that was written anew, or made up, without the key', async () => {
    const { service, store } = await desk()
    await service.review(first)
    store.tamperReviews(reviews => {
      const [review] = reviews
      const second = store.rows()[1] ?? null
      if (review) reviews[0] = chained(review.id, { ...review.content, reviewedBy: 'ina' }, second)
    })
    expect((await service.checkChain()).findings).toMatchObject([{ kind: 'chain-broken', number: 3 }])
  })

  it('does not take a review of something else for one of this receipt', async () => {
    const { service, store } = await desk()
    await service.review(first)
    store.tamper(rows => {
      const [row] = rows
      if (row) rows[0] = chained(row.id, { ...row.content, folder: '/elsewhere' }, null)
    })
    expect((await service.show(first)).reviews).toEqual([])
  })
})
