import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { newKeyPair, signatures } from '../../../build/signed-manifests.mjs'
import { AppError } from '../../../main/core/errors.ts'
import type { ManagedPolicy } from '../../../main/core/ports.ts'
import { hours, minutes, seconds } from '../../../main/core/time.ts'
import { createUpdates, type UpdatesParts } from '../../../main/core/updates/updates-service.ts'
import { settled } from '../../fakes/fake-clock.ts'
import { type Scripted, type ScriptedHttp, scriptedHttp } from '../../fakes/scripted-http.ts'
import { memoryUpdateFolder, updateParts } from '../../fakes/update-parts.ts'

const keys = newKeyPair()
const config = {
  url: 'https://updates.acme.example/desk',
  publicKeys: [keys.publicKey],
  publishers: [],
}
const measure = (bytes: Uint8Array) => ({
  size: bytes.length,
  sha512: createHash('sha512').update(bytes).digest('base64'),
})
const body = 'the package'
const file = { name: 'extract-desk_0.2.0_amd64.deb', ...measure(Buffer.from(body)) }

function serverOf(version = '0.2.0', channel = 'latest', over: Record<string, Scripted | AppError> = {}) {
  const manifest = `${channel}-linux.yml`
  const text = JSON.stringify({
    manifest,
    version,
    files: [{ url: file.name, size: file.size, sha512: file.sha512 }],
    releaseNotes: 'Better.',
  })
  const answers: Record<string, Scripted | AppError> = {
    [manifest]: { body: text },
    [`${manifest}.sig`]: { body: signatures(Buffer.from(text), [keys.privateKey]) },
    [file.name]: { body },
    ...over,
  }
  return scriptedHttp(({ url }) => {
    const answer = answers[url.slice(url.lastIndexOf('/') + 1)]
    return answer ?? { status: 404 }
  })
}

function setUp(
  http: ScriptedHttp = serverOf(),
  managed: Partial<ManagedPolicy> = {},
  named: Partial<UpdatesParts> = {},
) {
  const folder = memoryUpdateFolder(measure)
  const made = updateParts({ config, http, folder, ...named }, managed)
  return { ...made, folder, http, updates: createUpdates(made.parts) }
}

describe('updates', () => {
  test('are looked for after the start and once a day, fetched, verified and told of once', async () => {
    const { updates, clock, http, ready, folder } = setUp()
    await updates.begin()
    await clock.advance(minutes(2) - 1)
    expect(http.requests).toEqual([])
    await clock.advance(1)
    await settled()
    expect(updates.view()).toMatchObject({ state: 'ready', version: '0.2.0', notes: 'Better.' })
    expect(http.requests.map(({ url }) => url)).toEqual([
      'https://updates.acme.example/desk/latest-linux.yml',
      'https://updates.acme.example/desk/latest-linux.yml.sig',
      `https://updates.acme.example/desk/${file.name}`,
    ])
    await clock.advance(hours(72))
    expect([ready, http.requests.length, folder.files.size]).toEqual([['0.2.0'], 3, 1])
  })

  test('say nothing of this computer: no cookie, no id, no version', async () => {
    const { updates, http } = setUp()
    await updates.begin()
    await updates.check()
    for (const request of http.requests) {
      expect(Object.keys(request.headers).sort()).toEqual(['accept', 'cache-control'])
      expect([request.method, request.body]).toEqual(['GET', undefined])
    }
  })

  test('that are there already are not fetched twice, but verified again', async () => {
    const { updates, http, folder } = setUp()
    folder.files.set(file.name, Buffer.from(body))
    await updates.begin()
    await updates.check()
    expect([updates.view().state, http.requests.length]).toEqual(['ready', 2])
  })

  test('that lie there with other bytes are fetched anew', async () => {
    const { updates, http, folder } = setUp()
    folder.files.set(file.name, Buffer.from('the padkage'))
    await updates.begin()
    await updates.check()
    expect([updates.view().state, http.requests.length]).toEqual(['ready', 3])
  })

  test.each(['0.1.0', '0.0.9', '0.1.0-beta.9'])('%s is no update of 0.1.0', async version => {
    const { updates, http } = setUp(serverOf(version))
    await updates.begin()
    await updates.check()
    expect([updates.view().state, http.requests.length]).toEqual(['none', 2])
  })

  test('are not fetched where this copy cannot replace itself', async () => {
    const installer = { kind: async () => null, install: async () => {}, attempted: async () => null }
    const { updates, http } = setUp(serverOf(), {}, { installer })
    await updates.begin()
    await updates.check()
    expect(updates.view()).toMatchObject({ state: 'available', installable: false, version: '0.2.0' })
    expect(http.requests.length).toBe(2)
  })

  test('that failed are tried again later, and by hand at once', async () => {
    const offline = new AppError('offline', { facts: { sent: false } })
    const { updates, clock, http } = setUp(serverOf('0.2.0', 'latest', { 'latest-linux.yml': offline }))
    await updates.begin()
    await clock.advance(minutes(2))
    expect(updates.view()).toMatchObject({ state: 'failed', error: { code: 'offline' }, checkedAt: null })
    await clock.advance(minutes(15))
    expect(http.requests.length).toBe(2)
    await clock.advance(minutes(30) - 1)
    expect(http.requests.length).toBe(2)
    await clock.advance(1)
    expect(http.requests.length).toBe(3)
    await updates.check()
    expect(http.requests.length).toBe(4)
  })
})

