import type { Migration } from './index.ts'

/**
 * Reviews of receipts: entries of the same chain, numbered together with the receipts, in a table of their own, so that
 * the receipts of before are not touched. Append-only as they are.
 */
export const reviews: Migration = {
  version: 16,
  name: 'reviews',
  up: [
    `CREATE TABLE receipt_reviews (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      receipt_id TEXT NOT NULL REFERENCES receipts (id),
      previous_id TEXT,
      previous_hash TEXT,
      content TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX receipt_reviews_of ON receipt_reviews (receipt_id, number)',
    `CREATE TRIGGER receipt_reviews_no_update BEFORE UPDATE ON receipt_reviews
      BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END`,
    `CREATE TRIGGER receipt_reviews_no_delete BEFORE DELETE ON receipt_reviews
      BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END`,
    `CREATE VIEW receipts_chain AS
      SELECT number, 'receipt' AS kind, id, NULL AS receipt_id, previous_id, previous_hash, content, hash FROM receipts
      UNION ALL
      SELECT number, 'review', id, receipt_id, previous_id, previous_hash, content, hash FROM receipt_reviews`,
  ],
}
