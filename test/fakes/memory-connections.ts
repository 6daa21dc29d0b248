import type { Connection, ConnectionsRepository } from '../../main/core/connections/types.ts'
import { connectionId } from '../../main/core/ids.ts'
import { fakeStart } from './fake-clock.ts'

export function aConnection(patch: Partial<Connection> = {}): Connection {
  return {
    id: connectionId('connection-a'),
    name: 'Acme EU',
    system: 'concur',
    url: 'https://www.concursolutions.com',
    mark: 'test',
    auth: 'refresh-token',
    keep: 'keychain',
    outputMaps: [],
    certificateSha256: null,
    origin: null,
    signIn: { state: 'ok', expiresAt: null, error: null, changedAt: fakeStart },
    createdAt: fakeStart,
    removedAt: null,
    ...patch,
  }
}

export function memoryConnections(...initial: readonly Connection[]): ConnectionsRepository {
  const rows = new Map(initial.map(connection => [connection.id, connection]))
  return {
    all: async () => [...rows.values()],
    find: async id => rows.get(id) ?? null,
    async save(connection) {
      rows.set(connection.id, connection)
    },
  }
}
