import { createSealKeys } from '../../main/core/receipts/seal-keys.ts'
import { type SealedReceipts, sealedReceipts } from '../../main/core/receipts/sealed-receipts.ts'
import type { ChainLine, ChainLink, ReceiptsStore, Review, Seal } from '../../main/core/receipts/types.ts'
import { countingIds } from './counting-ids.ts'
import { fakeClock } from './fake-clock.ts'
import { type MemoryReceipts, memoryReceipts } from './memory-deliveries.ts'
import { memoryLeases } from './memory-leases.ts'
import { memoryLog } from './memory-log.ts'
import { MemorySecrets } from './memory-secrets.ts'

export type MemoryReceiptsStore = ReceiptsStore &
  Pick<MemoryReceipts, 'rows' | 'tamper'> & {
    /** What somebody with a database tool may do to the reviews. */
    tamperReviews(change: (reviews: Review[]) => void): void
    /** What somebody with a database tool may do to the seal. */
    tamperSeal(change: (seal: Seal | null) => Seal | null): void
    /** Called within each write, before and after: what throws there undoes all of it. */
    interrupt: (where: 'before' | 'after') => void
  }

/** The chain and its seal in memory, with the database's promises. */
export function memoryReceiptsStore(receipts: MemoryReceipts = memoryReceipts()): MemoryReceiptsStore {
  let seal: Seal | null = null
  const reviews: Review[] = []
  const linesOf = (): readonly ChainLine[] => {
    const written = receipts.rows().map(entry => ({ ...linkOf(entry), kind: 'receipt' as const, entry }))
    // Receipts stay in the order that a test gave them.
    if (reviews.length === 0) return written
    const reviewed = reviews.map(entry => ({ ...linkOf(entry), kind: 'review' as const, entry }))
    return [...written, ...reviewed].sort((a, b) => a.number - b.number)
  }
  const endOf = () => {
    const end = linesOf().at(-1)
    return end ? { id: end.id, number: end.number, hash: end.hash } : null
  }
  const at = (number: number) => linesOf().find(line => line.number === number)
  const hashAt = (number: number) => at(number)?.hash ?? at(number + 1)?.entry?.previousHash ?? null
  const store: MemoryReceiptsStore = {
    ...receipts,
    interrupt: () => {},
    tamperReviews: change => change(reviews),
    tamperSeal: change => {
      seal = change(seal)
    },
    standing: async () => ({ end: endOf(), seal }),
    async *lines({ from, to }) {
      yield* linesOf().filter(({ number }) => number >= from && number <= to)
    },
    reviews: async id => reviews.filter(({ content }) => content.receiptId === id),
    isReview: async id => reviews.some(review => review.id === id),
    async appendReview(receipt, by, write) {
      if (reviews.some(({ content }) => content.receiptId === receipt && content.reviewedBy === by))
        return null
      const written = write({ end: endOf(), seal, hashAt })
      reviews.push(written.entry)
      seal = written.seal
      return seal
    },
    async appendSealed(delivery, write) {
      const there = await receipts.ofDelivery(delivery)
      if (there) return { receipt: there, seal: null }
      store.interrupt('before')
      const written = write({ end: endOf(), seal, hashAt })
      store.interrupt('after')
      seal = written.seal
      return { receipt: await receipts.append(delivery, () => written.receipt), seal }
    },
  }
  return store
}

const linkOf = ({ id, number, hash }: ChainLink): ChainLink => ({ id, number, hash })

export type SealedWorld = {
  readonly store: MemoryReceiptsStore
  readonly secrets: MemorySecrets
  readonly receipts: SealedReceipts
}

/** Receipts with their seal, the database and the keychain in memory. The keys are `key-1`, `key-2`… */
export function sealedWorld(store = memoryReceiptsStore(), secrets = new MemorySecrets()): SealedWorld {
  let made = 0
  const keys = createSealKeys({
    secrets,
    leases: memoryLeases(new Map(), fakeClock()),
    log: memoryLog(),
    profileId: 'p1',
    newKey: () => {
      made += 1
      return `key-${made}`
    },
  })
  return { store, secrets, receipts: sealedReceipts(store, keys) }
}

/** Parts of the receipts' service that a test has no use for. */
export const noExports = {
  ids: countingIds(),
  clock: fakeClock(),
  account: 'otto',
  folders: { list: async () => [] },
  printer: {
    open: async () => {
      throw new Error('Nothing is printed here')
    },
  },
  packer: {
    pack: async () => {
      throw new Error('Nothing is packed here')
    },
  },
} as const
