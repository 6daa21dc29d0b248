import { AppError, errorView, isAppError } from '../errors.ts'
import type { Events } from '../events.ts'
import type { ConnectionId } from '../ids.ts'
import type { Clock, Leases, Log, SecretBundle } from '../ports.ts'
import type { SignedIn } from '../systems/system.ts'
import { addMillis, type Instant } from '../time.ts'
import type { SecretStore } from './secret-store.ts'
import { underSignInLease } from './sign-in-lease.ts'
import { rejectedForGood, type SigningIn, signInWith, stateAfter } from './signing-in.ts'
import type { Connection, ConnectionsRepository } from './types.ts'

export type SavedSignInParts = SigningIn & {
  readonly connections: ConnectionsRepository
  readonly store: SecretStore
  readonly leases: Leases
  readonly clock: Clock
  readonly events: Events
  readonly log: Log
}

/** A token that a system rejected, by the row that it was made from. */
export type Rejection = { readonly changedAt: Instant; readonly error: AppError }

export type SavedSignIn = { readonly connection: Connection; readonly signedIn: SignedIn }

export interface SavedSignIns {
  /** The connection, where it may be used. Throws `not-found`, or `sign-in-waiting` where it waits for the user. */
  usable(id: ConnectionId): Promise<Connection>
  /** Signs in with what is stored, as the only one in all processes, and writes down what came of it. */
  signIn(id: ConnectionId, rejection: Rejection | null): Promise<SavedSignIn>
}

/**
 * Signing in with stored secrets. Under the lease the row and the secrets are read again: another process may have
 * rotated the token, or been refused, meanwhile.
 *
 *   read row, secrets ─► ask the system ─► secrets stored ─► row saved ─► the token may be used
 *                              ├─ refused, expired: the row says so; nothing is tried before the user acts (rule 8)
 *                              └─ anything else: thrown, the row stays as it is
 *
 * A rotated secret is stored before its token is used, since that use is what ends the old one: killed anywhere in
 * between, the next start signs in with what the keychain holds.
 */
