import type { Migration } from './index.ts'

export const checks: Migration = {
  version: 15,
  name: 'checks',
  up: [
    // What later deliveries are compared with. What was delivered before this has no row: that was not recorded. A row
    // without a receipt is of an attempt that was cut; nothing reads it.
    `CREATE TABLE delivery_checks (
      delivery_id TEXT PRIMARY KEY REFERENCES deliveries (id),
      job_id TEXT NOT NULL,
      definition_id TEXT NOT NULL REFERENCES definitions (id),
      fingerprint TEXT NOT NULL,
      kept TEXT NOT NULL,
      findings TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX delivery_checks_same ON delivery_checks (definition_id, fingerprint)',
    `CREATE TABLE finding_marks (
      delivery_id TEXT NOT NULL REFERENCES deliveries (id),
      code TEXT NOT NULL,
      mark TEXT NOT NULL CHECK (mark IN ('seen', 'expected')),
      marked_by TEXT NOT NULL,
      marked_at INTEGER NOT NULL,
      PRIMARY KEY (delivery_id, code)
    ) STRICT`,
  ],
}
