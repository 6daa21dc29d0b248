import { isAppError } from '../errors.ts'
import type { ConnectionId } from '../ids.ts'
import type { Session, SignedIn, System } from '../systems/system.ts'
import { addMillis, type Instant, type Millis, minutes } from '../time.ts'
import { type KeepAliveParts, keptAlive } from './keep-alive.ts'
import { createLeaving } from './leaving.ts'
import { createSavedSignIns, type Rejection, type SavedSignInParts } from './saved-sign-in.ts'
import { rejectedThoughFresh, sessionOf } from './signing-in.ts'
import type { Connection, Sessions } from './types.ts'

export interface SessionPool extends Sessions {
  /** Uses this sign-in from now on, of the connection as it was saved with it. */
  adopt(connection: Connection, signedIn: SignedIn): void
  /** The next use signs in anew; this one is signed out. */
  forget(id: ConnectionId): void
  /** A session that came to nothing is signed out. */
  leave(connection: Connection, session: Session, system: System): void
  /** Signs out of everything, at the end of the process; takes a few seconds at most. */
  close(): Promise<void>
}

export type SessionPoolParts = SavedSignInParts & Pick<KeepAliveParts, 'busy'>

/** One signed-in connection, in the memory of this process alone. */
type Held = {
  readonly session: Session
  readonly system: System
  /** Of the row that it was made from: new secrets or another state make it void, in whatever process they came. */
  readonly changedAt: Instant
  readonly renewAt: Instant | null
  /** Made by signing in; a token that the user gave is theirs, and is not ended with us. */
  readonly isOurs: boolean
  /** No more is done to keep it. */
  readonly release: () => void
}

/** A token is renewed so long before its end that no call meets it. */
const margin: Millis = minutes(1)

/**
 * One session a connection, shared by all callers, made when first needed and renewed shortly before its token ends
 * or when the system rejects it. Every use looks at the row first, so that what another process found out counts.
 */
export function createSessions(parts: SessionPoolParts): SessionPool {
  const { usable, signIn } = createSavedSignIns(parts)
  const leaving = createLeaving(parts)
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
    drop(id, rejection === null)
    const { connection, signedIn } = await signIn(id, rejection)
    return hold(connection, signedIn)
  }

  function hold(connection: Connection, signedIn: SignedIn): Held {
    const { id } = connection
    drop(id, true)
    const { session, system } = sessionOf(parts, connection, signedIn)
    const made: Held = {
      session,
      system,
      changedAt: connection.signIn.changedAt,
      renewAt: renewalOf(signedIn.sessionExpiresAt, parts.clock.now()),
      isOurs: connection.auth !== 'access-token',
      release: keptAlive(parts, id, session, system, () => held.get(id) === made && drop(id, false)),
    }
    held.set(id, made)
    return made
  }

  /** @param isAlive the system has not said that it is over */
  function drop(id: ConnectionId, isAlive: boolean): void {
    const known = held.get(id)
    if (!known) return
    held.delete(id)
    known.release()
    if (isAlive && known.isOurs) leaving.leave(known.session, known.system)
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
    forget: id => drop(id, true),
    leave: ({ auth }, session, system) => auth !== 'access-token' && leaving.leave(session, system),
    async close() {
      for (const id of [...held.keys()]) drop(id, true)
      await leaving.left()
    },
  }
}

/** A tenth of a token that lives shorter than ten minutes, so that there is always something left to use. */
function renewalOf(expiresAt: Instant | null, now: Instant): Instant | null {
  return expiresAt === null ? null : addMillis(expiresAt, -Math.min(margin, (expiresAt - now) / 10))
}
