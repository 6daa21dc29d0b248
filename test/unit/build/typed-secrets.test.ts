import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { filesWithTyped, typed } from '../../electron/session/typed-secrets.ts'

const secrets = {
  username: 'anna@acme.example',
  clientSecret: 'canary-of-acme',
  refreshToken: 'canary-of-globex',
}
let session = ''
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), 'typed-secrets-'))
  put('profile-1/desk.db', 'anna@acme.example signed in')
})
afterEach(() => rmSync(session, { recursive: true }))

function put(name: string, bytes: string | Buffer): string {
  const file = join(session, 'home', name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  return file
}

test('a typed secret is seen in whatever file below the home folder it stands', () => {
  typed(session, secrets)
  expect(filesWithTyped(session)).toEqual([])
  const planted = [
    put('profile-1/desk.db-wal', Buffer.concat([Buffer.alloc(5_000, 7), Buffer.from('canary-of-acme')])),
    put('profile-1/logs/extract-desk.log', '{"facts":{"token":"canary-of-globex"}}\n'),
    put('profile-2/Crashpad/pending/1.dmp', Buffer.from('..canary-of-acme..', 'utf16le')),
    put('.config/Extract Desk/chromium/Cache/f_1', Buffer.from('canary-of-globex').toString('base64')),
  ]
  expect([...filesWithTyped(session)].sort()).toEqual(planted.sort())
})

test('nothing is looked for where nothing was typed', () => {
  put('profile-1/note', 'canary-of-acme')
  expect(filesWithTyped(session)).toEqual([])
})

test('a secret that any file may hold by accident is refused', () => {
  expect(() => typed(session, { password: 'right' })).toThrow('password is too short')
})
