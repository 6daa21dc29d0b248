/** The whole way of an update on real files and over a real server, and everything that must not get through. */
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { newKeyPair, signatures, signUpdate } from '../../../build/signed-manifests.mjs'
import { openUpdateFolder } from '../../../main/adapters/updates/update-folder.ts'
import type { ManagedPolicy } from '../../../main/core/ports.ts'
import { createUpdates } from '../../../main/core/updates/updates-service.ts'
import { createNodeHttp } from '../../fakes/node-http.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'
import { updateParts } from '../../fakes/update-parts.ts'
import { serveUpdates, type UpdateServer } from './update-server.ts'

const keys = newKeyPair()
const deb = 'extract-desk_0.2.0_amd64.deb'
const manifest = 'latest-linux.yml'
const servers: UpdateServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

/** A server with version 0.2.0 of the app, signed, and an app of version 0.1.0 that believes its key. */
async function setUp(version = '0.2.0', channel = 'latest', managed: Partial<ManagedPolicy> = {}) {
  const site = tempFolder()
  writeFileSync(join(site, deb), Buffer.alloc(3_000_000, 'package '))
  const release = { version, channel, notes: 'Better.', privateKeys: [keys.privateKey] }
  signUpdate(site, release)
  const server = await serveUpdates(site)
  servers.push(server)
  const folder = join(tempFolder(), 'updates')
  const config = { url: server.url, publicKeys: [keys.publicKey], publishers: [] }
  const made = updateParts({ config, http: createNodeHttp(), folder: openUpdateFolder(folder) }, managed)
  const updates = createUpdates(made.parts)
  await updates.begin()
  const look = async () => {
    await updates.check()
    const { state, error } = updates.view()
    const { code, facts } = error ?? { code: null, facts: {} }
    return code === null ? state : `${state}: ${code} ${facts.reason ?? ''}`.trim()
  }
  const path = (name: string) => join(site, name)
  /** Nothing of it is left on the disk, nothing is ready, and quitting installs nothing. */
  const expectNothing = async () => {
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([])
    await updates.stop(true)
    await updates.install()
    expect([made.installed, made.ready]).toEqual([[], []])
  }
  return { ...made, server, folder, path, updates, look, expectNothing }
}

/** Changes one byte of a file, and leaves its length. */
function flip(path: string, place: number): void {
  const bytes = readFileSync(path)
  bytes[place] = (bytes[place] ?? 0) ^ 1
  writeFileSync(path, bytes)
}

test('a signed newer version is fetched, verified, and installed when the user quits', async () => {
  const { look, updates, installed, folder, path, server } = await setUp()
  expect(await look()).toBe('ready')
  expect(readFileSync(join(folder, deb)).equals(readFileSync(path(deb)))).toBe(true)
  expect(server.asked).toEqual([manifest, `${manifest}.sig`, deb])
  await updates.stop(true)
  await updates.install()
  expect(installed).toMatchObject([{ version: '0.2.0', file: { name: deb, size: 3_000_000 } }])
})

