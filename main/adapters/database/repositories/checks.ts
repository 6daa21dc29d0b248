import { setImmediate } from 'node:timers/promises'
import type { ChecksRepository } from '../../../core/checks/types.ts'
import type { Clock, Log } from '../../../core/ports.ts'
import type { Database } from '../database.ts'
import { appendJournal } from '../journal.ts'
import { parseRow, parseRows } from '../rows.ts'
import {
  deliveryOfRow,
  earlierRow,
  foundRow,
  marksOf,
  pastRow,
  unmarkedRow,
  unsavedRow,
  withMarks,
} from './checks-row.ts'

/** A run by its newest delivery, as the history has it, with what was found when it was checked. */
const checked = `history
  JOIN receipts ON receipts.id = history.receipt_id
  LEFT JOIN delivery_checks AS checks ON checks.delivery_id = receipts.delivery_id`

export function createChecksRepository(database: Database, clock: Clock, log: Log): ChecksRepository {
  return {
    async past(id, limit) {
      const rows = database.all(
        `SELECT history.job_id, history.receipt_id, receipts.number, history.at, history.delivered_at,
           history.files, history.bytes, history.rows, history.totals, checks.kept, checks.findings,
           ${marksOf('receipts.delivery_id')} AS marks
         FROM ${checked}
         WHERE history.definition_id = ? AND history.receipt_id IS NOT NULL
         ORDER BY history.place DESC LIMIT ?`,
        id,
        limit,
      )
      return parseRows(rows, pastRow, 'delivery_checks', log)
    },
    async sameFiles(id, fingerprint, besides) {
      const row = database.get(
        `SELECT receipts.id AS receipt_id, receipts.number, receipts.content ->> '$.deliveredAt' AS delivered_at
         FROM delivery_checks AS checks JOIN receipts ON receipts.delivery_id = checks.delivery_id
         WHERE checks.definition_id = ? AND checks.fingerprint = ? AND checks.job_id <> ?
         ORDER BY receipts.number DESC LIMIT 1`,
        id,
        fingerprint,
        besides,
      )
      return parseRow(row, earlierRow, 'delivery_checks', log)
    },
    async unsavedBetween(id, after, before) {
      const row = database.get(
        `SELECT count(*) AS count, min(history.at) AS first, max(history.at) AS last
         FROM history JOIN jobs ON jobs.id = history.job_id
         WHERE history.definition_id = ? AND history.at > ? AND history.at < ? AND history.job_state = 'completed'
           AND history.delivery_id IS NULL AND jobs.wanted IS NULL AND jobs.has_files = 1`,
        id,
        after,
        before,
      )
      const found = parseRow(row, unsavedRow, 'history', log)
      if (!found || found.count === 0 || found.first === null || found.last === null) return null
      return { count: found.count, first: found.first, last: found.last }
    },
    async save(delivery, kept, { compared, findings }) {
      await setImmediate()
      const codes = findings.map(({ code }) => code)
      database.transaction(tx => {
        tx.run(
          `INSERT OR REPLACE INTO delivery_checks (delivery_id, job_id, definition_id, fingerprint, kept, findings)
           VALUES (?, ?, ?, ?, ?, ?)`,
          delivery.id,
          delivery.jobId,
          delivery.definitionId,
          kept.fingerprint,
          JSON.stringify(kept),
          JSON.stringify(findings),
        )
        appendJournal(tx, {
          at: clock.now(),
          entity: 'delivery',
          entityId: delivery.id,
          from: delivery.state,
          to: delivery.state,
          why: `compared with ${compared} earlier ones`,
          facts: { jobId: delivery.jobId, findings: codes },
        })
      })
    },
    async ofReceipt(id) {
      const row = database.get(
        `SELECT checks.findings, ${marksOf('checks.delivery_id')} AS marks
         FROM receipts JOIN delivery_checks AS checks ON checks.delivery_id = receipts.delivery_id
         WHERE receipts.id = ?`,
        id,
      )
      const found = parseRow(row, foundRow, 'delivery_checks', log)
      return found ? withMarks(found.findings, found.marks) : []
    },
    async mark(id, code, as, by) {
      return database.transaction(tx => {
        const row = tx.get(
          `SELECT deliveries.id AS delivery_id, deliveries.state
           FROM receipts JOIN deliveries ON deliveries.id = receipts.delivery_id
             JOIN delivery_checks AS checks ON checks.delivery_id = deliveries.id
           WHERE receipts.id = ? AND EXISTS (
             SELECT 1 FROM json_each(checks.findings) WHERE value ->> '$.code' = ?
           )`,
          id,
          code,
        )
        const delivery = parseRow(row, deliveryOfRow, 'delivery_checks', log)
        if (!delivery) return false
        const at = clock.now()
        tx.run(
          `INSERT OR REPLACE INTO finding_marks (delivery_id, code, mark, marked_by, marked_at) VALUES (?, ?, ?, ?, ?)`,
          delivery.delivery_id,
          code,
          as,
          by,
          at,
        )
        appendJournal(tx, {
          at,
          entity: 'delivery',
          entityId: delivery.delivery_id,
          from: delivery.state,
          to: delivery.state,
          why: `its finding is ${as}`,
          facts: { finding: code, by },
        })
        return true
      })
    },
    async unmarked(since) {
      const rows = database.all(
        `SELECT history.receipt_id, receipts.number, history.delivered_at, history.definition_id, checks.findings,
           ${marksOf('receipts.delivery_id')} AS marks
         FROM ${checked}
         WHERE history.delivered_at >= ? AND checks.findings <> '[]'
         ORDER BY history.delivered_at DESC, history.place DESC`,
        since,
      )
      return parseRows(rows, unmarkedRow, 'delivery_checks', log).filter(
        ({ findings }) => findings.length > 0,
      )
    },
  }
}
