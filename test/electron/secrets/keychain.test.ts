import { chmodSync, cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import { packageClosure } from '../../../build/stage.mjs'
import { desktop } from '../session/desktop.ts'
import { openHangingKeyring } from './hanging-keyring.ts'
import { account, bundle, type Outcome } from './outcome.ts'

const root = join(import.meta.dirname, '../../..')
let session: DesktopSession
let folder: string

beforeAll(async () => {
  session = desktop()
  folder = session.newFolder('keychain')
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron', 'keytar'] },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        input: {
          main: join(import.meta.dirname, 'harness.ts'),
          keychain: join(root, 'main/adapters/secrets/keychain-process.ts'),
        },
        external: ['electron', 'keytar'],
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  const description = { name: 'keychain-cases', version: '1.0.0', type: 'module', main: 'main.js' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(description))
  for (const name of ['main.js', 'keychain.js', 'package.json']) chmodSync(join(folder, name), 0o644)
  for (const name of packageClosure(root, ['keytar'])) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), {
      recursive: true,
      dereference: true,
    })
  }
})
afterAll(() => session.detach())

async function run(name: string, env: Record<string, string> = {}): Promise<Outcome> {
  const settings = Object.entries({ ...env, CASE: name }).map(([key, value]) => `${key}=${value}`)
  const words = [...settings, inject('app').program, '--ozone-platform=headless', folder]
  const { status, stdout, stderr } = await session.exec('env', words)
  const line = stdout.split('\n').find(text => text.startsWith('{'))
  if (status !== 0 || line === undefined) throw new Error(`Electron ended with ${status}:\n${stderr}`)
  return JSON.parse(line)
}

describe('the keychain of this computer', () => {
  test('keeps secrets of any length over the end of the app', async () => {
    expect(await run('keeps')).toEqual({ before: null, after: bundle, health: 'ok' })
    expect(await session.keyringLookup('Extract Desk', account)).toContain('"parts":')
    expect(await run('deletes')).toEqual({ before: bundle, after: null, health: 'ok' })
    expect(await session.keyringLookup('Extract Desk', account)).toBeUndefined()
    expect(await session.keyringLookup('Extract Desk', `${account}#a1`)).toBeUndefined()
  })

  test('is unavailable where there is none, and nothing else takes its place', async () => {
    const { error, health } = await run('missing', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' })
    expect(error).toMatchObject({ code: 'keychain-unavailable', facts: { reason: 'failed' } })
    expect(health).toBe('unavailable')
  })

  test('is unavailable when it hangs; the app goes on meanwhile, and ends when it should', async () => {
    const keyring = await openHangingKeyring(session)
    try {
      const { error, health, turns } = await run('hangs', { DBUS_SESSION_BUS_ADDRESS: keyring.address })
      expect(error).toMatchObject({ code: 'keychain-unavailable', facts: { reason: 'timed-out' } })
      expect(health).toBe('unavailable')
      expect(turns).toBeGreaterThan(5)
      expect(keyring.asked).toContain('OpenSession')
    } finally {
      await keyring.close()
    }
  })
})
