import type { Unproven } from '../../../preload/contract/receipts.ts'
import { isAppError } from '../errors.ts'
import type { ReceiptId } from '../ids.ts'
import { extended, type SealKey, vouchedBy } from './seal.ts'
import type { SealKeys } from './seal-keys.ts'
import type {
  ChainLine,
  ChainLink,
  NumberRange,
  ReceiptsRepository,
  ReceiptsStore,
  Review,
  Vouched,
} from './types.ts'

/** What is known of a chain beside itself, and where it ended when that was asked. */
export type Proof = {
  readonly end: ChainLink | null
  /** What the key vouches for; or why nobody vouches for anything. */
  readonly vouched: (Vouched & { readonly forged: boolean }) | Unproven
}

/** The chain, with the seal of its head. */
export interface SealedReceipts extends ReceiptsRepository, Pick<ReceiptsStore, 'reviews' | 'isReview'> {
  proof(): Promise<Proof>
  lines(range: NumberRange): AsyncIterable<ChainLine>
  /** Adds the review that `build` makes of its predecessor. An account reviews a receipt once; again, nothing is added. */
  review(receipt: ReceiptId, by: string, build: (previous: ChainLink | null) => Review): Promise<void>
}

/** Gives the chain in the database its seal, by the key in the keychain. */
export function sealedReceipts(store: ReceiptsStore, keys: SealKeys): SealedReceipts {
  async function keyOrWhyNot(): Promise<SealKey | Unproven> {
    try {
      return (await keys.find()) ?? 'key-missing'
    } catch (error) {
      if (isAppError(error, 'keychain-unavailable')) return 'keychain-unavailable'
      throw error
    }
  }

  return {
    ...store,
    async append(delivery, build) {
      const there = await store.ofDelivery(delivery)
      if (there) return there
      const key = await keys.findOrMake()
      const { receipt, seal } = await store.appendSealed(delivery, stored => {
        const { entry, seal } = extended(stored, key, build)
        return { receipt: entry, seal }
      })
      if (key && seal) await keys.note(key, { head: seal.head, unproven: seal.unproven })
      return receipt
    },
    async review(receipt, by, build) {
      const key = await keys.findOrMake()
      const seal = await store.appendReview(receipt, by, stored => extended(stored, key, build))
      if (key && seal) await keys.note(key, { head: seal.head, unproven: seal.unproven })
    },
    async proof() {
      // The key first: what it vouched for by then is in the database by now.
      const key = await keyOrWhyNot()
      const { end, seal } = await store.standing()
      if (typeof key === 'string') return { end, vouched: key }
      return { end, vouched: vouchedBy(key, seal) ?? 'key-missing' }
    },
  }
}
