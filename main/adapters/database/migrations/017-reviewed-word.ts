import { z } from 'zod'
import type { Migration } from './index.ts'

const its = 'FROM receipt_reviews AS review WHERE review.receipt_id = receipt.id'
/** What somebody damaged must not keep its job from being written; the receipts' own check tells of it. */
const byAnother = "iif(json_valid(review.content), review.content ->> '$.ownRun', 1) = 0"
const reviewed = `CASE
  WHEN EXISTS (SELECT 1 ${its} AND ${byAnother}) THEN ' reviewed'
  WHEN EXISTS (SELECT 1 ${its}) THEN ' reviewed selfreview'
  ELSE '' END`

/** The word that the view has for what was delivered; the new ones stand beside it. */
const beside = "CASE WHEN receipt.id IS NOT NULL THEN ' delivered' ELSE '' END"

const job = `(SELECT deliveries.job_id FROM receipts JOIN deliveries ON deliveries.id = receipts.delivery_id
  WHERE receipts.id = new.receipt_id)`

/** Words to filter the history by what was reviewed; added to the view as `passed` was (014-passed-by.ts). */
export const reviewedWord: Migration = {
  version: 17,
  name: 'reviewed-word',
  up(tx) {
    const row = tx.get("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = 'history_source'")
    const { sql } = z.object({ sql: z.string() }).parse(row)
    if (!sql.includes(beside)) throw new Error('The view of the history is not the one that is known')
    tx.run('DROP VIEW history_source')
    tx.run(sql.replace(beside, `${beside} || ${reviewed}`))
    tx.run(`CREATE TRIGGER history_of_review AFTER INSERT ON receipt_reviews BEGIN
      DELETE FROM history WHERE job_id = ${job};
      INSERT INTO history SELECT * FROM history_source WHERE job_id = ${job};
    END`)
  },
}
