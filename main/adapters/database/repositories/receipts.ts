import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { connectionMarks, systemNames } from '../../../../preload/contract/words.ts'
import { type DeliveryId, receiptId } from '../../../core/ids.ts'
import type { Log } from '../../../core/ports.ts'
import { canonicalJson } from '../../../core/receipts/chain.ts'
import type {
  ChainLine,
  ChainLink,
  NumberRange,
  Receipt,
  ReceiptContent,
  ReceiptsStore,
  Seal,
} from '../../../core/receipts/types.ts'
import { exchangeProofs, instant, jsonOf, storedFinding, systemTime } from '../columns.ts'
import type { Database, Reader, SqlValue, Tx } from '../database.ts'
import { parseRow } from '../rows.ts'

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
  jobAnswerSha256: z.string().exactOptional(),
  startExchanges: exchangeProofs.nullable().exactOptional(),
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
      exchanges: exchangeProofs.exactOptional(),
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
  checks: z.object({ compared: z.int(), findings: z.array(storedFinding) }).exactOptional(),
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

/** A link is read by itself: a receipt that was damaged must not keep new ones from being written. */
const linkRow = z.object({ id: z.string().transform(receiptId), number: z.int(), hash: z.string() })
const hashRow = z.object({ hash: z.string().nullable() })
const range = z.object({ from: z.int(), to: z.int() })
const sealRow = z
  .object({
    number: z.int(),
    receipt_id: z.string().transform(receiptId),
    hash: z.string(),
    unproven: jsonOf(z.array(range)),
    key_id: z.string(),
    mac: z.string(),
  })
  .transform(
    (row): Seal => ({
      head: { id: row.receipt_id, number: row.number, hash: row.hash },
      unproven: row.unproven,
      keyId: row.key_id,
      mac: row.mac,
    }),
  )

/** How many receipts of the chain are read and checked before other work has its turn: some milliseconds of work. */
const pageSize = 50

export function createReceiptsRepository(database: Database, log: Log): ReceiptsStore {
  const oneIn = (reader: Reader, sql: string, ...values: readonly SqlValue[]): Receipt | null =>
    parseRow(reader.get(`SELECT * FROM receipts ${sql} LIMIT 1`, ...values), receiptRow, 'receipts', log)

  const endIn = (reader: Reader): ChainLink | null =>
    parseRow(
      reader.get('SELECT id, number, hash FROM receipts ORDER BY number DESC LIMIT 1'),
      linkRow,
      'receipts',
      log,
    )

  const sealIn = (reader: Reader): Seal | null =>
    parseRow(reader.get('SELECT * FROM receipts_seal'), sealRow, 'receipts_seal', log)

  const hashIn = (reader: Reader, number: number): string | null =>
    parseRow(
      reader.get(
        `SELECT hash FROM receipts WHERE number = ?
         UNION ALL SELECT previous_hash FROM receipts WHERE number = ? LIMIT 1`,
        number,
        number + 1,
      ),
      hashRow,
      'receipts',
      log,
    )?.hash ?? null

  async function* lines({ from, to }: NumberRange): AsyncGenerator<ChainLine> {
    for (let next = from; next <= to; ) {
      const rows = database.all(
        'SELECT * FROM receipts WHERE number BETWEEN ? AND ? ORDER BY number LIMIT ?',
        next,
        to,
        pageSize,
      )
      for (const row of rows) {
        const link = linkRow.parse(row)
        next = link.number + 1
        yield { ...link, receipt: parseRow(row, receiptRow, 'receipts', log) }
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
    async *chain() {
      for await (const { receipt } of lines({ from: 1, to: Number.MAX_SAFE_INTEGER }))
        if (receipt) yield receipt
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
        const hashAt = (number: number) => hashIn(tx, number)
        const { receipt, seal } = write({ end: endIn(tx), seal: sealIn(tx), hashAt })
        insert(tx, delivery, receipt)
        if (seal) replaceSeal(tx, seal)
        return { receipt, seal }
      })
    },
  }
  return store
}

function insert(tx: Tx, delivery: DeliveryId, receipt: Receipt): void {
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
