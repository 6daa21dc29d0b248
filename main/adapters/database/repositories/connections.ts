import { z } from 'zod'
import { authKinds, connectionMarks, systemNames } from '../../../../preload/contract/words.ts'
import { nameKey } from '../../../core/connections/name.ts'
import type { Connection, ConnectionsRepository } from '../../../core/connections/types.ts'
import { AppError } from '../../../core/errors.ts'
import { connectionId } from '../../../core/ids.ts'
import type { Clock, Log } from '../../../core/ports.ts'
import { errorView, instant, jsonOf, jsonOrNull } from '../columns.ts'
import type { Database, Tx } from '../database.ts'
import { appendJournal } from '../journal.ts'
import { parseRow, parseRows } from '../rows.ts'

const connectionRow = z
  .object({
    id: z.string().transform(connectionId),
    name: z.string(),
    system: z.enum(systemNames),
    url: z.string(),
    mark: z.enum(connectionMarks),
    auth: z.enum(authKinds),
    keep: z.enum(['keychain', 'session']),
    origin: z.string().nullable(),
    output_maps: jsonOf(z.array(z.object({ server: z.string(), local: z.string() }))),
    certificate_sha256: z.string().nullable(),
    sign_in_state: z.enum(['ok', 'refused', 'expired', 'unknown']),
    sign_in_expires_at: instant.nullable(),
    sign_in_error: jsonOf(errorView).nullable(),
    sign_in_changed_at: instant,
    created_at: instant,
    removed_at: instant.nullable(),
  })
  .transform(
    (row): Connection => ({
      id: row.id,
      name: row.name,
      system: row.system,
      url: row.url,
      mark: row.mark,
      auth: row.auth,
      keep: row.keep,
      origin: row.origin,
      outputMaps: row.output_maps,
      certificateSha256: row.certificate_sha256,
      signIn: {
        state: row.sign_in_state,
        expiresAt: row.sign_in_expires_at,
        error: row.sign_in_error,
        changedAt: row.sign_in_changed_at,
      },
      createdAt: row.created_at,
      removedAt: row.removed_at,
    }),
  )

const stateRow = z.object({ sign_in_state: z.string() })
const table = 'connections'

export function createConnectionsRepository(
  database: Database,
  clock: Clock,
  log: Log,
): ConnectionsRepository {
  return {
    all: async () =>
      parseRows(database.all('SELECT * FROM connections ORDER BY name_key, id'), connectionRow, table, log),
    find: async id =>
      parseRow(database.get('SELECT * FROM connections WHERE id = ?', id), connectionRow, table, log),
    async save(connection, why) {
      database.transaction(tx => {
        if (connection.removedAt === null) refuseTakenName(tx, connection)
        const before = tx.get('SELECT sign_in_state FROM connections WHERE id = ?', connection.id)
        write(tx, connection)
        appendJournal(tx, {
          at: clock.now(),
          entity: 'connection',
          entityId: connection.id,
          from: before === undefined ? null : stateRow.parse(before).sign_in_state,
          to: connection.removedAt === null ? connection.signIn.state : 'removed',
          why,
        })
      })
    },
  }
}

/** Looked at in the transaction that writes: two processes may add one name at the same time. */
function refuseTakenName(tx: Tx, { id, name }: Connection): void {
  const other = tx.get(
    'SELECT id FROM connections WHERE name_key = ? AND id <> ? AND removed_at IS NULL',
    nameKey(name),
    id,
  )
  if (other !== undefined) throw new AppError('name-taken', { facts: { name } })
}

function write(tx: Tx, { signIn, ...connection }: Connection): void {
  tx.run(
    `INSERT INTO connections (id, name, name_key, system, url, mark, auth, keep, origin, output_maps,
       certificate_sha256, sign_in_state, sign_in_expires_at, sign_in_error, sign_in_changed_at, created_at, removed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, url = excluded.url,
       mark = excluded.mark, auth = excluded.auth, keep = excluded.keep, origin = excluded.origin,
       output_maps = excluded.output_maps, certificate_sha256 = excluded.certificate_sha256,
       sign_in_state = excluded.sign_in_state, sign_in_expires_at = excluded.sign_in_expires_at,
       sign_in_error = excluded.sign_in_error, sign_in_changed_at = excluded.sign_in_changed_at,
       removed_at = excluded.removed_at`,
    connection.id,
    connection.name,
    nameKey(connection.name),
    connection.system,
    connection.url,
    connection.mark,
    connection.auth,
    connection.keep,
    connection.origin,
    JSON.stringify(connection.outputMaps),
    connection.certificateSha256,
    signIn.state,
    signIn.expiresAt,
    jsonOrNull(signIn.error),
    signIn.changedAt,
    connection.createdAt,
    connection.removedAt,
  )
}
