/**
 * Entry of the process that talks to the keychain. A locked or hanging keychain keeps a thread of its caller for ever,
 * and a program with such a thread cannot end: Electron 33 was still there 20 s after app.exit. This one can be killed.
 */
import type { Keychain, KeychainCall, KeychainReply } from './keychain.ts'
import { osKeychain } from './os-keychain.ts'

process.parentPort.on('message', async ({ data }) => {
  process.parentPort.postMessage(await answer(osKeychain, data as KeychainCall))
})

async function answer(keychain: Keychain, call: KeychainCall): Promise<KeychainReply> {
  const { id } = call
  try {
    return { id, ok: true, value: await perform(keychain, call) }
  } catch (error) {
    // What the keychain says of a value that it does not take could quote the value.
    const said = error instanceof Error && call.operation !== 'set' ? error.message : ''
    return { id, ok: false, said }
  }
}

async function perform(keychain: Keychain, call: KeychainCall): Promise<string | boolean | null> {
  if (call.operation === 'set') {
    await keychain.set(call.account, call.text)
    return null
  }
  return call.operation === 'get' ? keychain.get(call.account) : keychain.delete(call.account)
}
