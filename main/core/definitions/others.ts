import { type ConnectionId, definitionId, remoteId } from '../ids.ts'
import type { Ids } from '../ports.ts'
import type { Definition, DefinitionsRepository } from './types.ts'

/** No system and no request has this id. */
const othersId = remoteId('*')

/**
 * The definition that stands for a connection's jobs of no definition: those that somebody asked us to watch or to
 * save by their id. Nothing is ever started by it.
 */
export async function othersOf(
  { definitions, ids }: { readonly definitions: DefinitionsRepository; readonly ids: Ids },
  connectionId: ConnectionId,
): Promise<Definition> {
  const found = async () =>
    (await definitions.ofConnection(connectionId)).find(({ kind }) => kind === 'others')
  const known = await found()
  if (known) return known
  const made: Definition = {
    id: definitionId(ids.next('definition')),
    connectionId,
    remoteId: othersId,
    name: 'Other jobs',
    kind: 'others',
    request: null,
    removed: false,
    destination: null,
    watch: false,
    favourite: false,
  }
  await definitions.save([made])
  // Another process may have been quicker: its row is the one that stands.
  return (await found()) ?? made
}
