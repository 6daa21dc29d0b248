import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newKeyPair, signatures } from '../../../build/signed-manifests.mjs'
import { fileOf, manifestName, readManifest } from '../../../main/core/updates/manifest.ts'
import { readReleaseConfig } from '../../../main/core/updates/release-config.ts'

const ours = newKeyPair()
const next = newKeyPair()
const theirs = newKeyPair()
const name = 'latest-linux.yml'
const sha512 = `${'A'.repeat(86)}==`
const about = {
  manifest: name,
  version: '0.2.0',
  files: [{ url: 'extract-desk_0.2.0_amd64.deb', sha512, size: 7 }],
  releaseNotes: 'Better.',
}
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const signed = (value: unknown, pair = ours) => signatures(bytesOf(value), [pair.privateKey])
const read = (value: unknown, signature = signed(value), keys = [ours.publicKey], asked = name) =>
  readManifest(asked, bytesOf(value), signature, keys)
const reason = (run: () => unknown): unknown => {
  try {
    run()
    return 'taken'
  } catch (error) {
    return (error as { facts: { reason: string } }).facts.reason
  }
}

describe('a manifest', () => {
  test('that we signed is read', () => {
    expect(read(about)).toEqual({
      version: '0.2.0',
      notes: 'Better.',
      files: [{ name: 'extract-desk_0.2.0_amd64.deb', size: 7, sha512 }],
    })
  })

  test('is refused without a signature, with another’s, or with one of other bytes', () => {
    expect(reason(() => read(about, ''))).toBe('signature')
    expect(reason(() => read(about, '<html>not found</html>'))).toBe('signature')
    expect(reason(() => read(about, signed(about, theirs)))).toBe('signature')
    expect(reason(() => read(about, signed({ ...about, version: '0.3.0' })))).toBe('signature')
    expect(reason(() => read(about, signed(about), []))).toBe('signature')
  })

  test('is refused with any byte of it, or of its signature, changed', () => {
    const bytes = bytesOf(about)
    const signature = signed(about)
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const other = bytes.slice()
        other[place] = (other[place] ?? 0) ^ change
        expect(reason(() => readManifest(name, other, signature, [ours.publicKey]))).toBe('signature')
      }),
    )
    fc.assert(
      fc.property(fc.nat(63), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const other = Buffer.from(signature, 'base64')
        other[place] = (other[place] ?? 0) ^ change
        expect(reason(() => read(about, `${other.toString('base64')}\n`))).toBe('signature')
      }),
    )
  })

  test('of another channel or platform is refused, though we signed it', () => {
    const beta = { ...about, manifest: 'beta-linux.yml' }
    expect(reason(() => read(beta))).toBe('manifest-name')
    expect(reason(() => read(about, signed(about), [ours.publicKey], 'latest.yml'))).toBe('manifest-name')
  })

  test('signed with two keys is believed by those who know either', () => {
    const both = signatures(bytesOf(about), [next.privateKey, ours.privateKey])
    expect(reason(() => read(about, both, [ours.publicKey]))).toBe('taken')
    expect(reason(() => read(about, both, [next.publicKey]))).toBe('taken')
    expect(reason(() => read(about, signed(about, next), [ours.publicKey, next.publicKey]))).toBe('taken')
    expect(reason(() => read(about, both, [theirs.publicKey]))).toBe('signature')
  })

  test.each([
    ['no JSON', 'version: 0.2.0'],
    ['no version', { ...about, version: 'newest' }],
    ['a file elsewhere', { ...about, files: [{ url: 'https://elsewhere.example/a.deb', sha512, size: 7 }] }],
    ['a file outside the folder', { ...about, files: [{ url: '../a.deb', sha512, size: 7 }] }],
    ['a name for a shell', { ...about, files: [{ url: "a';reboot;.deb", sha512, size: 7 }] }],
    ['no sum', { ...about, files: [{ url: 'a.deb', size: 7 }] }],
    ['a size beyond reason', { ...about, files: [{ url: 'a.deb', sha512, size: 2 ** 40 }] }],
    ['no file', { ...about, files: [] }],
  ])('with %s is refused, though we signed it', (_what, value) => {
    expect(reason(() => read(value))).toBe('manifest')
  })

  test('has a name by channel, platform and architecture', () => {
    expect(manifestName('latest', 'linux', 'x64')).toBe('latest-linux.yml')
    expect(manifestName('beta', 'linux', 'arm64')).toBe('beta-linux-arm64.yml')
    expect(manifestName('latest', 'win32', 'x64')).toBe('latest.yml')
    expect(manifestName('latest', 'darwin', 'arm64')).toBe('latest-mac.yml')
  })
})

test('the file for this computer is found by its kind and architecture', () => {
  const manifest = (...names: string[]) => ({
    version: '0.2.0',
    notes: null,
    files: names.map(one => ({ name: one, size: 7, sha512 })),
  })
  const pick = (kind: string, arch: string, ...names: string[]) =>
    reason(() => {
      throw { facts: { reason: fileOf(manifest(...names), kind, arch).name } }
    })
  expect(pick('deb', 'x64', 'a_arm64.deb', 'a_amd64.deb', 'a.rpm')).toBe('a_amd64.deb')
  expect(pick('deb', 'arm64', 'a_amd64.deb', 'a_arm64.deb')).toBe('a_arm64.deb')
  expect(pick('exe', 'x64', 'Extract Desk Setup 0.2.0.exe')).toBe('Extract Desk Setup 0.2.0.exe')
  expect(pick('deb', 'x64', 'a_arm64.deb')).toBe('no-file')
  expect(pick('rpm', 'x64', 'a_amd64.deb')).toBe('no-file')
})

test('whom a build believes is read strictly, or it believes nobody', () => {
  const config = { url: 'https://updates.acme.example/desk', publicKeys: [ours.publicKey], publishers: [] }
  expect(readReleaseConfig(config)).toEqual(config)
  const wrong = [
    undefined,
    { ...config, url: 'http://updates.acme.example/' },
    { ...config, url: null },
    { ...config, publicKeys: [] },
    { ...config, publicKeys: ['c29tZXRoaW5n'] },
    { ...config, keys: 1 },
  ]
  for (const one of wrong) expect(readReleaseConfig(one)).toBeNull()
})
