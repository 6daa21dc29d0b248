import type { ConnectionId, DefinitionId } from '../ids.ts'
import type { RemoteDefinition } from '../systems/system.ts'
import type { Definition } from './types.ts'

/**
 * The rows that a connection has after the system listed its definitions: new ones added, names as they are now,
 * what is listed no more marked as removed (and back again, where it returns). What the user decided stays.
 */
export function refreshed(
  connectionId: ConnectionId,
  known: readonly Definition[],
  remote: readonly RemoteDefinition[],
  newId: () => DefinitionId,
): readonly Definition[] {
  const listed = new Map(remote.map(definition => [definition.id, definition.name]))
  const kept = known.map(definition => {
    if (definition.kind !== 'server') return definition
    const name = listed.get(definition.remoteId)
    return { ...definition, name: name ?? definition.name, removed: name === undefined }
  })
  const knownIds = new Set(known.map(definition => definition.remoteId))
  const added = [...listed]
    .filter(([id]) => !knownIds.has(id))
    .map(
      ([remoteId, name]): Definition => ({
        id: newId(),
        connectionId,
        remoteId,
        name,
        kind: 'server',
        request: null,
        removed: false,
        destination: null,
        watch: false,
        favourite: false,
      }),
    )
  return [...kept, ...added]
}
