import { utilityProcess } from 'electron'
import { seconds } from '../../core/time.ts'
import { KeychainSecrets } from './keychain-secrets.ts'
import { RemoteKeychain } from './remote-keychain.ts'

export type OpenKeychain = { readonly secrets: KeychainSecrets; readonly close: () => void }

/**
 * The keychain's secrets. `program` is the built file of keychain-process.ts; `answerWithin` is the time for one call,
 * in which a person may have to type the keychain's password. `close` belongs to the end of the app. Usable once the
 * app is ready.
 */
export function openKeychain(program: string, answerWithin = seconds(30)): OpenKeychain {
  const keychain = new RemoteKeychain({
    start: () => utilityProcess.fork(program, [], { serviceName: 'Extract Desk Keychain', stdio: 'ignore' }),
    answerWithin,
    idleAfter: seconds(20),
  })
  return { secrets: new KeychainSecrets(keychain), close: () => keychain.close() }
}