describe('refused is', () => {
  test('a file with one byte changed', async () => {
    const { look, path, expectNothing } = await setUp()
    flip(path(deb), 1_500_000)
    expect(await look()).toBe('failed: update-refused file')
    await expectNothing()
  })

  test('a shorter file', async () => {
    const { look, path, expectNothing } = await setUp()
    writeFileSync(path(deb), readFileSync(path(deb)).subarray(0, 2_999_999))
    expect(await look()).toBe('failed: update-refused size')
    await expectNothing()
  })

  test('a longer file, before all of it is here', async () => {
    const { look, path, expectNothing } = await setUp()
    appendFileSync(path(deb), 'more')
    expect(await look()).toBe('failed: update-refused size')
    await expectNothing()
  })

  test('a file whose transfer is cut', async () => {
    const { look, server, expectNothing } = await setUp()
    server.special.set(deb, response => {
      response.writeHead(200, { 'content-length': 3_000_000 })
      response.write('package ', () => response.destroy())
    })
    expect(await look()).toMatch(/^failed: connection-cut/)
    await expectNothing()
  })

  test('a changed manifest', async () => {
    const { look, path, server, expectNothing } = await setUp()
    writeFileSync(path(manifest), readFileSync(path(manifest), 'utf8').replace('0.2.0"', '9.9.9"'))
    expect(await look()).toBe('failed: update-refused signature')
    expect(server.asked).not.toContain(deb)
    await expectNothing()
  })

  test('a changed signature', async () => {
    const { look, path, server, expectNothing } = await setUp()
    flip(path(`${manifest}.sig`), 10)
    expect(await look()).toBe('failed: update-refused signature')
    expect(server.asked).not.toContain(deb)
    await expectNothing()
  })

  test('a missing signature', async () => {
    const { look, path, server, expectNothing } = await setUp()
    rmSync(path(`${manifest}.sig`))
    expect(await look()).toBe('failed: update-refused status')
    writeFileSync(path(`${manifest}.sig`), '')
    expect(await look()).toBe('failed: update-refused signature')
    expect(server.asked).not.toContain(deb)
    await expectNothing()
  })

  test('the signature of somebody else', async () => {
    const { look, path, server, expectNothing } = await setUp()
    const theirs = signatures(readFileSync(path(manifest)), [newKeyPair().privateKey])
    writeFileSync(path(`${manifest}.sig`), theirs)
    expect(await look()).toBe('failed: update-refused signature')
    expect(server.asked).not.toContain(deb)
    await expectNothing()
  })

  test.each([
    ['an older version', '0.0.9', ['info', 'warn']],
    ['the same version', '0.1.0', ['info']],
    ['what came before this version', '0.1.0-rc.1', ['info', 'warn']],
  ])('%s, though it is signed', async (_what, version, levels) => {
    const { look, server, log, expectNothing } = await setUp(version)
    expect(await look()).toBe('none')
    expect(server.asked).not.toContain(deb)
    expect([...new Set(log.entries.map(({ level }) => level))]).toEqual(levels)
    await expectNothing()
  })

  test('another channel’s manifest under the name of ours', async () => {
    const { look, path, server, expectNothing } = await setUp('0.2.0', 'beta')
    writeFileSync(path(manifest), readFileSync(path('beta-linux.yml')))
    writeFileSync(path(`${manifest}.sig`), readFileSync(path('beta-linux.yml.sig')))
    expect(await look()).toBe('failed: update-refused manifest-name')
    expect(server.asked).not.toContain(deb)
    await expectNothing()
  })

  test.each([manifest, `${manifest}.sig`, deb])(
    'a redirect of %s to another host, which is never asked',
    async name => {
      const { look, server, path, expectNothing } = await setUp()
      const elsewhere = await serveUpdates(join(path('.')))
      servers.push(elsewhere)
      server.special.set(name, response => {
        response.writeHead(302, { location: new URL(name, elsewhere.url).href }).end()
      })
      expect(await look()).toBe('failed: update-refused redirect')
      expect(elsewhere.asked).toEqual([])
      await expectNothing()
    },
  )

  test('a manifest without end', async () => {
    const { look, server, expectNothing } = await setUp()
    server.special.set(manifest, response => {
      response.on('error', () => {})
      const more = () => void (response.destroyed || response.write('x'.repeat(65_536), more))
      more()
    })
    expect(await look()).toBe('failed: update-refused too-large')
    await expectNothing()
  })
})

describe('the folder in which it waits', () => {
  test('holds one file, and writes into none that somebody else put there', async () => {
    const { look, folder, path } = await setUp()
    const mine = join(tempFolder(), 'mine')
    writeFileSync(mine, 'mine')
    expect(await look()).toBe('ready')
    writeFileSync(join(folder, 'older.deb'), 'old')
    symlinkSync(mine, join(folder, `${deb}.part`))
    await openUpdateFolder(folder).save(deb, pieces(readFileSync(path(deb))))
    expect(readdirSync(folder)).toEqual([deb])
    expect(readFileSync(mine, 'utf8')).toBe('mine')
  })

  test('that cannot be written is said', async () => {
    const file = join(tempFolder(), 'a-file')
    writeFileSync(file, '')
    const saved = openUpdateFolder(join(file, 'updates')).save(deb, pieces(Buffer.from('x')))
    await expect(saved).rejects.toMatchObject({ code: 'folder-not-writable' })
  })
})

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
