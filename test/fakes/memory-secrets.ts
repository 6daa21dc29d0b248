import { AppError } from '../../main/core/errors.ts'
import type { SecretBundle, Secrets } from '../../main/core/ports.ts'

/** The port Secrets in memory, with a switch for a keychain that does not answer, and a list of what was asked. */
export class MemorySecrets implements Secrets {
  readonly stored = new Map<string, SecretBundle>()
  readonly asked: string[] = []
  available = true
  /** It takes what it is given, and does not have it afterwards. */
  forgets = false

  async get(account: string): Promise<SecretBundle | null> {
    this.#ask(`get ${account}`)
    return this.stored.get(account) ?? null
  }

  async set(account: string, secrets: SecretBundle): Promise<void> {
    this.#ask(`set ${account}`)
    if (this.forgets) throw new AppError('keychain-forgets')
    this.stored.set(account, { ...secrets })
  }

  async delete(account: string): Promise<void> {
    this.#ask(`delete ${account}`)
    this.stored.delete(account)
  }

  async health(): Promise<'ok' | 'unavailable'> {
    return this.available ? 'ok' : 'unavailable'
  }

  #ask(what: string): void {
    this.asked.push(what)
    if (!this.available) throw new AppError('keychain-unavailable', { facts: { reason: 'failed' } })
  }
}
