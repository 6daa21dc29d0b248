import type { Migration } from './index.ts'

export const schedules: Migration = {
  version: 8,
  name: 'schedules',
  up: [
    `CREATE TABLE schedules (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      definition_ids TEXT NOT NULL,
      timetable TEXT NOT NULL,
      missed TEXT NOT NULL,
      paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
      looked_until INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      removed_at INTEGER,
      rev INTEGER NOT NULL
    ) STRICT`,
    // The key is what keeps two processes from noticing one due time twice.
    `CREATE TABLE due_times (
      schedule_id TEXT NOT NULL REFERENCES schedules (id),
      due_at INTEGER NOT NULL,
      until INTEGER,
      state TEXT NOT NULL,
      late INTEGER NOT NULL CHECK (late IN (0, 1)),
      reason TEXT,
      error TEXT,
      items TEXT NOT NULL,
      noticed_at INTEGER NOT NULL,
      ended_at INTEGER,
      next_try_at INTEGER,
      tries INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      PRIMARY KEY (schedule_id, due_at)
    ) STRICT, WITHOUT ROWID`,
    'CREATE INDEX due_times_open ON due_times (schedule_id, due_at) WHERE ended_at IS NULL',
  ],
}
