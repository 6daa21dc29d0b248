import type { Destination } from '../../../preload/contract/types.ts'
import type { ConnectionId, DefinitionId, RemoteId } from '../ids.ts'

/** A definition we know of, and what the user decided for it. Rows are never deleted: history names them. */
export type Definition = {
  readonly id: DefinitionId
  readonly connectionId: ConnectionId
  readonly remoteId: RemoteId
  readonly name: string
  /** The system no longer lists it. */
  readonly removed: boolean
  readonly destination: Destination | null
  /** Deliver jobs that were started elsewhere too. */
  readonly watch: boolean
}

export interface DefinitionsRepository {
  all(): Promise<readonly Definition[]>
  ofConnection(id: ConnectionId): Promise<readonly Definition[]>
  find(id: DefinitionId): Promise<Definition | null>
  save(definitions: readonly Definition[]): Promise<void>
}
