import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { SessionSecrets } from '../../../main/adapters/secrets/session-secrets.ts'
import { createConnectionsService } from '../../../main/core/connections/connections-service.ts'
import { createRefusedSecrets } from '../../../main/core/connections/refused-secrets.ts'
import { createSecretStore } from '../../../main/core/connections/secret-store.ts'
import { createSessions } from '../../../main/core/connections/sessions.ts'
import type { Connection, ConnectionsRepository } from '../../../main/core/connections/types.ts'
import { AppError } from '../../../main/core/errors.ts'
import { createEvents, type DeskEvent } from '../../../main/core/events.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import type { SecretBundle } from '../../../main/core/ports.ts'
import type { Session, SignedIn, SignInTarget, System } from '../../../main/core/systems/system.ts'
import { addMillis, hours, minutes } from '../../../main/core/time.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'
import { answersInTurn } from '../../fakes/scripted-http.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

export const url = 'https://www-eu2.api.concursolutions.com'
export const id = connectionId('connection-1')
export const account = 'profile-1/connection-1'
export const typed: SecretBundle = {
  clientId: 'client-one',
  clientSecret: 'secret-one',
  refreshToken: 'refresh-0',
}

export const acme: Connection = {
  id,
  name: 'Acme EU',
  system: 'concur',
  url,
  mark: 'production',
  auth: 'refresh-token',
  keep: 'keychain',
  origin: null,
  outputMaps: [],
  certificateSha256: null,
  signIn: { state: 'ok', expiresAt: null, error: null, changedAt: fakeStart },
  createdAt: fakeStart,
  removedAt: null,
}

/** The system behind the connections: what a sign-in does is up to the test. */
export class FakeSystem {
  readonly signIns: { readonly target: SignInTarget; readonly secrets: SecretBundle }[] = []
  onSignIn: (secrets: SecretBundle, nth: number) => SignedIn | AppError | Promise<SignedIn | AppError> = (
    _,
    nth,
  ) => this.token(nth)
  filesInFolders = true
  /** Jobs of the connection run. */
  busy = false
  /** Null: it keeps no sessions that could be ended, or kept. */
  signOut: System['signOut'] = null
  keepAlive: System['keepAlive'] = null
  onDefinitions: (session: Session) => void = () => {}
  readonly #now: () => typeof fakeStart

  constructor(now: () => typeof fakeStart) {
    this.#now = now
  }

  token(nth: number, more: Partial<SignedIn> = {}): SignedIn {
    return {
      headers: { authorization: `Bearer token-${nth}` },
      own: {},
      sessionExpiresAt: addMillis(this.#now(), hours(1)),
      origin: url,
      keep: null,
      secretsExpireAt: null,
      ...more,
    }
  }

  get system(): Pick<
    System,
    'name' | 'signIn' | 'trust' | 'probe' | 'definitions' | 'signOut' | 'keepAlive'
  > & {
    readonly capabilities: Pick<System['capabilities'], 'authKinds' | 'filesInFolders' | 'keepAliveEvery'>
  } {
    return {
      name: 'concur',
      capabilities: {
        authKinds: ['refresh-token', 'access-token'],
        filesInFolders: this.filesInFolders,
        keepAliveEvery: this.keepAlive && minutes(1),
      },
      signOut: this.signOut,
      keepAlive: this.keepAlive,
      signIn: async (_http, target, secrets) => {
        this.signIns.push({ target, secrets })
        const answer = await this.onSignIn(secrets, this.signIns.length)
        if (answer instanceof AppError) throw answer
        return answer
      },
      trust: (_target, origin) => ({ origins: [origin], practice: false }),
      probe: async session => this.onDefinitions(session),
      definitions: async session => {
        this.onDefinitions(session)
        return []
      },
    }
  }
}

/** A computer with a profile and a keychain, on which any number of processes run. */
export function computer() {
  const clock = fakeClock()
  const database = tempDatabase()
  const keychain = new MemorySecrets()
  const fake = new FakeSystem(clock.now)
  const ids = countingIds()
  const repository = createConnectionsRepository(database, clock, memoryLog())
  const folder = database.file.replace(/desk\.db$/, '')

  function start(wrap: (connections: ConnectionsRepository) => ConnectionsRepository = it => it) {
    const log = memoryLog()
    const redactor = createRedactor()
    const published: DeskEvent[] = []
    const events = createEvents(error => {
      throw error
    })
    events.subscribe(event => published.push(event))
    const connections = wrap(createConnectionsRepository(tempDatabase(folder), clock, log))
    const memory = new SessionSecrets()
    const store = createSecretStore({ keychain, session: memory, profileId: 'profile-1', redactor })
    const leases = createLeases(tempDatabase(folder), clock, ids)
    const systems = { of: () => fake.system as unknown as System }
    const refused = createRefusedSecrets(clock)
    const parts = {
      connections,
      store,
      leases,
      clock,
      events,
      log,
      systems,
      refused,
      turns: () => async () => {},
      http: answersInTurn(),
    }
    const sessions = createSessions({ ...parts, busy: async () => fake.busy })
    const service = createConnectionsService({ ...parts, sessions, ids })
    return { sessions, service, log, redactor, published, memory, leases }
  }

  async function saved(connection: Connection = acme, secrets: SecretBundle | null = typed): Promise<void> {
    await repository.save(connection, 'given')
    if (secrets) keychain.stored.set(`profile-1/${connection.id}`, secrets)
  }

  const row = async () => {
    const found = await repository.find(id)
    if (!found) throw new Error('There is no row.')
    return found
  }

  return { clock, database, keychain, fake, repository, start, saved, row }
}

export const tokenOf = async (session: Session): Promise<string> => session.headers.authorization ?? ''
export const refused = (code = 5) =>
  new AppError('sign-in-refused', { facts: { concurCode: code }, said: 'Incorrect credentials' })
export const rejected = (status = 403) => new AppError('session-expired', { facts: { status }, said: 'no' })
