import type { Migration } from './index.ts'

export const support: Migration = {
  version: 12,
  name: 'support',
  up: [
    // What systems answered in place of what was asked for, masked before it comes here; bounded and swept.
    `CREATE TABLE raw_answers (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      fingerprint TEXT NOT NULL UNIQUE,
      first_at INTEGER NOT NULL,
      at INTEGER NOT NULL,
      times INTEGER NOT NULL,
      system TEXT NOT NULL,
      url TEXT NOT NULL,
      status INTEGER NOT NULL,
      correlation_id TEXT,
      headers TEXT NOT NULL,
      body TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX raw_answers_by_time ON raw_answers (at)',
    // The network doctor's last one of each connection.
    `CREATE TABLE diagnoses (
      connection_id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      diagnosis TEXT NOT NULL
    ) STRICT`,
  ],
}
