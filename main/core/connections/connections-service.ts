import type { ConnectionView, NewConnection } from '../../../preload/contract/types.ts'
import type { ConnectionsService } from '../desk.ts'
import { AppError, errorView, isAppError } from '../errors.ts'
import { type ConnectionId, connectionId } from '../ids.ts'
import { checkConnectionUrl } from '../policy/url.ts'
import type { Ids, SecretBundle } from '../ports.ts'
import type { SignedIn } from '../systems/system.ts'
import { connectionView } from './connection-view.ts'
import { checkedName, nameKey } from './name.ts'
import { afterSignIn, keptIn, type SavedSignInParts } from './saved-sign-in.ts'
import type { SessionPool } from './sessions.ts'
import { underSignInLease } from './sign-in-lease.ts'
import { rejectedForGood, rejectedThoughFresh, sessionOf, signInWith } from './signing-in.ts'
import type { Connection } from './types.ts'

export type ConnectionsServiceParts = SavedSignInParts & { readonly sessions: SessionPool; readonly ids: Ids }

/** Secrets that work, and what they gave. */
type Proof = { readonly secrets: SecretBundle; readonly signedIn: SignedIn; readonly given: string }

export function createConnectionsService(parts: ConnectionsServiceParts): ConnectionsService {
  const { connections, store, sessions, systems, clock, ids, events, log } = parts
  /**
   * What secrets became in a proof that failed later on, say in listing the definitions: typed once more, a refresh
   * token that rotated stands for its successor. In memory, since nothing is saved where a proof fails.
   */
  const successors = new Map<string, SecretBundle>()

  const view = async (connection: Connection): Promise<ConnectionView> =>
    connectionView(connection, await store.place(connection))

  async function found(id: ConnectionId): Promise<Connection> {
    const connection = await connections.find(id)
    if (!connection || connection.removedAt !== null) throw new AppError('not-found')
    return connection
  }

  async function checkNameFree(name: string): Promise<void> {
    const taken = (await connections.all()).some(
      other => other.removedAt === null && nameKey(other.name) === nameKey(name),
    )
    if (taken) throw new AppError('name-taken', { facts: { name } })
  }

  async function draft({ system, mark, auth, keep, ...input }: NewConnection): Promise<Connection> {
    if (!systems.of(system).capabilities.authKinds.includes(auth)) {
      throw new AppError('bad-input', { facts: { field: 'auth' } })
    }
    const name = checkedName(input.name)
    const url = checkConnectionUrl(input.url, mark).href.replace(/\/$/, '')
    await checkNameFree(name)
    const now = clock.now()
    return {
      id: connectionId(ids.next('connection')),
      name,
      system,
      url,
      mark,
      auth,
      keep,
      origin: null,
      outputMaps: input.outputMaps ?? [],
      certificateSha256: input.certificateSha256 ?? null,
      signIn: { state: 'unknown', expiresAt: null, error: null, changedAt: now },
      createdAt: now,
      removedAt: null,
    }
  }

  /** Signs in once and lists the definitions, which is what the account must be able to do. */
  async function prove(connection: Connection, typed: SecretBundle): Promise<Proof> {
    const given = JSON.stringify([connection.url, connection.auth, typed])
    const secrets = successors.get(given) ?? typed
    store.mask(secrets)
    const signedIn = await signInWith(parts, connection, secrets)
    if (signedIn.keep) successors.set(given, signedIn.keep)
    const { session, system } = sessionOf(parts, connection, signedIn)
    try {
      await system.probe(session)
    } catch (error) {
      if (!isAppError(error, 'session-expired')) {
        sessions.leave(connection, session, system)
        throw error
      }
      const meant =
        connection.auth === 'access-token' ? rejectedForGood(error, false) : rejectedThoughFresh(error)
      parts.refused.note(connection, secrets, meant)
      throw meant
    }
    return { secrets: signedIn.keep ?? secrets, signedIn, given }
  }

  /** Secrets first: a row without secrets asks the user for them, secrets without a row are found by nobody. */
  async function keep(
    connection: Connection,
    { secrets, signedIn }: Proof,
    why: string,
  ): Promise<Connection> {
    const place = await store.set(connection, secrets)
    const kept = keptIn(place, afterSignIn(connection, signedIn, clock.now()))
    await save(kept, why)
    return kept
  }

  function use(kept: Connection, { signedIn, given }: Proof): Promise<ConnectionView> {
    successors.delete(given)
    sessions.adopt(kept, signedIn)
    return view(kept)
  }

  async function save(connection: Connection, why: string): Promise<void> {
    await connections.save(connection, why)
    events.publish({ kind: 'connections-changed' })
  }

  /** Another process may sign in at this moment and save the same row; sessions made of the old one are void. */
  const changed = (
    id: ConnectionId,
    why: string,
    change: (connection: Connection) => Connection,
  ): Promise<ConnectionView> =>
    underSignInLease(parts, id, async () => {
      const before = await found(id)
      const { signIn, ...rest } = change(before)
      const after = { ...rest, signIn: { ...signIn, changedAt: clock.now() } }
      await save(after, why)
      sessions.forget(id)
      return view(after)
    })

  /** Takes back secrets whose row could not be saved. What made that fail is what the user has to know. */
  async function takeBack(connection: Connection): Promise<void> {
    try {
      await store.delete(connection)
      await store.sweep(connection)
    } catch (error) {
      log.write('error', 'connection.secrets-left', { connection: connection.id, error: errorView(error) })
    }
  }

  return {
    async list() {
      const all = (await connections.all()).filter(({ removedAt }) => removedAt === null)
      return Promise.all(all.map(view))
    },

    async add(input) {
      const connection = await draft(input)
      await store.checkReady(connection.keep)
      const proof = await prove(connection, input.secrets)
      const added = await keep(connection, proof, 'added').catch(async (error: unknown) => {
        await takeBack(connection)
        throw error
      })
      return use(added, proof)
    },

    async test(id) {
      sessions.forget(id)
      await sessions.with(id, (session, system) => system.probe(session))
      return view(await found(id))
    },

    signIn: (id, secrets, place) =>
      underSignInLease(parts, id, async () => {
        const before = await found(id)
        await store.checkReady(place)
        const proof = await prove({ ...before, origin: null }, secrets)
        const waiting: Connection = {
          ...before,
          keep: place,
          signIn: { ...before.signIn, state: 'unknown', expiresAt: null },
        }
        const renewed = await keep(waiting, proof, 'signed in anew')
        if (before.keep !== renewed.keep) await store.sweep(renewed)
        return use(renewed, proof)
      }),

    remove: id =>
      underSignInLease(parts, id, async () => {
        const connection = await found(id)
        await store.delete(connection)
        await store.sweep(connection)
        sessions.forget(id)
        await save({ ...connection, removedAt: clock.now() }, 'removed')
      }),

    mapFolders: (id, outputMaps) =>
      changed(id, 'folders mapped', connection => {
        if (!systems.of(connection.system).capabilities.filesInFolders) {
          throw new AppError('not-supported', { facts: { system: connection.system } })
        }
        return { ...connection, outputMaps }
      }),

    pin: (id, certificateSha256) =>
      changed(id, 'certificate pinned', connection => ({ ...connection, certificateSha256 })),
  }
}
