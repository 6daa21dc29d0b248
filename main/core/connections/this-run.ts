import type { ConnectionId } from '../ids.ts'
import type { SecretBundle } from '../ports.ts'
import type { SecretStore } from './secret-store.ts'
import type { Connection, ConnectionsRepository } from './types.ts'

/**
 * Secrets for one run (cli.md, `--secrets-for-this-run`): in memory, and nothing that they bring about is stored. The
 * saved connection stays as it is: neither do its own secrets change, nor does it wait for the user where these were
 * refused; and where it waits for the user already, these are tried all the same, once.
 */
export interface ThisRun {
  /** This connection signs in with these from now on. */
  signInWith(id: ConnectionId, secrets: SecretBundle): void
  /** These are about to be proved; where something else is kept of them in the end, they were replaced. */
  prove(secrets: SecretBundle): void
  /** The system gave others in their place, which nobody keeps. */
  replaced(): boolean
  /** The row as this run sees it. */
  connections(repository: ConnectionsRepository): ConnectionsRepository
  store(store: SecretStore): SecretStore
}

type SignIn = Pick<Connection, 'signIn' | 'origin'>

export function createThisRun(): ThisRun {
  const bundles = new Map<ConnectionId, SecretBundle>()
  const states = new Map<ConnectionId, SignIn>()
  let given: SecretBundle | null = null
  let replaced = false

  const seen = (row: Connection): Connection => {
    if (!bundles.has(row.id)) return row
    const { changedAt } = row.signIn
    const state: SignIn = states.get(row.id) ?? {
      origin: row.origin,
      signIn: { state: 'unknown', expiresAt: null, error: null, changedAt },
    }
    return { ...row, keep: 'session', ...state }
  }

  return {
    signInWith(id, secrets) {
      given = secrets
      bundles.set(id, secrets)
    },
    prove(secrets) {
      given = secrets
    },
    replaced: () => replaced,
    connections: repository => ({
      all: async () => (await repository.all()).map(seen),
      find: async id => {
        const row = await repository.find(id)
        return row && seen(row)
      },
      async save(connection, why) {
        const { id, signIn, origin } = connection
        if (bundles.has(id)) states.set(id, { signIn, origin })
        else await repository.save(connection, why)
      },
    }),
    store: store => ({
      ...store,
      async get(owner) {
        const bundle = bundles.get(owner.id)
        if (bundle === undefined) return store.get(owner)
        store.mask(bundle)
        return bundle
      },
      async set(owner, secrets) {
        if (given !== null && owner.keep === 'session' && !sameTexts(given, secrets)) replaced = true
        if (!bundles.has(owner.id)) return store.set(owner, secrets)
        store.mask(secrets)
        bundles.set(owner.id, secrets)
        return owner.keep
      },
      async place(owner) {
        return bundles.has(owner.id) ? 'session' : store.place(owner)
      },
    }),
  }
}

const sameTexts = (a: SecretBundle, b: SecretBundle): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(name => a[name] === b[name])
