/**
 * What an update server says is there, believed only where one of our keys has signed it. Pure.
 *
 * A manifest is electron-builder's (`latest-linux.yml`: version, files with SHA-512 and size), written as JSON, which is
 * YAML too: no YAML parser reads what a stranger may have sent. It names itself, so that the manifest of one channel or
 * platform cannot stand in for that of another. Its signature lies beside it (`latest-linux.yml.sig`): Ed25519 over the very
 * bytes, in base64, one a line, since a release is signed with two keys while a key is being changed.
 */
import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import type { ReleaseFile } from './update.ts'
import { isVersion } from './version.ts'

/** Nothing of ours comes near to it; what claims more is refused before it fills the disk. */
const MOST_BYTES = 2 ** 31
const MOST_SIGNATURES = 4

const file = z.object({
  // A name, and no way out of a folder.
  url: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._+~-]{0,199}$/),
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  size: z.int().min(1).max(MOST_BYTES),
})
const schema = z.object({
  manifest: z.string(),
  version: z.string().refine(isVersion),
  files: z.array(file).min(1).max(50),
  releaseNotes: z.string().max(20_000).optional(),
})
export type Manifest = {
  readonly version: string
  readonly notes: string | null
  readonly files: readonly ReleaseFile[]
}

/** `latest-linux.yml`: the name that electron-builder gives the manifest of a channel, by platform and architecture. */
export function manifestName(channel: string, platform: NodeJS.Platform, arch: string): string {
  if (platform === 'win32') return `${channel}.yml`
  if (platform === 'darwin') return `${channel}-mac.yml`
  return arch === 'x64' ? `${channel}-linux.yml` : `${channel}-linux-${arch}.yml`
}

/**
 * A manifest that one of the keys has signed. Throws `update-refused` with a reason: `signature` or `manifest`.
 *
 * @param name the name under which it was asked for
 * @param signatures the text of its signature file
 * @param publicKeys Ed25519, each the base64 of its SubjectPublicKeyInfo
 */
export function readManifest(
  name: string,
  bytes: Uint8Array,
  signatures: string,
  publicKeys: readonly string[],
): Manifest {
  if (!isSigned(bytes, signatures, publicKeys)) throw refused('signature')
  const read = schema.safeParse(parsed(bytes))
  if (!read.success) throw refused('manifest')
  const { manifest, version, files, releaseNotes } = read.data
  if (manifest !== name) throw refused('manifest-name')
  return {
    version,
    notes: releaseNotes ?? null,
    files: files.map(({ url, size, sha512 }) => ({ name: url, size, sha512 })),
  }
}

/** The file that replaces this copy of the app. Throws `update-refused` (`no-file`) where the release has none. */
export function fileOf({ files }: Manifest, extension: string, arch: string): ReleaseFile {
  const found = files.find(({ name }) => name.endsWith(`.${extension}`) && isFor(arch, name))
  if (found === undefined) throw refused('no-file')
  return found
}

/** How the packages of each kind call an architecture. A name without any is for all. */
const archWords: Readonly<Record<string, readonly string[]>> = {
  x64: ['x64', 'amd64', 'x86_64'],
  arm64: ['arm64', 'aarch64'],
}

function isFor(arch: string, name: string): boolean {
  const named = Object.entries(archWords).filter(([, words]) => words.some(word => name.includes(word)))
  return named.length === 0 || named.some(([one]) => one === arch)
}

export const refused = (reason: string, facts: Readonly<Record<string, string | number>> = {}) =>
  new AppError('update-refused', { facts: { reason, ...facts } })

function isSigned(bytes: Uint8Array, signatures: string, publicKeys: readonly string[]): boolean {
  const lines = signatures.split(/\r?\n/).filter(line => /^[A-Za-z0-9+/]{86}==$/.test(line))
  const keys = publicKeys.map(key =>
    createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
  )
  return lines
    .slice(0, MOST_SIGNATURES)
    .some(line => keys.some(key => verify(null, bytes, key, Buffer.from(line, 'base64'))))
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}
