/** How a release's manifests are made and signed; the command is sign-update.mjs. */
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'

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
