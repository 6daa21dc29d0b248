import { setImmediate } from 'node:timers/promises'
import type { DeliveryId, ReceiptId } from '../../../core/ids.ts'
import type { Log } from '../../../core/ports.ts'
import { canonicalJson } from '../../../core/receipts/chain.ts'
import type {
  ChainLine,
  ChainLink,
  NumberRange,
  Receipt,
  ReceiptsStore,
  Review,
  Seal,
} from '../../../core/receipts/types.ts'
import type { Database, Reader, SqlValue, Tx } from '../database.ts'
import { parseRow, parseRows } from '../rows.ts'
import { hashRow, kindRow, linkRow, receiptRow, reviewRow, sealRow } from './receipt-rows.ts'

/** How many entries of the chain are read and checked before other work has its turn: some milliseconds of work. */
const pageSize = 50

export function createReceiptsRepository(database: Database, log: Log): ReceiptsStore {
  const oneIn = (reader: Reader, sql: string, ...values: readonly SqlValue[]): Receipt | null =>
    parseRow(reader.get(`SELECT * FROM receipts ${sql} LIMIT 1`, ...values), receiptRow, 'receipts', log)

  const endIn = (reader: Reader): ChainLink | null =>
    parseRow(
      reader.get('SELECT id, number, hash FROM receipts_chain ORDER BY number DESC LIMIT 1'),
      linkRow,
      'receipts_chain',
      log,
    )

  const sealIn = (reader: Reader): Seal | null =>
    parseRow(reader.get('SELECT * FROM receipts_seal'), sealRow, 'receipts_seal', log)

  const hashIn = (reader: Reader, number: number): string | null =>
    parseRow(
      reader.get(
        `SELECT hash FROM receipts_chain WHERE number = ?
         UNION ALL SELECT previous_hash FROM receipts_chain WHERE number = ? LIMIT 1`,
        number,
        number + 1,
      ),
      hashRow,
      'receipts_chain',
      log,
    )?.hash ?? null

  function entryOf(row: unknown) {
    const { kind } = kindRow.parse(row)
    return kind === 'receipt'
      ? { kind, entry: parseRow(row, receiptRow, 'receipts', log) }
      : { kind, entry: parseRow(row, reviewRow, 'receipt_reviews', log) }
  }

  const reviewsIn = (reader: Reader, id: ReceiptId): readonly Review[] =>
    parseRows(
      reader.all('SELECT * FROM receipt_reviews WHERE receipt_id = ? ORDER BY number', id),
      reviewRow,
      'receipt_reviews',
      log,
    )

  const standingIn = (tx: Tx) => ({
    end: endIn(tx),
    seal: sealIn(tx),
    hashAt: (number: number) => hashIn(tx, number),
  })

  async function* lines({ from, to }: NumberRange): AsyncGenerator<ChainLine> {
    for (let next = from; next <= to; ) {
      const rows = database.all(
        'SELECT * FROM receipts_chain WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?',
        next,
        to,
        pageSize,
      )
      for (const row of rows) {
        const link = linkRow.parse(row)
        next = link.number + 1
        yield { ...link, ...entryOf(row) }
      }
      if (rows.length < pageSize) return
      await setImmediate()
    }
  }

  const store: ReceiptsStore = {
    find: async id => oneIn(database, 'WHERE id = ?', id),
    ofDelivery: async delivery => oneIn(database, 'WHERE delivery_id = ?', delivery),
    byNumber: async number => oneIn(database, 'WHERE number = ?', number),
    async head() {
      const end = endIn(database)
      return { count: end?.number ?? 0, hash: end?.hash ?? null }
    },
    reviews: async id => reviewsIn(database, id),
    isReview: async id => database.get('SELECT 1 FROM receipt_reviews WHERE id = ?', id) !== undefined,
    async *chain() {
      for await (const { kind, entry } of lines({ from: 1, to: Number.MAX_SAFE_INTEGER }))
        if (kind === 'receipt' && entry) yield entry
    },
    lines,
    // Asked within a transaction: a receipt and its seal come at once.
    standing: async () => database.transaction(tx => ({ end: endIn(tx), seal: sealIn(tx) })),
    async append(delivery, build) {
      const { receipt } = await store.appendSealed(delivery, ({ end, seal }) => ({
        receipt: build(end),
        seal,
      }))
      return receipt
    },
    async appendSealed(delivery, write) {
      return database.transaction(tx => {
        const there = oneIn(tx, 'WHERE delivery_id = ?', delivery)
        if (there) return { receipt: there, seal: null }
        const { receipt, seal } = write(standingIn(tx))
        insert(tx, 'receipts (delivery_id', delivery, receipt)
        if (seal) replaceSeal(tx, seal)
        return { receipt, seal }
      })
    },
    async appendReview(receipt, by, write) {
      return database.transaction(tx => {
        if (reviewsIn(tx, receipt).some(({ content }) => content.reviewedBy === by)) return null
        const { entry, seal } = write(standingIn(tx))
        insert(tx, 'receipt_reviews (receipt_id', receipt, entry)
        if (seal) replaceSeal(tx, seal)
        return seal
      })
    },
  }
  return store
}

/** Into the table of its kind, whose first column says what the entry is of. */
function insert(
  tx: Tx,
  into: 'receipts (delivery_id' | 'receipt_reviews (receipt_id',
  of: DeliveryId | ReceiptId,
  entry: Receipt | Review,
): void {
  tx.run(
    `INSERT INTO ${into}, number, id, previous_id, previous_hash, content, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    of,
    entry.number,
    entry.id,
    entry.previousId,
    entry.previousHash,
    canonicalJson(entry.content),
    entry.hash,
  )
}

function replaceSeal(tx: Tx, { head, unproven, keyId, mac }: Seal): void {
  tx.run(
    `INSERT OR REPLACE INTO receipts_seal (one, number, receipt_id, hash, unproven, key_id, mac)
     VALUES (1, ?, ?, ?, ?, ?, ?)`,
    head.number,
    head.id,
    head.hash,
    canonicalJson(unproven),
    keyId,
    mac,
  )
}