export function createSavedSignIns(parts: SavedSignInParts): SavedSignIns {
  const { connections, store, clock, events, log } = parts
  /** Refusals by the row they were met with, where the database could not take them: a full disk must not lock accounts. */
  const refusedHere = new Map<ConnectionId, Instant>()

  async function usable(id: ConnectionId): Promise<Connection> {
    const connection = await connections.find(id)
    if (!connection || connection.removedAt !== null) throw new AppError('not-found')
    const { state, error, changedAt } = connection.signIn
    if (state === 'refused' || state === 'expired' || refusedHere.get(id) === changedAt) {
      throw new AppError('sign-in-waiting', { facts: { connection: connection.name }, said: error?.said })
    }
    return connection
  }

  /** Null where another process overtook us: what it stored is newer, and what we got says nothing of that. */
  async function attempt(id: ConnectionId, rejection: Rejection | null): Promise<SavedSignIn | null> {
    const connection = await usable(id)
    // Nothing can renew a token that the user gave: asking again with it would be a second attempt.
    if (connection.auth === 'access-token' && rejection?.changedAt === connection.signIn.changedAt) {
      throw await gaveUp(connection, rejectedForGood(rejection.error, true))
    }
    const secrets = await stored(connection)
    const outcome = await signInWith(parts, connection, secrets).then(
      signedIn => ({ signedIn }),
      (error: unknown) => ({ error }),
    )
    if (await overtaken(connection, secrets)) return null
    if ('error' in outcome) throw await gaveUp(connection, outcome.error)
    return { connection: await settled(connection, outcome.signedIn), signedIn: outcome.signedIn }
  }

  async function stored(connection: Connection): Promise<SecretBundle> {
    try {
      const secrets = await store.get(connection)
      if (secrets) return secrets
      throw new AppError('secrets-missing')
    } catch (error) {
      throw await gaveUp(connection, error)
    }
  }

  /**
   * A lease is no proof: this computer may have slept between asking and being answered. Another process's refresh
   * would then make an old token look refused, or be overwritten by its predecessor.
   */
  async function overtaken(connection: Connection, used: SecretBundle): Promise<boolean> {
    try {
      return !sameSecrets(await store.get(connection), used)
    } catch (error) {
      // A keychain that was locked meanwhile must not hide a refusal.
      if (isAppError(error)) return false
      throw error
    }
  }

  async function settled(connection: Connection, signedIn: SignedIn): Promise<Connection> {
    const place = signedIn.keep ? await store.set(connection, signedIn.keep) : connection.keep
    const saved = keptIn(place, afterSignIn(connection, signedIn, clock.now()))
    if (saved !== connection) await record(saved, 'signed in')
    const facts = { connection: connection.id, origin: signedIn.origin, rotated: signedIn.keep !== null }
    log.write('info', 'sign-in.done', facts)
    return saved
  }

  /** Writes down what a failed sign-in means for the connection, and returns the error. */
  async function gaveUp(connection: Connection, error: unknown): Promise<unknown> {
    const { id, keep, signIn } = connection
    log.write('warn', 'sign-in.failed', { connection: id, error: errorView(error) })
    const waits = stateAfter(error)
    // Secrets that left the keychain are news, once. Those in another process's memory never were here.
    const gone =
      isAppError(error, 'secrets-missing') && keep === 'keychain' && signIn.error?.code !== error.code
    if (!waits && !gone) return error
    if (waits) refusedHere.set(id, signIn.changedAt)
    const failed: Connection['signIn'] = {
      ...signIn,
      state: waits ?? 'unknown',
      error: errorView(error),
      changedAt: changedAfter(connection, clock.now()),
    }
    try {
      await record({ ...connection, signIn: failed }, `sign-in ${failed.state}`)
    } catch (failure) {
      log.write('error', 'sign-in.state-not-saved', { connection: id, error: errorView(failure) })
    }
    events.publish({ kind: 'needs-you', need: 'sign-in', subjectId: id })
    return error
  }

  async function record(connection: Connection, why: string): Promise<void> {
    await connections.save(connection, why)
    events.publish({ kind: 'connections-changed' })
  }

  return {
    usable,
    async signIn(id, rejection) {
      for (;;) {
        const done = await underSignInLease(parts, id, () => attempt(id, rejection))
        if (done) return done
      }
    },
  }
}

/**
 * The connection as a sign-in leaves it; the same object where that is as it was. `changedAt` moves with the state
 * alone: sessions of other processes stay good when this one refreshes its token.
 */
export function afterSignIn(connection: Connection, signedIn: SignedIn, now: Instant): Connection {
  const { signIn } = connection
  const { origin, keep, secretsExpireAt } = signedIn
  // A token that the user gave does not live longer for being used once more.
  const known = connection.auth === 'access-token' ? signIn.expiresAt : null
  const expiresAt = known ?? secretsExpireAt ?? (keep ? null : signIn.expiresAt)
  const wasOk = signIn.state === 'ok'
  if (wasOk && expiresAt === signIn.expiresAt && origin === connection.origin) return connection
  const changedAt = wasOk ? signIn.changedAt : changedAfter(connection, now)
  return {
    ...connection,
    origin,
    signIn: { state: 'ok', expiresAt, error: wasOk ? signIn.error : null, changedAt },
  }
}

/** Secrets that the keychain was to have, and did not keep: the sign-in is good until quit, and the row says why. */
export function keptIn(place: Connection['keep'], connection: Connection): Connection {
  if (place === connection.keep) return connection
  const { signIn } = connection
  return { ...connection, keep: place, signIn: { ...signIn, error: { code: 'keychain-forgets', facts: {} } } }
}

/** Two states never have one time: not within a millisecond, nor after the clock was set back. */
const changedAfter = ({ signIn }: Connection, now: Instant): Instant =>
  now > signIn.changedAt ? now : addMillis(signIn.changedAt, 1)

function sameSecrets(a: SecretBundle | null, b: SecretBundle): boolean {
  if (!a) return false
  const fields = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...fields].every(field => a[field] === b[field])
}
