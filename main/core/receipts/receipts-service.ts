import type { FileFinding, ReceiptView } from '../../../preload/contract/receipts.ts'
import type { ReceiptsService } from '../desk.ts'
import { AppError } from '../errors.ts'
import type { ReceiptId } from '../ids.ts'
import type { SystemTime } from '../time.ts'
import { createExports, type ExportsWorld } from './exports.ts'
import { type WhereaboutsWorld, whereabouts } from './moved.ts'
import { addReview, type ReviewsWorld, reviewsOf, reviewView } from './reviews.ts'
import type { Receipt, Review } from './types.ts'
import { type CheckedChain, chainOf, chainView, checkWhole } from './verify.ts'

export type ReceiptsWorld = WhereaboutsWorld & Omit<ExportsWorld, 'find' | 'reviews'> & ReviewsWorld

/** What a verification of everything comes upon: the chain first, then receipt by receipt its files. */
export type VerifyStep =
  | { readonly step: 'chain'; readonly chain: CheckedChain }
  | {
      readonly step: 'receipt'
      readonly receiptId: ReceiptId
      readonly number: number
      readonly files: readonly FileFinding[]
    }

export function createReceiptsService(world: ReceiptsWorld): ReceiptsService {
  const { receipts } = world
  const never = new AbortController().signal

  async function find(id: ReceiptId): Promise<Receipt> {
    const receipt = await receipts.find(id)
    if (!receipt) throw new AppError('not-found')
    return receipt
  }

  const filesOf = ({ content }: Receipt, signal: AbortSignal) =>
    whereabouts(world, content.folder, content.files, signal)

  async function show(id: ReceiptId): Promise<ReceiptView> {
    const receipt = await find(id)
    const reviews = await reviewsOf(receipts, receipt)
    const { previousId } = receipt
    return {
      ...viewOf(receipt, reviews),
      reviewable: !reviews.some(({ content }) => content.reviewedBy === world.account),
      followsReview: previousId !== null && (await receipts.isReview(previousId)),
    }
  }

  return {
    show,
    async review(id) {
      await addReview(world, await find(id))
      return show(id)
    },
    async verify(id) {
      const receipt = await find(id)
      return {
        receiptId: id,
        files: await filesOf(receipt, never),
        ...(await chainOf(receipts, receipt)),
      }
    },
    checkChain: async () => chainView(await checkWhole(receipts)),
    async *verifyAll(signal) {
      const chain = await checkWhole(receipts)
      yield { step: 'chain', chain }
      for await (const { kind, entry } of receipts.lines({ from: 1, to: chain.proof.end?.number ?? 0 })) {
        signal.throwIfAborted()
        if (kind !== 'receipt' || !entry) continue
        const { id: receiptId, number } = entry
        yield { step: 'receipt', receiptId, number, files: await filesOf(entry, signal) }
      }
    },
    export: createExports({ ...world, find, reviews: receipt => reviewsOf(receipts, receipt) }),
  }
}

const timeView = (time: SystemTime | null) =>
  time && { at: time.at, raw: time.raw, zoneAssumed: time.zoneAssumed }

function viewOf(
  receipt: Receipt,
  reviews: readonly Review[],
): Omit<ReceiptView, 'reviewable' | 'followsReview'> {
  const { content } = receipt
  return {
    id: receipt.id,
    number: receipt.number,
    hash: receipt.hash,
    previousHash: receipt.previousHash,
    previousId: receipt.previousId,
    connectionId: content.connection.id,
    connectionName: content.connection.name,
    system: content.connection.system,
    mark: content.connection.mark,
    definitionName: content.definition.name,
    jobId: content.jobId,
    remoteJobId: content.remoteJobId,
    jobStartedAt: timeView(content.jobStartedAt),
    jobEndedAt: timeView(content.jobEndedAt),
    requestedBy: content.requestedBy,
    deliveredAt: content.deliveredAt,
    outcome: content.outcome,
    folder: content.folder,
    archive: content.archive,
    files: content.files,
    ...(content.startExchanges === undefined ? {} : { startExchanges: content.startExchanges }),
    received: content.received.map(({ name, exchanges }) => ({ name, ...(exchanges ? { exchanges } : {}) })),
    controlTotals: content.controlTotals,
    warnings: content.warnings,
    ...(content.checks ? { checks: content.checks } : {}),
    reviews: reviews.map(reviewView),
    appVersion: content.appVersion,
  }
}
