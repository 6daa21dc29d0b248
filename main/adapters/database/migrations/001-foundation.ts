import type { Migration } from './index.ts'

export const foundation: Migration = {
  version: 1,
  name: 'foundation',
  up: [
    // One row: the id that keychain accounts of this profile begin with.
    `CREATE TABLE profile (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      id TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT`,
    `CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE leases (
      name TEXT PRIMARY KEY,
      holder TEXT NOT NULL,
      beat_at INTEGER NOT NULL
    ) STRICT`,
    // Append-only, and the database itself sees to that.
    `CREATE TABLE journal (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      entity TEXT NOT NULL,
      entity_id TEXT NOT NULL,
      from_state TEXT,
      to_state TEXT NOT NULL,
      why TEXT NOT NULL,
      facts TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX journal_by_entity ON journal (entity, entity_id, seq)',
    `CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END`,
    `CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
      BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END`,
  ],
}
