import type { Definition, DefinitionsRepository } from '../../main/core/definitions/types.ts'
import { connectionId, definitionId, remoteId } from '../../main/core/ids.ts'

export function aDefinition(patch: Partial<Definition> = {}): Definition {
  return {
    id: definitionId('definition-a'),
    connectionId: connectionId('connection-a'),
    remoteId: remoteId('SAE'),
    name: 'Standard Accounting Extract',
    kind: 'server',
    request: null,
    removed: false,
    destination: null,
    watch: false,
    favourite: false,
    ...patch,
  }
}

export function memoryDefinitions(...initial: readonly Definition[]): DefinitionsRepository {
  const rows = new Map(initial.map(definition => [definition.id, definition]))
  return {
    all: async () => [...rows.values()],
    ofConnection: async id => [...rows.values()].filter(definition => definition.connectionId === id),
    watched: async id =>
      [...rows.values()].filter(
        ({ connectionId, watch, removed }) => connectionId === id && watch && !removed,
      ),
    find: async id => rows.get(id) ?? null,
    async save(definitions) {
      for (const definition of definitions) rows.set(definition.id, definition)
    },
  }
}
