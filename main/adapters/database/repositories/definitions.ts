import { z } from 'zod'
import type { Definition, DefinitionsRepository } from '../../../core/definitions/types.ts'
import { connectionId, definitionId, remoteId } from '../../../core/ids.ts'
import type { Log } from '../../../core/ports.ts'
import { destination, flag, jsonOf, jsonOrNull } from '../columns.ts'
import type { Database } from '../database.ts'
import { parseRow, parseRows } from '../rows.ts'

const definitionRow = z
  .object({
    id: z.string().transform(definitionId),
    connection_id: z.string().transform(connectionId),
    remote_id: z.string().transform(remoteId),
    name: z.string(),
    kind: z.enum(['server', 'kept', 'others']),
    request: jsonOf(z.record(z.string(), z.unknown())).nullable(),
    removed: flag,
    destination: jsonOf(destination).nullable(),
    watch: flag,
    favourite: flag,
  })
  .transform(
    ({ connection_id, remote_id, ...row }): Definition => ({
      ...row,
      connectionId: connection_id,
      remoteId: remote_id,
    }),
  )

export function createDefinitionsRepository(database: Database, log: Log): DefinitionsRepository {
  const read = (rows: readonly unknown[]) => parseRows(rows, definitionRow, 'definitions', log)
  return {
    all: async () => read(database.all('SELECT * FROM definitions ORDER BY connection_id, name')),
    ofConnection: async id =>
      read(database.all('SELECT * FROM definitions WHERE connection_id = ? ORDER BY name', id)),
    find: async id =>
      parseRow(database.get('SELECT * FROM definitions WHERE id = ?', id), definitionRow, 'definitions', log),
    watched: async id =>
      read(
        database.all('SELECT * FROM definitions WHERE connection_id = ? AND watch = 1 AND removed = 0', id),
      ),
    // What another process added meanwhile stays: its row has the id that jobs may name already.
    async save(definitions) {
      database.transaction(tx => {
        for (const definition of definitions) {
          tx.run(
            `INSERT INTO definitions (id, connection_id, remote_id, name, kind, request, removed, destination, watch,
               favourite)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, request = excluded.request, removed = excluded.removed,
               destination = excluded.destination, watch = excluded.watch, favourite = excluded.favourite
             ON CONFLICT (connection_id, remote_id) DO NOTHING`,
            definition.id,
            definition.connectionId,
            definition.remoteId,
            definition.name,
            definition.kind,
            jsonOrNull(definition.request),
            definition.removed ? 1 : 0,
            jsonOrNull(definition.destination),
            definition.watch ? 1 : 0,
            definition.favourite ? 1 : 0,
          )
        }
      })
    },
  }
}
