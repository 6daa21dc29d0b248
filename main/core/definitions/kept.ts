import type { NewDefinition } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { checkedName, nameKey } from '../connections/name.ts'
import type { ConnectionsRepository } from '../connections/types.ts'
import { AppError } from '../errors.ts'
import { type ConnectionId, definitionId, remoteId } from '../ids.ts'
import type { Ids } from '../ports.ts'
import type { KnownSystem } from '../systems/system.ts'
import type { Definition, DefinitionsRepository } from './types.ts'

export type KeptParts = {
  readonly definitions: DefinitionsRepository
  readonly connections: Pick<ConnectionsRepository, 'find'>
  readonly system: (name: SystemName) => KnownSystem
  readonly ids: Ids
}

/** A definition that we keep, new. Throws `not-supported` where the server keeps them, `bad-input`, `name-taken`. */
export async function keptDefinition(
  parts: KeptParts,
  connectionId: ConnectionId,
  wanted: NewDefinition,
): Promise<Definition> {
  const checked = await check(parts, connectionId, wanted, null)
  const id = parts.ids.next('definition')
  return {
    ...checked,
    id: definitionId(id),
    remoteId: remoteId(id),
    connectionId,
    kind: 'kept',
    removed: false,
    destination: null,
    watch: false,
    favourite: false,
  }
}

/** The same definition with another name or request. */
export async function changedKept(
  parts: KeptParts,
  definition: Definition,
  wanted: NewDefinition,
): Promise<Definition> {
  refuseUnkept(definition)
  return { ...definition, ...(await check(parts, definition.connectionId, wanted, definition.id)) }
}

/** The same definition, there again. Its name may have been given to another one meanwhile. */
export async function restoredKept(parts: KeptParts, definition: Definition): Promise<Definition> {
  const { name, request } = definition
  refuseUnkept(definition)
  await check(parts, definition.connectionId, { name, request: request ?? {} }, definition.id)
  return { ...definition, removed: false }
}

export function refuseUnkept({ kind }: Definition): void {
  if (kind !== 'kept') throw new AppError('not-supported', { facts: { what: 'definition' } })
}

async function check(
  { connections, definitions, system }: KeptParts,
  connectionId: ConnectionId,
  wanted: NewDefinition,
  self: Definition['id'] | null,
): Promise<Pick<Definition, 'name' | 'request'>> {
  const connection = await connections.find(connectionId)
  if (!connection || connection.removedAt !== null) {
    throw new AppError('not-found', { facts: { what: 'connection' } })
  }
  const { capabilities, readRequest } = system(connection.system)
  if (capabilities.definitions !== 'kept') {
    throw new AppError('not-supported', { facts: { what: 'definition', system: connection.system } })
  }
  const request = readRequest(wanted.request)
  const name = checkedName(wanted.name)
  const others = await definitions.ofConnection(connectionId)
  const taken = others.some(
    other => other.id !== self && !other.removed && nameKey(other.name) === nameKey(name),
  )
  if (taken) throw new AppError('name-taken', { facts: { name } })
  return { name, request }
}
