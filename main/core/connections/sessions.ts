import { isAppError } from '../errors.ts'
import type { ConnectionId } from '../ids.ts'
import type { Session, SignedIn, System } from '../systems/system.ts'
import { addMillis, type Instant, type Millis, minutes } from '../time.ts'
import { createSavedSignIns, type Rejection, type SavedSignInParts } from './saved-sign-in.ts'
import { rejectedThoughFresh, sessionOf } from './signing-in.ts'
import type { Connection, Sessions } from './types.ts'

export interface SessionPool extends Sessions {
  /** Uses this sign-in from now on, of the connection as it was saved with it. */
  adopt(connection: Connection, signedIn: SignedIn): void
  /** The next use signs in anew. */
  forget(id: ConnectionId): void
}

/** One signed-in connection, in the memory of this process alone. */
type Held = {
  readonly session: Session
  readonly system: System
  /** Of the row that it was made from: new secrets or another state make it void, in whatever process they came. */
  readonly changedAt: Instant
  readonly renewAt: Instant | null
}

/** A token is renewed so long before its end that no call meets it. */
const margin: Millis = minutes(1)

/**
 * One session a connection, shared by all callers, made when first needed and renewed shortly before its token ends
 * or when the system rejects it. Every use looks at the row first, so that what another process found out counts.
 */
export function createSessions(parts: SavedSignInParts): SessionPool {
  const { usable, signIn } = createSavedSignIns(parts)
  const held = new Map<ConnectionId, Held>()
  const opening = new Map<ConnectionId, Promise<Held>>()

  async function current(id: ConnectionId): Promise<Held> {
    const { changedAt } = (await usable(id)).signIn
    const known = held.get(id)
    if (known?.changedAt !== changedAt) return open(id, null)
    return known.renewAt === null || parts.clock.now() < known.renewAt ? known : open(id, null)
  }

  /** A session in place of the one that was rejected; another caller's, where that one was quicker. */
  async function renewed(id: ConnectionId, rejected: Held, rejection: Rejection): Promise<Held> {
    const known = held.get(id)
    return known && known !== rejected ? current(id) : open(id, rejection)
  }

  /** One at a time; whoever comes meanwhile waits for the same one. */
  function open(id: ConnectionId, rejection: Rejection | null): Promise<Held> {
    const running = opening.get(id) ?? opened(id, rejection).finally(() => opening.delete(id))
    opening.set(id, running)
    return running
  }

  async function opened(id: ConnectionId, rejection: Rejection | null): Promise<Held> {
    held.delete(id)
    const { connection, signedIn } = await signIn(id, rejection)
    return hold(connection, signedIn)
  }

  function hold(connection: Connection, signedIn: SignedIn): Held {
    const made: Held = {
      ...sessionOf(parts, connection, signedIn),
      changedAt: connection.signIn.changedAt,
      renewAt: renewalOf(signedIn.sessionExpiresAt, parts.clock.now()),
    }
    held.set(connection.id, made)
    return made
  }

  return {
    async with(id, work) {
      const first = await current(id)
      try {
        return await work(first.session, first.system)
      } catch (error) {
        if (!isAppError(error, 'session-expired')) throw error
        const second = await renewed(id, first, { changedAt: first.changedAt, error })
        return await work(second.session, second.system).catch((again: unknown) => {
          throw isAppError(again, 'session-expired') ? rejectedThoughFresh(again) : again
        })
      }
    },
    adopt: (connection, signedIn) => void hold(connection, signedIn),
    forget: id => void held.delete(id),
  }
}

/** A tenth of a token that lives shorter than ten minutes, so that there is always something left to use. */
function renewalOf(expiresAt: Instant | null, now: Instant): Instant | null {
  return expiresAt === null ? null : addMillis(expiresAt, -Math.min(margin, (expiresAt - now) / 10))
}
