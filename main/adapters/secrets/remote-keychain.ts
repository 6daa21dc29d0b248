import { AppError } from '../../core/errors.ts'
import type { Millis } from '../../core/time.ts'
import type { Keychain, KeychainCall, KeychainReply } from './keychain.ts'

/** The part of Electron's UtilityProcess that is used. */
export interface KeychainChild {
  postMessage(call: KeychainCall): void
  on(event: 'message', listener: (reply: KeychainReply) => void): unknown
  once(event: 'exit', listener: () => void): unknown
  kill(): unknown
}

export type RemoteKeychainOptions = {
  readonly start: () => KeychainChild
  /** Time for one call; a person may have to type the keychain's password in it. */
  readonly answerWithin: Millis
  /** The process ends when nothing was asked of it for so long. */
  readonly idleAfter: Millis
}

type Waiting = {
  readonly resolve: (value: string | boolean | null) => void
  readonly reject: (error: AppError) => void
}
type Running = { readonly child: KeychainChild; readonly waiting: Map<number, Waiting> }

/**
 * The keychain through a process of its own, started when needed and killed when it does not answer, with all that
 * still wait for it. Throws `keychain-unavailable`.
 */
export class RemoteKeychain implements Keychain {
  readonly #start: () => KeychainChild
  readonly #answerWithin: Millis
  readonly #idleAfter: Millis
  #running: Running | null = null
  #idle: NodeJS.Timeout | undefined
  #lastId = 0

  constructor({ start, answerWithin, idleAfter }: RemoteKeychainOptions) {
    this.#start = start
    this.#answerWithin = answerWithin
    this.#idleAfter = idleAfter
  }

  async get(account: string): Promise<string | null> {
    const value = await this.#ask(id => ({ id, operation: 'get', account }))
    return typeof value === 'string' ? value : null
  }

  async set(account: string, text: string): Promise<void> {
    await this.#ask(id => ({ id, operation: 'set', account, text }))
  }

  async delete(account: string): Promise<boolean> {
    return (await this.#ask(id => ({ id, operation: 'delete', account }))) === true
  }

  /** Ends the process; what still waits fails. A later call starts it anew. */
  close(): void {
    if (this.#running !== null) this.#end(this.#running, 'closed')
  }

  async #ask(call: (id: number) => KeychainCall): Promise<string | boolean | null> {
    const running = this.#running ?? this.#launch()
    clearTimeout(this.#idle)
    this.#lastId += 1
    const id = this.#lastId
    let timer: NodeJS.Timeout | undefined
    try {
      return await new Promise((resolve, reject) => {
        running.waiting.set(id, { resolve, reject })
        timer = setTimeout(() => this.#end(running, 'timed-out'), this.#answerWithin)
        running.child.postMessage(call(id))
      })
    } finally {
      clearTimeout(timer)
      running.waiting.delete(id)
      if (running.waiting.size === 0 && running === this.#running) {
        this.#idle = setTimeout(() => this.#end(running, 'closed'), this.#idleAfter)
      }
    }
  }

  #launch(): Running {
    const running: Running = { child: this.#start(), waiting: new Map() }
    running.child.on('message', reply => {
      const waiting = running.waiting.get(reply.id)
      if (reply.ok) waiting?.resolve(reply.value)
      else waiting?.reject(unavailable('failed', reply.said))
    })
    running.child.once('exit', () => this.#end(running, 'ended'))
    this.#running = running
    return running
  }

  #end(running: Running, reason: 'timed-out' | 'ended' | 'closed'): void {
    if (this.#running === running) {
      this.#running = null
      clearTimeout(this.#idle)
    }
    running.child.kill()
    for (const { reject } of running.waiting.values()) reject(unavailable(reason))
  }
}

const unavailable = (reason: string, said = '') =>
  new AppError('keychain-unavailable', { facts: { reason }, ...(said === '' ? {} : { said }) })
