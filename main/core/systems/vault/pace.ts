import { type Millis, minutes } from '../../time.ts'
import type { Session } from '../system.ts'

/** The window of a vault's burst limit. */
const burstWindow = minutes(5)

/** What the calls of one sign-in have in common is its `own`. */
export type Paced = Pick<Session, 'own' | 'turn'>

export type Pace = {
  /** Waits until the next call may go out. */
  before(session: Paced): Promise<void>
  /** Reads what an answer says of the vault's burst limit. */
  note(session: Paced, headers: Readonly<Record<string, string>>): void
}

/**
 * Keeps us from using more than half of a vault's burst limit, which all of its integrations share. While three
 * quarters of it are left calls go out as they come, so at most a quarter of it; below that they are spaced so that a
 * window holds another quarter at most. A vault that is slowing us down already is asked no faster than it answers.
 * Where the spacing came from is forgotten with the process; the turns themselves are not (Session.turn).
 */
export function createPace(): Pace {
  const spacings = new WeakMap<object, Millis>()
  return {
    async before(session) {
      const spacing = spacings.get(session.own) ?? 0
      if (spacing > 0) await session.turn('call', spacing)
    },
    note(session, headers) {
      const spacing = spacingOf(headers)
      if (spacing !== null) spacings.set(session.own, spacing)
    },
  }
}

/** How far apart calls have to be, by an answer's headers; null where they say nothing. */
export function spacingOf(headers: Readonly<Record<string, string>>): Millis | null {
  const limit = numberIn(headers['x-vaultapi-burstlimit'])
  const remaining = numberIn(headers['x-vaultapi-burstlimitremaining'])
  const delay = numberIn(headers['x-vaultapi-responsedelay'])
  if (limit === null || remaining === null || limit <= 0) return delay
  const spaced = remaining > (limit * 3) / 4 ? 0 : Math.ceil(burstWindow / (limit / 4))
  return Math.max(spaced, delay ?? 0)
}

function numberIn(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,9}$/.test(header.trim()) ? Number(header) : null
}
