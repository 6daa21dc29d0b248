import { z } from 'zod'
import {
  type Finding,
  type FindingView,
  findingCodes,
  findingMarks,
} from '../../../../preload/contract/checks.ts'
import type { PastDelivery, Unmarked } from '../../../core/checks/types.ts'
import { totalOf } from '../../../core/history/row.ts'
import { definitionId, jobId, receiptId } from '../../../core/ids.ts'
import { instant, jsonOf, storedFinding } from '../columns.ts'

const isFinding = (one: z.infer<typeof storedFinding>): one is Finding =>
  findingCodes.some(code => code === one.code)

/** Those that are known here: a newer version may have written others. */
export const findings = z.array(storedFinding).transform(all => all.filter(isFinding))

const marks = z.array(z.object({ code: z.string(), as: z.enum(findingMarks), by: z.string(), at: instant }))

export const withMarks = (found: readonly Finding[], marked: z.infer<typeof marks>): readonly FindingView[] =>
  found.map(finding => {
    const mark = marked.find(({ code }) => code === finding.code)
    return { ...finding, mark: mark ? { as: mark.as, by: mark.by, at: mark.at } : null }
  })

const kept = z.object({
  fingerprint: z.string(),
  totals: z.array(z.object({ currency: z.string(), total: z.string() })),
  tables: z.array(
    z.object({
      key: z.string(),
      file: z.string(),
      columns: z.object({ count: z.int(), names: z.array(z.string()).nullable() }),
    }),
  ),
  period: z.object({ from: instant, to: instant }).nullable(),
})

/** The marks of a delivery, as one column. */
export const marksOf = (delivery: string): string =>
  `(SELECT json_group_array(json_object('code', code, 'as', mark, 'by', marked_by, 'at', marked_at))
    FROM finding_marks WHERE finding_marks.delivery_id = ${delivery})`

const earlier = {
  receipt_id: z.string().transform(receiptId),
  number: z.int(),
  delivered_at: instant,
}

export const earlierRow = z
  .object(earlier)
  .transform(row => ({ receiptId: row.receipt_id, receiptNumber: row.number, deliveredAt: row.delivered_at }))

export const pastRow = z
  .object({
    ...earlier,
    job_id: z.string().transform(jobId),
    at: instant,
    files: z.int(),
    bytes: z.int(),
    rows: z.int().nullable(),
    totals: jsonOf(z.array(z.string())),
    kept: jsonOf(kept).nullable(),
    findings: jsonOf(findings).nullable(),
    marks: jsonOf(marks),
  })
  .transform(
    (row): PastDelivery => ({
      jobId: row.job_id,
      receiptId: row.receipt_id,
      receiptNumber: row.number,
      at: row.at,
      deliveredAt: row.delivered_at,
      files: row.files,
      bytes: row.bytes,
      rows: row.rows,
      totals: row.kept?.totals ?? oneTotal(row.totals),
      kept: row.kept,
      findings: row.findings && withMarks(row.findings, row.marks),
    }),
  )

/** What the receipt alone tells: the sum, of no known currency. */
function oneTotal(totals: readonly string[]): PastDelivery['totals'] {
  const total = totalOf(totals)
  return total === null ? [] : [{ currency: '', total }]
}

export const foundRow = z.object({ findings: jsonOf(findings), marks: jsonOf(marks) })

export const unmarkedRow = z
  .object({
    ...earlier,
    definition_id: z.string().transform(definitionId),
    findings: jsonOf(findings),
    marks: jsonOf(marks),
  })
  .transform(
    (row): Unmarked => ({
      receiptId: row.receipt_id,
      receiptNumber: row.number,
      deliveredAt: row.delivered_at,
      definitionId: row.definition_id,
      findings: row.findings.filter(({ code }) => row.marks.every(mark => mark.code !== code)),
    }),
  )

export const unsavedRow = z.object({ count: z.int(), first: instant.nullable(), last: instant.nullable() })
export const deliveryOfRow = z.object({ delivery_id: z.string(), state: z.string() })
