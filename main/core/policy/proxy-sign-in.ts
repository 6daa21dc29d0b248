/**
 * Signing in to the company's proxy: the password is tried once, and once it was rejected never again until it was
 * changed, since a proxy often asks the same directory that locks the user's account.
 *
 *   unknown ──one exchange tries, the others wait──► accepted ──► every further session of ours may use it
 *      ▲                       │                        │
 *      └── no verdict (cut) ───┤                        │ asked again by a session that had it accepted
 *                              ▼                        ▼
 *                           refused ◄───────────────────┘   until the account gives another pair
 */
import { AppError } from '../errors.ts'
import type { Secrets } from '../ports.ts'
import type { Redactor } from './redact.ts'

export type ProxyServer = { readonly host: string; readonly port: number; readonly realm: string }
export type ProxyCredentials = { readonly username: string; readonly password: string }

/** Where the proxy's credentials are kept. */
export interface ProxyAccount {
  /** Null: none stored, or the stored ones were refused before. */
  read(): Promise<ProxyCredentials | null>
  /** Remembers, also over a restart, that these were refused; storing new ones ends that. */
  refuse(credentials: ProxyCredentials): Promise<void>
}

/** The user's side of it: given once, and never shown again. */
export interface ProxyCredentialsService {
  /** Keeps these in place of what was kept. Throws `proxy-sign-in` where these very ones were refused. */
  save(credentials: ProxyCredentials): Promise<void>
}

/**
 * What a proxy's question is answered with. `alone`: with credentials that are still to be tried, but by an exchange on
 * a session that no other one uses, since the session hands them to all that are under way before their verdict is in.
 */
export type ProxyAnswer = ProxyCredentials | 'none' | 'alone'

/** One exchange's dealings with proxies. */
export interface ProxyAttempt {
  /** Called each time a proxy asks. */
  answer(proxy: ProxyServer): Promise<ProxyAnswer>
  /** The exchange is over, however it ended; `reached`: the proxy let it through. */
  end(reached: boolean): void
}

type Trial = { readonly over: Promise<void>; readonly end: () => void }
type Standing = {
  refused: ProxyCredentials | null
  accepted: ProxyCredentials | null
  /** Sessions that hold the accepted credentials: asked again, they were refused with them. */
  holders: WeakSet<object>
  trial: Trial | null
}

export class ProxySignIn {
  readonly #account: ProxyAccount
  readonly #forget: () => Promise<void>
  readonly #standings = new Map<string, Standing>()

  /** `forget` makes every session forget what it holds, so that none goes on sending what another one saw refused. */
  constructor(account: ProxyAccount, forget: () => Promise<void>) {
    this.#account = account
    this.#forget = forget
  }

  /** Begins an exchange on a session, which keeps what it was given by itself; `shared`: with other exchanges. */
  begin(session: object, shared: boolean): ProxyAttempt {
    const given = new Map<Standing, ProxyCredentials>()
    const trials = new Map<Standing, Trial>()
    let over = false

    const answer = async (proxy: ProxyServer): Promise<ProxyAnswer> => {
      const standing = this.#standing(proxy)
      const bad = given.get(standing) ?? (standing.holders.has(session) ? standing.accepted : null)
      if (bad !== null) {
        await this.#refuse(standing, bad)
        trials.get(standing)?.end()
      }
      if (shared && standing.accepted === null)
        return (await this.#usable(standing)) === null ? 'none' : 'alone'

      while (standing.trial !== null) await standing.trial.over
      if (over) return 'none'
      // Begun before the account is read, so that no two exchanges can both find nobody trying.
      const trial = standing.accepted === null ? this.#startTrial(standing) : null
      if (trial !== null) trials.set(standing, trial)
      const pair = await this.#usable(standing)
      if (pair === null) {
        trial?.end()
        return 'none'
      }
      given.set(standing, pair)
      return pair
    }

    const end = (reached: boolean) => {
      over = true
      for (const [standing, pair] of given) {
        const refused = standing.refused !== null && same(pair, standing.refused)
        if (reached && !refused) {
          standing.accepted = pair
          standing.holders.add(session)
        }
      }
      for (const trial of trials.values()) trial.end()
    }

    return { answer, end }
  }

  #standing(proxy: ProxyServer): Standing {
    const key = `${proxy.host}:${proxy.port} ${proxy.realm}`
    const known = this.#standings.get(key)
    if (known !== undefined) return known
    const made: Standing = { refused: null, accepted: null, holders: new WeakSet(), trial: null }
    this.#standings.set(key, made)
    return made
  }

  async #usable(standing: Standing): Promise<ProxyCredentials | null> {
    const pair = await this.#account.read()
    return pair === null || (standing.refused !== null && same(pair, standing.refused)) ? null : pair
  }

  async #refuse(standing: Standing, pair: ProxyCredentials): Promise<void> {
    standing.refused = pair
    standing.accepted = null
    for (const known of this.#standings.values()) known.holders = new WeakSet()
    await this.#forget()
    await this.#account.refuse(pair)
  }

  #startTrial(standing: Standing): Trial {
    let settle: () => void = () => {}
    const over = new Promise<void>(resolve => {
      settle = resolve
    })
    const trial: Trial = {
      over,
      end: () => {
        if (standing.trial === trial) standing.trial = null
        settle()
      },
    }
    standing.trial = trial
    return trial
  }
}

/** The proxy's credentials among the secrets: a bundle of username and password, marked once it was refused. */
export function proxyAccount(
  secrets: Secrets,
  account: string,
  redactor: Pick<Redactor, 'learn'>,
): ProxyAccount & ProxyCredentialsService {
  return {
    async read() {
      const { username, password, refused } = (await secrets.get(account)) ?? {}
      if (username === undefined || password === undefined || refused !== undefined) return null
      redactor.learn(password)
      return { username, password }
    },
    async save({ username, password }) {
      redactor.learn(password)
      const stored = await secrets.get(account)
      const refused = stored?.refused !== undefined
      if (refused && stored.username === username && stored.password === password) {
        throw new AppError('proxy-sign-in', { facts: { before: true, sent: false } })
      }
      await secrets.set(account, { username, password })
    },
    async refuse({ username, password }) {
      const stored = await secrets.get(account)
      // Changed meanwhile: the new ones were not refused.
      if (stored?.username !== username || stored.password !== password) return
      await secrets.set(account, { ...stored, refused: 'yes' })
    },
  }
}

const same = (a: ProxyCredentials, b: ProxyCredentials) =>
  a.username === b.username && a.password === b.password
