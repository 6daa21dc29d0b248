import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { AuthKind, ConnectionMark, SignInState, SystemName } from '../../../preload/contract/words.ts'
import type { ConnectionId } from '../ids.ts'
import type { OutputMap, Session, System } from '../systems/system.ts'
import type { Instant } from '../time.ts'

/** A saved connection as the database holds it. No secret is part of it. */
export type Connection = {
  readonly id: ConnectionId
  readonly name: string
  readonly system: SystemName
  readonly url: string
  readonly mark: ConnectionMark
  readonly auth: AuthKind
  readonly keep: 'keychain' | 'session'
  /** The origin that the last sign-in named for calls (Concur: geolocation); null before the first. */
  readonly origin: string | null
  /** Where folders of the server lie for this computer. */
  readonly outputMaps: readonly OutputMap[]
  /** The one certificate (SHA-256, hex) that is trusted for its hosts although nobody vouches for it. */
  readonly certificateSha256: string | null
  readonly signIn: {
    readonly state: SignInState
    readonly expiresAt: Instant | null
    readonly error: ErrorView | null
    /** When the state changed or new secrets came: sessions made of an earlier row are void, in every process. */
    readonly changedAt: Instant
  }
  readonly createdAt: Instant
  /** Removed connections keep their row, so that history and receipts can name them. */
  readonly removedAt: Instant | null
}

export interface ConnectionsRepository {
  all(): Promise<readonly Connection[]>
  find(id: ConnectionId): Promise<Connection | null>
  /** Writes the row and the journal entry in one transaction. */
  save(connection: Connection, why: string): Promise<void>
}

/** Signed-in sessions, made when first needed, renewed once when the system says they ended, shared by all callers. */
export interface Sessions {
  /**
   * Runs `work` with a session of this connection. Where the system answers `session-expired`, signs in again and
   * runs `work` once more; where it rejects that token too, `permission-missing` is thrown. Throws `sign-in-waiting`
   * without any request where the sign-in waits for the user.
   */
  with<T>(id: ConnectionId, work: (session: Session, system: System) => Promise<T>): Promise<T>
}
