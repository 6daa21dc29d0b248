import type { Migration } from './index.ts'

export const connections: Migration = {
  version: 2,
  name: 'connections',
  up: [
    // No secret has a column here. name_key is the name without upper and lower case (core/connections/name.ts).
    `CREATE TABLE connections (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      name_key TEXT NOT NULL,
      system TEXT NOT NULL,
      url TEXT NOT NULL,
      mark TEXT NOT NULL,
      auth TEXT NOT NULL,
      keep TEXT NOT NULL,
      origin TEXT,
      sign_in_state TEXT NOT NULL,
      sign_in_expires_at INTEGER,
      sign_in_error TEXT,
      sign_in_changed_at INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      removed_at INTEGER
    ) STRICT`,
    'CREATE UNIQUE INDEX connections_by_name ON connections (name_key) WHERE removed_at IS NULL',
  ],
}
