import { utilityProcess } from 'electron'
import { KeychainSecrets } from './keychain-secrets.ts'
import { RemoteKeychain } from './remote-keychain.ts'

export type OpenKeychain = { readonly secrets: KeychainSecrets; readonly close: () => void }

/**
 * The keychain's secrets. `program` is the built file of keychain-process.ts; `close` belongs to the end of the app,
 * which a keychain that hangs would otherwise hold up. Usable once the app is ready.
 */
export function openKeychain(program: string): OpenKeychain {
  const keychain = new RemoteKeychain({
    start: () => utilityProcess.fork(program, [], { serviceName: 'Extract Desk Keychain', stdio: 'ignore' }),
  })
  return { secrets: new KeychainSecrets(keychain), close: () => keychain.close() }
}
