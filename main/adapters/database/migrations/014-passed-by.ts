import { z } from 'zod'
import type { Migration } from './index.ts'

/** A job that others ran, that ended well, and whose files nobody here saved or asked for. */
const passedBy =
  "jobs.state = 'completed' AND receipt.id IS NULL AND jobs.origin <> 'here' AND jobs.wanted IS NULL AND delivery.id IS NULL"

/** The last word for a state that the view has; the new one stands beside it. */
const beside = "THEN ' unsaved' ELSE '' END"

/**
 * One more word to filter the history by. The view is changed rather than written anew: what other steps added to it
 * stays. Lines that are there already get the word without being put together again, which takes far longer.
 */
export const passedByWord: Migration = {
  version: 14,
  name: 'passed-by',
  up(tx) {
    const row = tx.get("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = 'history_source'")
    const { sql } = z.object({ sql: z.string() }).parse(row)
    if (!sql.includes(beside)) throw new Error('The view of the history is not the one that is known')
    tx.run('DROP VIEW history_source')
    tx.run(sql.replace(beside, `${beside} || CASE WHEN ${passedBy} THEN ' passed' ELSE '' END`))
    tx.run(`UPDATE history SET facets = facets || ' passed' WHERE receipt_id IS NULL AND delivery_id IS NULL
      AND job_id IN (SELECT id FROM jobs WHERE state = 'completed' AND origin <> 'here' AND wanted IS NULL)`)
  },
}
