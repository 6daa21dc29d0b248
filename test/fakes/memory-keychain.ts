import type { Keychain } from '../../main/adapters/secrets/keychain.ts'

/** What Windows' Credential Manager takes for one entry: 2,560 bytes, each unit of UTF-16 two of them. */
const windowsLimit = 2_560

/**
 * An OS keychain in memory, as narrow as the narrowest one. `failAfter` lets so many more calls through before the
 * keychain stops answering, as a process that is killed there would see it.
 */
export class MemoryKeychain implements Keychain {
  readonly entries = new Map<string, string>()
  /** Takes everything and keeps nothing, as on computers whose users' keychains were switched off (VDI). */
  forgets = false
  failAfter = Number.POSITIVE_INFINITY
  failure: () => Error = () => new Error('cut')

  async get(account: string): Promise<string | null> {
    this.#call()
    return this.entries.get(account) ?? null
  }

  async set(account: string, text: string): Promise<void> {
    this.#call()
    if (Buffer.byteLength(text, 'utf16le') > windowsLimit) throw new Error('too long')
    if (!this.forgets) this.entries.set(account, text)
  }

  async delete(account: string): Promise<boolean> {
    this.#call()
    return this.entries.delete(account)
  }

  #call(): void {
    if (this.failAfter <= 0) throw this.failure()
    this.failAfter -= 1
  }
}
