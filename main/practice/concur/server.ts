import { again, listen, type Transit } from '../loopback.ts'
import type { RequestLog } from '../requests.ts'
import type { Scenario } from '../scenarios.ts'
import { openStore, stateFile } from '../state-file.ts'
import { type Account, accounts, type SignIn, signInOf } from './accounts.ts'
import { definitionId, definitions } from './definitions.ts'
import { answer } from './extract-api.ts'
import { history } from './jobs.ts'
import { keepToken } from './sign-in.ts'
import { type ConcurState, hashOf } from './state.ts'
import type { Region, World } from './world.ts'

export type ConcurPractice = {
  /** The origin that a connection is given, `http://127.0.0.1:PORT`. */
  url: string
  /** Ready-to-use secrets objects for it, one for each kind of sign-in. */
  signIn: SignIn
  /** One more refresh token for the user of `url`, as that company's administrator would make it. */
  newRefreshToken(): string
  /** Sign-in data of a user who lives at another region: `url` answers code 16 and names this origin. */
  elsewhere: { url: string; signIn: SignIn }
  definitions: readonly { id: string; name: string }[]
  /** How many runs were really started, of one definition (id or name) or of all. History does not count. */
  started(definition?: string): number
}

export type ConcurOptions = Readonly<{
  port: number
  seed: number
  speed: number
  largeBytes: number
  stateDir: string | undefined
  now: () => number
  scenario: () => Scenario
  log: RequestLog
  transit: Transit
}>

const accountAt = (region: Region): Account => {
  const account = accounts.find(known => known.region === region)
  if (account === undefined) throw new Error(`No practice account lives at ${region}.`)
  return account
}

const fresh = (seed: number, now: number): ConcurState => ({
  version: 2,
  ports: [0, 0],
  jobs: history(seed, now),
  refreshTokens: accounts.map(({ refreshToken, name }) => ({
    hash: hashOf(refreshToken),
    account: name,
    usedAt: now,
    replaces: null,
  })),
  revoked: {},
  serial: 0,
})

/** Serves SAP Concur at two origins that stand for two of its data centres. */
export async function startConcur(
  options: ConcurOptions,
): Promise<ConcurPractice & { close(): Promise<void> }> {
  const { seed, now, log } = options
  const store = openStore(stateFile<ConcurState>(options.stateDir, `concur-${seed}`), 2, () =>
    fresh(seed, now()),
  )
  const origins: Record<Region, string> = { home: '', elsewhere: '' }
  const world: World = {
    seed,
    speed: options.speed,
    largeBytes: options.largeBytes,
    now,
    scenario: options.scenario,
    origin: region => origins[region],
    store,
    wrongPasswords: new Map(),
    tokenUses: new Map(),
    turns: new Map(),
  }
  const serve = (region: Region, port: number) =>
    listen({
      system: 'concur',
      port,
      log,
      now,
      transit: options.transit,
      handler: request => answer(world, region, request),
    })
  const [homePort, elsewherePort] = store.state.ports
  const home =
    options.port > 0 ? await serve('home', options.port) : await again(homePort, port => serve('home', port))
  const elsewhere = await again(elsewherePort, port => serve('elsewhere', port))
  origins.home = home.origin
  origins.elsewhere = elsewhere.origin
  store.change(state => {
    state.ports = [home.port, elsewhere.port]
  })
  return {
    url: home.origin,
    signIn: signInOf(accountAt('home')),
    newRefreshToken: () => keepToken(world, accountAt('home'), null),
    elsewhere: { url: elsewhere.origin, signIn: signInOf(accountAt('elsewhere')) },
    definitions: definitions.map(one => ({ id: definitionId(seed, one), name: one.name })),
    started(definition) {
      const keys = definitions
        .filter(
          one =>
            definition === undefined || one.name === definition || definitionId(seed, one) === definition,
        )
        .map(one => one.key)
      return store.state.jobs.filter(job => job.started && keys.includes(job.definition)).length
    },
    async close() {
      await Promise.all([home.close(), elsewhere.close()])
    },
  }
}