describe('what decides whether they are looked for', () => {
  test('a build that knows no server never asks anybody', async () => {
    const { updates, clock, http } = setUp(serverOf(), {}, { config: null })
    await updates.begin()
    await updates.check()
    await clock.advance(hours(48))
    expect(updates.view()).toMatchObject({ state: 'off', why: 'not-set-up' })
    expect([http.requests.length, clock.pending()]).toEqual([0, 0])
  })

  test('IT can switch them off', async () => {
    const { updates, clock, http } = setUp(serverOf(), { updates: 'off' })
    await updates.begin()
    await updates.check()
    await clock.advance(hours(48))
    expect(updates.view()).toMatchObject({ state: 'off', why: 'managed' })
    expect([http.requests.length, clock.pending()]).toEqual([0, 0])
  })

  test('IT can choose channel and server; whose signature counts stays the build’s', async () => {
    const chosen = { channel: 'pilot', url: 'https://mirror.acme.example/x/' }
    const { updates, http } = setUp(serverOf('0.2.0', 'pilot'), { updates: chosen })
    await updates.begin()
    await updates.check()
    expect(updates.view()).toMatchObject({ state: 'ready', channel: 'pilot', managed: true })
    expect(http.requests[0]?.url).toBe('https://mirror.acme.example/x/pilot-linux.yml')
  })
})

describe('the end', () => {
  async function readyApp() {
    const made = setUp()
    await made.updates.begin()
    await made.updates.check()
    return made
  }

  test('by the user installs what is ready, and starts nothing again', async () => {
    const { updates, installed } = await readyApp()
    await updates.stop(true)
    await updates.install()
    expect(installed).toEqual([{ file, version: '0.2.0', restart: false }])
  })

  test.each([
    ['the computer signs out', false, false],
    ['a job or a delivery is under way', true, true],
  ])('installs nothing where %s', async (_what, byUser, busy) => {
    const { updates, installed, seen } = await readyApp()
    seen.busy = busy
    await updates.stop(byUser)
    await updates.install()
    expect([updates.view().state, installed]).toEqual(['ready', []])
  })

  test('is made at once for a restart where nothing runs', async () => {
    const { updates, installed, seen } = await readyApp()
    await updates.restart()
    expect(seen.quits).toBe(1)
    await updates.stop(true)
    await updates.install()
    expect(installed).toMatchObject([{ restart: true }])
  })

  test('waits, for a restart, until nothing runs, unless the user thinks better of it', async () => {
    const { updates, clock, seen } = await readyApp()
    seen.busy = true
    await updates.restart()
    await clock.advance(minutes(5))
    expect([updates.view().state, seen.quits]).toEqual(['deferred', 0])
    updates.later()
    seen.busy = false
    await clock.advance(minutes(5))
    expect([updates.view().state, seen.quits]).toEqual(['ready', 0])
    seen.busy = true
    await updates.restart()
    seen.busy = false
    await clock.advance(seconds(10))
    expect(seen.quits).toBe(1)
  })

  test('is not tried at every quit where the platform did not do it once, but where the user asks', async () => {
    const tries: string[] = []
    const installer = {
      kind: async () => 'deb',
      install: async () => void tries.push('once more'),
      attempted: async () => '0.2.0',
    }
    const start = async () => {
      const made = setUp(serverOf(), {}, { installer })
      await made.updates.begin()
      await made.updates.check()
      return made
    }
    const first = await start()
    expect(first.updates.view()).toMatchObject({ state: 'ready', tried: true })
    expect(first.ready).toEqual([])
    await first.updates.stop(true)
    await first.updates.install()
    expect(tries).toEqual([])
    const second = await start()
    await second.updates.restart()
    await second.updates.stop(true)
    await second.updates.install()
    expect(tries).toEqual(['once more'])
  })

  test('tells nobody any more, and does not fail where nothing could be installed', async () => {
    const install = async () => {
      throw new AppError('update-not-installed')
    }
    const made = setUp(
      serverOf(),
      {},
      { installer: { kind: async () => 'deb', install, attempted: async () => null } },
    )
    await made.updates.begin()
    await made.updates.check()
    const before = made.seen.changes
    await made.updates.stop(true)
    await made.updates.install()
    expect(made.seen.changes).toBe(before)
    expect(made.log.entries.map(({ event }) => event)).toContain('update.not-installed')
    expect(made.clock.pending()).toBe(0)
  })

  test('ends a download that is under way', async () => {
    const http = serverOf()
    const made = setUp({
      ...http,
      async send(request) {
        if (!request.url.endsWith('.deb')) return http.send(request)
        return new Promise((_, reject) => {
          request.signal?.addEventListener('abort', () => reject(new AppError('cancelled')))
        })
      },
    })
    await made.updates.begin()
    const looked = made.updates.check()
    for (let turn = 0; turn < 50 && made.updates.view().state !== 'downloading'; turn += 1) await settled()
    expect(made.updates.view().state).toBe('downloading')
    await made.updates.stop(true)
    await looked
    await made.updates.install()
    expect([made.updates.view().state, made.installed]).toEqual(['failed', []])
  })
})
