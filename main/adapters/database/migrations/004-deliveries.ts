import type { Migration } from './index.ts'

export const deliveries: Migration = {
  version: 4,
  name: 'deliveries-and-receipts',
  up: [
    // made holds what was downloaded, unpacked and planned: only the runner reads it, and it may be long.
    `CREATE TABLE deliveries (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      job_id TEXT NOT NULL REFERENCES jobs (id),
      definition_id TEXT NOT NULL REFERENCES definitions (id),
      connection_id TEXT NOT NULL,
      folder TEXT NOT NULL,
      destination TEXT NOT NULL,
      follows_definition INTEGER NOT NULL CHECK (follows_definition IN (0, 1)),
      requested_by TEXT NOT NULL,
      state TEXT NOT NULL,
      error TEXT,
      attempts INTEGER NOT NULL,
      next_attempt_at INTEGER,
      staging TEXT,
      made TEXT NOT NULL,
      receipt_id TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      rev INTEGER NOT NULL
    ) STRICT`,
    'CREATE INDEX deliveries_by_job ON deliveries (job_id, seq)',
    `CREATE INDEX deliveries_unfinished ON deliveries (seq) WHERE staging IS NOT NULL OR state NOT IN
      ('delivered', 'delivered-with-warnings', 'same-bytes', 'not-what-it-claims', 'finished-empty', 'file-gone', 'cancelled')`,
    `CREATE INDEX deliveries_delivered ON deliveries (definition_id, seq)
      WHERE state IN ('delivered', 'delivered-with-warnings', 'same-bytes')`,
    // The number counts without a gap; a delivery has one receipt. Append-only, and the database itself sees to that.
    `CREATE TABLE receipts (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      delivery_id TEXT NOT NULL UNIQUE REFERENCES deliveries (id),
      previous_id TEXT,
      previous_hash TEXT,
      content TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT`,
    `CREATE TRIGGER receipts_no_update BEFORE UPDATE ON receipts
      BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END`,
    `CREATE TRIGGER receipts_no_delete BEFORE DELETE ON receipts
      BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END`,
  ],
}
