import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { root } from './ensure/ensure.mjs'
import { runCommand, Stop, say } from './ensure/stop.mjs'

/** The private keys, PEM, one after the other: two of them while a key is being changed. Never in a file of the checkout. */
export const KEYS_IN = 'EXTRACT_DESK_UPDATE_KEYS'

const usage = `node build/sign-update.mjs new-key FILE
node build/sign-update.mjs FOLDER [CHANNEL] [NOTES.txt]`

/** Which manifest of electron-builder's names a file, by its extension; others are not for updates. */
const MANIFESTS = {
  '.deb': linux,
  '.rpm': linux,
  '.AppImage': linux,
  '.exe': () => '',
  '.zip': () => '-mac',
}

/** @param {string} name */
function linux(name) {
  return /arm64|aarch64/.test(name) ? '-linux-arm64' : '-linux'
}

/** A new pair: the private key as PEM, the public one as build/updates.json holds it. */
export function newKeyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  }
}

/**
 * What an update server lays out for a channel: a manifest in electron-builder's form (as JSON, which is YAML too) that
 * names itself, and its detached signature. Sizes and sums are taken from the very files that are laid beside it.
 *
 * @param {string} folder with the packages of one version; the manifests are written into it
 * @param {{ version: string, channel: string, notes?: string, privateKeys: readonly string[] }} release
 * @returns {string[]} the manifests that were written
 */
export function signUpdate(folder, { version, channel, notes, privateKeys }) {
  /** @type {Map<string, string[]>} */
  const byManifest = new Map()
  for (const name of readdirSync(folder).sort()) {
    const suffix = Object.entries(MANIFESTS).find(([extension]) => extension === extname(name))?.[1]
    if (suffix === undefined) continue
    const manifest = `${channel}${suffix(name)}.yml`
    byManifest.set(manifest, [...(byManifest.get(manifest) ?? []), name])
  }
  for (const [manifest, names] of byManifest) {
    const files = names.map(name => ({ url: name, ...sumOf(join(folder, name)) }))
    const about = { manifest, version, files, ...(notes === undefined ? {} : { releaseNotes: notes }) }
    const bytes = Buffer.from(`${JSON.stringify(about, null, 2)}\n`)
    writeFileSync(join(folder, manifest), bytes)
    writeFileSync(join(folder, `${manifest}.sig`), signatures(bytes, privateKeys))
  }
  return [...byManifest.keys()]
}

/**
 * One line a key.
 *
 * @param {Uint8Array} bytes
 * @param {readonly string[]} privateKeys PEM
 */
export const signatures = (bytes, privateKeys) =>
  privateKeys.map(key => `${sign(null, bytes, createPrivateKey(key)).toString('base64')}\n`).join('')

/** @param {string} file */
function sumOf(file) {
  const bytes = readFileSync(file)
  return { sha512: createHash('sha512').update(bytes).digest('base64'), size: bytes.length }
}

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
