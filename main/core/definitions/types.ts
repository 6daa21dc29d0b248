import type { Destination } from '../../../preload/contract/types.ts'
import type { ConnectionId, DefinitionId, RemoteId } from '../ids.ts'
import type { KeptRequest } from '../systems/system.ts'

/** A definition we know of, and what the user decided for it. Rows are never deleted: history names them. */
export type Definition = {
  readonly id: DefinitionId
  readonly connectionId: ConnectionId
  /** The server's id; one of our own where we keep the definition. */
  readonly remoteId: RemoteId
  readonly name: string
  /** Who keeps it: the server, or we. `others` stands for the connection's jobs that belong to no definition. */
  readonly kind: 'server' | 'kept' | 'others'
  /** What is asked of the system, where we keep the definition. */
  readonly request: KeptRequest | null
  /** The system no longer lists it, or the user removed it. */
  readonly removed: boolean
  readonly destination: Destination | null
  /** Deliver jobs that were started elsewhere too. */
  readonly watch: boolean
  /** The tray offers it first. */
  readonly favourite: boolean
}

export interface DefinitionsRepository {
  all(): Promise<readonly Definition[]>
  ofConnection(id: ConnectionId): Promise<readonly Definition[]>
  find(id: DefinitionId): Promise<Definition | null>
  /** Those of a connection whose jobs are looked for although nobody here started one. */
  watched(id: ConnectionId): Promise<readonly Definition[]>
  save(definitions: readonly Definition[]): Promise<void>
}
