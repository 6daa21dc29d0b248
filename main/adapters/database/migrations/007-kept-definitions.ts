import type { Migration } from './index.ts'

export const keptDefinitions: Migration = {
  version: 7,
  name: 'kept-definitions',
  up: [
    // request: what is asked of the system, as JSON, where it is we who keep the definition.
    "ALTER TABLE definitions ADD COLUMN kind TEXT NOT NULL DEFAULT 'server'",
    'ALTER TABLE definitions ADD COLUMN request TEXT',
    "ALTER TABLE connections ADD COLUMN output_maps TEXT NOT NULL DEFAULT '[]'",
    'ALTER TABLE connections ADD COLUMN certificate_sha256 TEXT',
    // A list of a whole connection does not say whose its jobs are.
    'CREATE INDEX jobs_by_remote_id ON jobs (connection_id, remote_id) WHERE remote_id IS NOT NULL',
    // When a server was last asked about something (Session.turn): a job of Vault, a burst of calls.
    `CREATE TABLE turns (
      origin TEXT NOT NULL,
      what TEXT NOT NULL,
      taken_at INTEGER NOT NULL,
      PRIMARY KEY (origin, what)
    ) STRICT, WITHOUT ROWID`,
  ],
}
