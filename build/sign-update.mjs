import { createPublicKey } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './ensure/ensure.mjs'
import { runCommand, Stop, say } from './ensure/stop.mjs'
import { newKeyPair, signUpdate } from './signed-manifests.mjs'

/** The private keys, PEM, one after the other: two of them while a key is being changed. Never in a file of the checkout. */
const KEYS_IN = 'EXTRACT_DESK_UPDATE_KEYS'

const usage = `node build/sign-update.mjs new-key FILE
node build/sign-update.mjs FOLDER [CHANNEL] [NOTES.txt]`

/** Stops where a release would be signed with keys that the released app does not know. @param {readonly string[]} keys */
function checkKnown(keys) {
  /** @type {{ publicKeys: string[] }} */
  const { publicKeys } = JSON.parse(readFileSync(join(root, 'build', 'updates.json'), 'utf8'))
  for (const key of keys) {
    const made = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
    if (!publicKeys.includes(made)) throw new Stop(`build/updates.json does not name the key ${made}.`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runCommand(async () => {
    const [folder, ...others] = process.argv.slice(2)
    if (folder === undefined) throw new Stop(usage)
    if (folder === 'new-key') {
      if (others[0] === undefined) throw new Stop(usage)
      const { privateKey, publicKey } = newKeyPair()
      writeFileSync(others[0], privateKey, { mode: 0o600, flag: 'wx' })
      say(`The private key is in ${others[0]}: keep it where no one else can read it.`)
      say(`The public key, for build/updates.json: ${publicKey}`)
      return
    }
    const privateKeys =
      (process.env[KEYS_IN] ?? '').match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []
    if (privateKeys.length === 0) throw new Stop(`${KEYS_IN} holds no private key (PEM).`)
    checkKnown(privateKeys)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const [channel = 'latest', notes] = others
    const written = signUpdate(resolve(folder), {
      version,
      channel,
      privateKeys,
      ...(notes === undefined ? {} : { notes: readFileSync(notes, 'utf8') }),
    })
    if (written.length === 0) throw new Stop('There is no package in this folder.')
    for (const name of written) say(`Signed ${name}.`)
  })
}
