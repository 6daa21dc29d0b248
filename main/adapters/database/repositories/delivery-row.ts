import { z } from 'zod'
import {
  deliveredStates,
  failedStates,
  pausedStates,
  workingStates,
} from '../../../core/deliveries/delivery.ts'
import type { Delivery, DeliverySummary } from '../../../core/deliveries/types.ts'
import { connectionId, definitionId, deliveryId, jobId, receiptId } from '../../../core/ids.ts'
import { destination, errorView, exchangeProofs, flag, instant, jsonOf, jsonOrNull } from '../columns.ts'
import type { SqlValue } from '../database.ts'

const deliveryState = z.enum([...workingStates, ...pausedStates, ...deliveredStates, ...failedStates])
const bytes = z.int().nonnegative()

const contents = z.object({
  rows: z.int().nullable(),
  empty: z.boolean(),
  pipes: z.boolean(),
  header: z.object({ date: z.string(), rows: z.int(), total: z.string(), batch: z.string() }).nullable(),
  journal: z
    .object({
      total: z.string(),
      match: z.boolean(),
      unread: z.int(),
      currencies: z.array(z.object({ currency: z.string(), total: z.string() })).exactOptional(),
    })
    .nullable(),
  columns: z
    .object({ count: z.int(), names: z.array(z.string()).nullable() })
    .nullable()
    .exactOptional(),
})

const warning = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})

const plannedFile = z.object({
  staged: z.string(),
  final: z.string(),
  bytes,
  sha256: z.string(),
  crc32: z.string().nullable(),
  rows: z.int().nullable(),
  action: z.enum(['place', 'replace', 'same']),
})

const plan = z.object({
  files: z.array(plannedFile),
  marker: plannedFile.nullable(),
  ownFolder: z.object({ staged: z.string(), final: z.string() }).nullable(),
  warnings: z.array(warning),
})

/** What was downloaded, and where the rest stands, in one column. */
const made = z.object({
  downloads: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      name: z.string().nullable(),
      declaredType: z.string().nullable(),
      bytes,
      sha256: z.string(),
      validator: z.string().nullable(),
      kind: z.enum(['archive', 'text', 'binary']),
      contents: contents.nullable(),
      exchanges: exchangeProofs.exactOptional(),
    }),
  ),
  downloaded: z.boolean(),
  partial: z
    .object({
      id: z.string(),
      path: z.string(),
      bytes,
      validator: z.string(),
      exchanges: exchangeProofs.exactOptional(),
    })
    .nullable(),
  warnings: z.array(warning),
  /** Of the plan; apart from it, since it changes when nothing else of it does. */
  placed: z.boolean(),
  former: plan.extend({ placed: z.boolean() }).nullable().default(null),
})

const stagedFiles = z.array(
  z.object({
    staged: z.string(),
    original: z.string(),
    bytes,
    sha256: z.string(),
    crc32: z.string().nullable(),
    contents: contents.nullable(),
  }),
)

export const deliveryRow = z
  .object({
    id: z.string().transform(deliveryId),
    job_id: z.string().transform(jobId),
    definition_id: z.string().transform(definitionId),
    connection_id: z.string().transform(connectionId),
    destination: jsonOf(destination),
    follows_definition: flag,
    requested_by: z.string(),
    state: deliveryState,
    error: jsonOf(errorView).nullable(),
    attempts: z.int(),
    next_attempt_at: instant.nullable(),
    staging: jsonOf(
      z.object({ root: z.string(), folder: z.string(), real: z.string().exactOptional() }),
    ).nullable(),
    made: jsonOf(made),
    contents: jsonOf(stagedFiles).nullable(),
    plan: jsonOf(plan).nullable(),
    receipt_id: z.string().transform(receiptId).nullable(),
    created_at: instant,
    updated_at: instant,
    rev: z.int(),
  })
  .transform(
    ({ made: { placed, ...made }, ...row }): Delivery => ({
      id: row.id,
      jobId: row.job_id,
      definitionId: row.definition_id,
      connectionId: row.connection_id,
      destination: row.destination,
      followsDefinition: row.follows_definition,
      by: row.requested_by,
      state: row.state,
      error: row.error,
      attempts: row.attempts,
      nextAttemptAt: row.next_attempt_at,
      staging: row.staging,
      ...made,
      contents: row.contents,
      plan: row.plan && { ...row.plan, placed },
      receiptId: row.receipt_id,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      rev: row.rev,
    }),
  )

/** All of a delivery, with its parts (delivery-parts.ts). */
export const allColumns = `deliveries.*,
  (SELECT value FROM delivery_parts WHERE delivery_id = deliveries.id AND part = 'contents') AS contents,
  (SELECT value FROM delivery_parts WHERE delivery_id = deliveries.id AND part = 'plan') AS plan`

/** The columns that a summary needs: all but the long ones. */
export const summaryColumns =
  'id, job_id, connection_id, folder, state, error, next_attempt_at, receipt_id, created_at, updated_at'

export const summaryRow = z
  .object({
    id: z.string().transform(deliveryId),
    job_id: z.string().transform(jobId),
    connection_id: z.string().transform(connectionId),
    folder: z.string(),
    state: deliveryState,
    error: jsonOf(errorView).nullable(),
    next_attempt_at: instant.nullable(),
    receipt_id: z.string().transform(receiptId).nullable(),
    created_at: instant,
    updated_at: instant,
  })
  .transform(
    (row): DeliverySummary => ({
      id: row.id,
      jobId: row.job_id,
      connectionId: row.connection_id,
      folder: row.folder,
      state: row.state,
      error: row.error,
      nextAttemptAt: row.next_attempt_at,
      receiptId: row.receipt_id,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }),
  )

export const openRow = z.intersection(summaryRow, z.object({ attempts: z.int() }))

/** What may change of a delivery's row, by column; what it delivers, where to and for whom never does. */
export function changingColumns(delivery: Delivery): Readonly<Record<string, SqlValue>> {
  const { downloads, downloaded, partial, plan, warnings, former } = delivery
  return {
    state: delivery.state,
    error: jsonOrNull(delivery.error),
    attempts: delivery.attempts,
    next_attempt_at: delivery.nextAttemptAt,
    staging: jsonOrNull(delivery.staging),
    made: JSON.stringify({ downloads, downloaded, partial, warnings, placed: plan?.placed ?? false, former }),
    receipt_id: delivery.receiptId,
    updated_at: delivery.updatedAt,
    rev: delivery.rev + 1,
  }
}
