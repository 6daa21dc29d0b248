import type { SecretBundle, Secrets } from '../../core/ports.ts'

/** The port Secrets in memory until quit, for computers whose keychain is missing, locked or forgets. */
export class SessionSecrets implements Secrets {
  readonly #bundles = new Map<string, SecretBundle>()

  async get(account: string): Promise<SecretBundle | null> {
    return this.#bundles.get(account) ?? null
  }

  async set(account: string, secrets: SecretBundle): Promise<void> {
    this.#bundles.set(account, { ...secrets })
  }

  async delete(account: string): Promise<void> {
    this.#bundles.delete(account)
  }

  async health(): Promise<'ok' | 'unavailable'> {
    return 'ok'
  }
}
