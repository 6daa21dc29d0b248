import { z } from 'zod'
import { connectionMarks, systemNames } from '../../../../preload/contract/words.ts'
import { receiptId } from '../../../core/ids.ts'
import type { Log } from '../../../core/ports.ts'
import { canonicalJson } from '../../../core/receipts/chain.ts'
import type { ChainLink, Receipt, ReceiptContent, ReceiptsRepository } from '../../../core/receipts/types.ts'
import { instant, jsonOf, systemTime } from '../columns.ts'
import type { Database, Reader, SqlValue } from '../database.ts'
import { parseRow, parseRows } from '../rows.ts'

const file = z.object({
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  crc32: z.string().nullable(),
  rows: z.int().nullable(),
})

const contentShape = z.object({
  deliveryId: z.string(),
  jobId: z.string(),
  connection: z.object({
    id: z.string(),
    name: z.string(),
    system: z.enum(systemNames),
    mark: z.enum(connectionMarks),
    url: z.string(),
  }),
  definition: z.object({ id: z.string(), remoteId: z.string(), name: z.string() }),
  remoteJobId: z.string(),
  jobStartedAt: systemTime.nullable(),
  jobEndedAt: systemTime.nullable(),
  rawStatus: z.string().nullable(),
  requestedBy: z.string(),
  requestedAt: instant,
  deliveredAt: instant,
  outcome: z.enum(['delivered', 'delivered-with-warnings', 'same-bytes']),
  folder: z.string(),
  received: z.array(
    z.object({
      name: z.string(),
      declaredType: z.string().nullable(),
      validator: z.string().nullable(),
      bytes: z.int(),
      sha256: z.string(),
    }),
  ),
  archive: z.object({ name: z.string(), bytes: z.int(), sha256: z.string() }).nullable(),
  files: z.array(file),
  marker: z.string().nullable(),
  controlTotals: z.array(
    z.object({
      file: z.string(),
      headerRows: z.int(),
      headerTotal: z.string(),
      rows: z.int(),
      total: z.string(),
      match: z.boolean(),
    }),
  ),
  warnings: z.array(
    z.object({ code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) }),
  ),
  appVersion: z.string(),
})

/** Checked but not copied: what somebody added to a stored receipt must go into its hash too, to be noticed. */
const content = z.custom<ReceiptContent>(value => contentShape.safeParse(value).success)

const receiptRow = z
  .object({
    number: z.int().positive(),
    id: z.string().transform(receiptId),
    previous_id: z.string().transform(receiptId).nullable(),
    previous_hash: z.string().nullable(),
    content: jsonOf(content),
    hash: z.string(),
  })
  .transform(
    (row): Receipt => ({
      id: row.id,
      number: row.number,
      previousId: row.previous_id,
      previousHash: row.previous_hash,
      content: row.content,
      hash: row.hash,
    }),
  )

/** The end of the chain is read by itself: a receipt that was damaged must not keep new ones from being written. */
const endRow = z.object({ id: z.string().transform(receiptId), number: z.int(), hash: z.string() })
/** How many receipts of the chain are in memory at once. */
const pageSize = 500

export function createReceiptsRepository(database: Database, log: Log): ReceiptsRepository {
  const oneIn = (reader: Reader, sql: string, ...values: readonly SqlValue[]): Receipt | null =>
    parseRow(reader.get(`SELECT * FROM receipts ${sql} LIMIT 1`, ...values), receiptRow, 'receipts', log)

  const endIn = (reader: Reader): ChainLink | null =>
    parseRow(
      reader.get('SELECT id, number, hash FROM receipts ORDER BY number DESC LIMIT 1'),
      endRow,
      'receipts',
      log,
    )

  return {
    find: async id => oneIn(database, 'WHERE id = ?', id),
    ofDelivery: async delivery => oneIn(database, 'WHERE delivery_id = ?', delivery),
    byNumber: async number => oneIn(database, 'WHERE number = ?', number),
    async head() {
      const end = endIn(database)
      return { count: end?.number ?? 0, hash: end?.hash ?? null }
    },
    async *chain() {
      for (let after = 0; ; ) {
        const rows = database.all(
          'SELECT * FROM receipts WHERE number > ? ORDER BY number LIMIT ?',
          after,
          pageSize,
        )
        yield* parseRows(rows, receiptRow, 'receipts', log)
        if (rows.length < pageSize) return
        after = z.object({ number: z.int() }).parse(rows.at(-1)).number
      }
    },
    async append(delivery, build) {
      return database.transaction(tx => {
        const there = oneIn(tx, 'WHERE delivery_id = ?', delivery)
        if (there) return there
        const receipt = build(endIn(tx))
        tx.run(
          `INSERT INTO receipts (number, id, delivery_id, previous_id, previous_hash, content, hash)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
          receipt.number,
          receipt.id,
          delivery,
          receipt.previousId,
          receipt.previousHash,
          canonicalJson(receipt.content),
          receipt.hash,
        )
        return receipt
      })
    },
  }
}
