import { AsyncEntry } from 'keytar'
import type { Keychain } from './keychain.ts'

const service = 'Extract Desk'

// Without this the package falls back in silence to the kernel's keyring, which forgets everything at a restart;
// its keytar-like functions cannot be told.
const store = { linux: { store: 'secret-service' } } as const

const entry = (account: string) => new AsyncEntry(service, account, store)

/**
 * The keychain of this computer: Credential Manager, Keychain or the Secret Service. Any call may block the calling
 * thread or one of Node's pool for as long as the keychain likes, so it belongs into a process of its own.
 */
export const osKeychain: Keychain = {
  get: async account => entry(account).getPassword(),
  set: async (account, text) => entry(account).setPassword(text),
  delete: async account => entry(account).deletePassword(),
}
