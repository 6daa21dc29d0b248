/** electron-updater's own step, on a Debian package, with stand-ins for pkexec and dpkg that write down what they are told. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openInstaller } from '../../../main/adapters/updates/installer.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

const electron = vi.hoisted(() => ({ isPackaged: true, restarts: 0 }))
vi.mock('electron', () => ({
  app: {
    get isPackaged() {
      return electron.isPackaged
    },
    getVersion: () => '0.1.0',
    getName: () => 'Extract Desk',
    relaunch: () => {
      electron.restarts += 1
    },
  },
}))

const name = 'extract-desk_0.2.0_amd64.deb'
const bytes = Buffer.alloc(2_500_000, 'package ')
const file = { name, size: bytes.length, sha512: createHash('sha512').update(bytes).digest('base64') }
const { PATH } = process.env

beforeEach(() => {
  electron.isPackaged = true
  electron.restarts = 0
})
afterEach(() => {
  process.env.PATH = PATH
  Reflect.deleteProperty(process, 'resourcesPath')
})

/** An app that came as a package of this type, and an update that waits in its folder. */
function setUp({ type = 'deb', status = 0, below = 'updates' } = {}) {
  const place = tempFolder()
  const folder = join(place, below)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), bytes)
  const resources = join(place, 'resources')
  mkdirSync(resources)
  writeFileSync(join(resources, 'package-type'), `${type}\n`)
  Reflect.set(process, 'resourcesPath', resources)
  const tools = join(place, 'tools')
  const said = join(place, 'said')
  mkdirSync(tools)
  const script = (tool: string, text: string) =>
    writeFileSync(join(tools, tool), `#!/bin/sh\n${text}\n`, { mode: 0o755 })
  script('pkexec', `shift; exec "$@"`)
  script('apt-get', `exit ${status}`)
  // What it is handed is hashed as it reads it.
  script('dpkg', `echo "$1 $(sha512sum < "$2" | cut -c1-128)" >> '${said}'; exit ${status}`)
  process.env.PATH = `${tools}:${PATH}`
  const log = memoryLog()
  const installer = openInstaller({ folder, platform: 'linux', publishers: [], log })
  return { installer, folder, log, told: () => (existsSync(said) ? readFileSync(said, 'utf8') : '') }
}

const failure = async (work: Promise<void>) =>
  work.then(
    () => 'installed',
    error => `${error.code} ${error.facts.reason}`,
  )

describe.runIf(process.platform === 'linux')('the installer', () => {
  test('hands the verified bytes to dpkg, and starts the app again only where that is wanted', async () => {
    const { installer, told } = setUp()
    expect([await installer.kind(), await installer.attempted()]).toEqual(['deb', null])
    await installer.install(file, '0.2.0', false)
    const sum = Buffer.from(file.sha512, 'base64').toString('hex')
    expect([told(), electron.restarts]).toEqual([`-i ${sum}\n`, 0])
    await installer.install(file, '0.2.0', true)
    expect([told(), electron.restarts]).toEqual([`-i ${sum}\n-i ${sum}\n`, 1])
  })

  test('hands over nothing that was changed since it was verified', async () => {
    const { installer, folder, told } = setUp()
    const changed = Buffer.from(bytes)
    changed[1_000_000] = 0
    writeFileSync(join(folder, name), changed)
    expect(await failure(installer.install(file, '0.2.0', false))).toBe('update-refused file')
    writeFileSync(join(folder, name), bytes.subarray(0, -1))
    expect(await failure(installer.install(file, '0.2.0', false))).toBe('update-refused file')
    expect([told(), electron.restarts]).toEqual(['', 0])
  })

  test('makes up no id of this computer', async () => {
    const { installer, folder } = setUp()
    await installer.install(file, '0.2.0', false)
    expect(existsSync(join(folder, 'install', '.updaterId'))).toBe(false)
  })

  test('says where the platform did not do it, and does not start again', async () => {
    const { installer, told } = setUp({ status: 2 })
    expect(await failure(installer.install(file, '0.2.0', true))).toBe('update-not-installed platform')
    expect(told()).toContain('-i ')
    expect(await installer.attempted()).toBe('0.2.0')
    expect(electron.restarts).toBe(0)
  })

  test('gives no path to a shell of root’s that means something there', async () => {
    const { installer, told } = setUp({ below: "it's; touch x" })
    expect(await failure(installer.install(file, '0.2.0', false))).toBe(
      'update-not-installed not-replaceable',
    )
    expect(told()).toBe('')
  })

  test('knows the copies that cannot replace themselves', async () => {
    const { installer } = setUp({ type: 'tar' })
    expect(await installer.kind()).toBeNull()
    electron.isPackaged = false
    expect(await setUp().installer.kind()).toBeNull()
  })
})
