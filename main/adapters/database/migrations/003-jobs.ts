import type { Migration } from './index.ts'

export const jobs: Migration = {
  version: 3,
  name: 'definitions-and-jobs',
  up: [
    `CREATE TABLE definitions (
      id TEXT PRIMARY KEY,
      connection_id TEXT NOT NULL,
      remote_id TEXT NOT NULL,
      name TEXT NOT NULL,
      removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
      destination TEXT,
      watch INTEGER NOT NULL CHECK (watch IN (0, 1)),
      UNIQUE (connection_id, remote_id)
    ) STRICT`,
    // started and ended hold the system's time as JSON; started_at and ended_at are what it was read as, to sort by.
    `CREATE TABLE jobs (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      connection_id TEXT NOT NULL,
      definition_id TEXT NOT NULL REFERENCES definitions (id),
      remote_id TEXT,
      state TEXT NOT NULL,
      raw_status TEXT,
      origin TEXT NOT NULL,
      started_by TEXT,
      known_at INTEGER NOT NULL,
      sent_at INTEGER,
      listed_before TEXT NOT NULL,
      started TEXT,
      started_at INTEGER,
      ended TEXT,
      ended_at INTEGER,
      end_seen_at INTEGER,
      has_files INTEGER NOT NULL CHECK (has_files IN (0, 1)),
      listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
      wanted TEXT,
      next_ask_at INTEGER,
      error TEXT,
      raw TEXT NOT NULL,
      rev INTEGER NOT NULL,
      UNIQUE (definition_id, remote_id)
    ) STRICT`,
    'CREATE INDEX jobs_by_definition ON jobs (definition_id, coalesce(started_at, known_at) DESC, seq DESC)',
    'CREATE INDEX jobs_asking ON jobs (definition_id, next_ask_at) WHERE next_ask_at IS NOT NULL',
    // The few rows that are looked for all the time, however many there are. A query uses these where it repeats their WHERE.
    `CREATE INDEX jobs_open ON jobs (definition_id)
      WHERE state IN ('intent', 'starting', 'start-unknown', 'submitted', 'queued', 'running', 'unknown')`,
    "CREATE INDEX jobs_lost ON jobs (definition_id) WHERE state = 'not-started' AND sent_at IS NOT NULL",
    'CREATE INDEX jobs_listed ON jobs (definition_id) WHERE listed = 1',
    `CREATE INDEX jobs_completed ON jobs (definition_id, coalesce(started_at, known_at) DESC, seq DESC)
      WHERE state = 'completed'`,
    "CREATE INDEX jobs_wanted ON jobs (id) WHERE state = 'completed' AND wanted IS NOT NULL AND has_files = 1",
    `CREATE TABLE asks (
      definition_id TEXT PRIMARY KEY REFERENCES definitions (id),
      asked_at INTEGER NOT NULL,
      answered_at INTEGER
    ) STRICT`,
  ],
}
