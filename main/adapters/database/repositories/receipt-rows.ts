import { z } from 'zod'
import { connectionMarks, systemNames } from '../../../../preload/contract/words.ts'
import { receiptId } from '../../../core/ids.ts'
import type { Receipt, ReceiptContent, Review, ReviewContent, Seal } from '../../../core/receipts/types.ts'
import { exchangeProofs, instant, jsonOf, storedFinding, systemTime } from '../columns.ts'

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

const reviewShape = z.object({
  kind: z.literal('review'),
  receiptId: z.string(),
  receiptNumber: z.int(),
  receiptHash: z.string(),
  reviewedBy: z.string(),
  reviewedAt: instant,
  ownRun: z.boolean(),
})

/** Checked but not copied: what somebody added to a stored receipt must go into its hash too, to be noticed. */
const content = z.custom<ReceiptContent>(value => contentShape.safeParse(value).success)

export const receiptRow = z
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

const reviewContent = z.custom<ReviewContent>(value => reviewShape.safeParse(value).success)

/** The column finds a review; what the review says is its content, which is in its hash: the two must be one. */
export const reviewRow = z
  .object({
    number: z.int().positive(),
    id: z.string().transform(receiptId),
    receipt_id: z.string(),
    previous_id: z.string().transform(receiptId).nullable(),
    previous_hash: z.string().nullable(),
    content: jsonOf(reviewContent),
    hash: z.string(),
  })
  .refine(row => row.content.receiptId === row.receipt_id)
  .transform(
    (row): Review => ({
      id: row.id,
      number: row.number,
      previousId: row.previous_id,
      previousHash: row.previous_hash,
      content: row.content,
      hash: row.hash,
    }),
  )
export const kindRow = z.object({ kind: z.enum(['receipt', 'review']) })

/** A link is read by itself: a receipt that was damaged must not keep new ones from being written. */
export const linkRow = z.object({ id: z.string().transform(receiptId), number: z.int(), hash: z.string() })
export const hashRow = z.object({ hash: z.string().nullable() })
const range = z.object({ from: z.int(), to: z.int() })
export const sealRow = z
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
