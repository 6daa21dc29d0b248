import { type ProxyConfig, type Session, session } from 'electron'

/** A session for one exchange; to be given back when that has ended, twice does no harm. */
export type BorrowedSession = {
  readonly session: Session
  /** Other exchanges may be under way on it. */
  readonly shared: boolean
  readonly giveBack: () => void
}

/**
 * The sessions that requests go through: in memory, apart from the window's, and without cookies, since no request
 * asks for them. Usable once the app is ready.
 *
 * Reads share one session and its connections. Everything else borrows a session of its own for one exchange, with
 * every connection closed beforehand: Chromium sends a request again by itself, also a POST, when a connection that
 * was kept alive is closed without an answer. A job could be started twice that way; on a fresh connection not.
 */
export class HttpSessions {
  readonly #name: string
  readonly #prepare: (session: Session) => void
  readonly #all: Session[] = []
  readonly #idle: Session[] = []
  #proxy: ProxyConfig = { mode: 'system' }
  #shared: Promise<Session> | null = null

  /** `prepare` is called with every session before its first use. */
  constructor(name: string, prepare: (session: Session) => void) {
    this.#name = name
    this.#prepare = prepare
  }

  async shared(): Promise<BorrowedSession> {
    this.#shared ??= this.#create(this.#name)
    return { session: await this.#shared, shared: true, giveBack: () => {} }
  }

  async alone(): Promise<BorrowedSession> {
    const borrowed = this.#idle.pop() ?? (await this.#create(`${this.#name}-once-${this.#all.length}`))
    await borrowed.closeAllConnections()
    let out = true
    const giveBack = () => {
      if (out) this.#idle.push(borrowed)
      out = false
    }
    return { session: borrowed, shared: false, giveBack }
  }

  /** Exchanges under way keep the proxy that they have. */
  async setProxy(proxy: ProxyConfig): Promise<void> {
    this.#proxy = proxy
    await Promise.all(this.#all.map(known => known.setProxy(proxy)))
  }

  /** No session goes on sending credentials that a proxy has refused another one. */
  async forgetSignIns(): Promise<void> {
    await Promise.all(this.#all.map(known => known.clearAuthCache()))
  }

  async #create(partition: string): Promise<Session> {
    const made = session.fromPartition(partition, { cache: false })
    this.#all.push(made)
    this.#prepare(made)
    await made.setProxy(this.#proxy)
    return made
  }
}
