import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { patient } from '../../../main/adapters/files/patient-files.ts'
import { longestPath } from '../../../main/core/deliveries/dry-run.ts'
import { createDryRuns } from '../../../main/core/deliveries/dry-runs.ts'
import type { Files } from '../../../main/core/deliveries/files.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { completedJob, served, servedZip } from '../../fakes/deliveries-world.ts'
import { asked, folder, id, quiet, type Room, room, sae } from '../../fakes/delivery-room.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

const { definitionId } = completedJob()
const named = (name: string) => ({ 'content-type': 'text/csv', 'content-disposition': `filename="${name}"` })

const runsOf = ({ world }: Room, files: Files = world.files, platform: NodeJS.Platform = 'linux') =>
  createDryRuns({ ...world, files, platform })

/** A room in which the job was delivered once; what the next delivery would do to a changed destination. */
async function afterDelivery(files: Parameters<typeof room>[0], setting: Parameters<typeof room>[1] = {}) {
  const it = await room(files, setting)
  await it.service.request(id, asked)
  expect((await quiet(it)).state).toMatch(/^delivered/)
  const dryRun = (patch: Partial<Destination>) =>
    runsOf(it).dryRun({ ...aDestination, ...patch }, definitionId)
  return { it, dryRun }
}

describe('the paths of the next delivery', () => {
  it('are those of the last one, with what stands there now and what is done about it', async () => {
    const { dryRun } = await afterDelivery([served(sae, named('x.txt'))])
    const actions = async (patch: Partial<Destination>) =>
      (await dryRun(patch)).files.map(({ path, action }) => [path.slice(folder.length + 1), action])
    expect(await actions({})).toEqual([['x (2).txt', 'numbered']])
    expect(await actions({ onConflict: 'replace' })).toEqual([['x.txt', 'replaces']])
    expect(await actions({ onConflict: 'skip-same' })).toEqual([['x.txt', 'compares']])
    expect(await actions({ onConflict: 'fail' })).toEqual([['x.txt', 'stops']])
    expect(await actions({ name: '{start:yyyy}/{original}{ext}', marker: 'ready' })).toEqual([
      ['2026/x.txt', 'new'],
      ['ready', 'new'],
    ])
    expect(await dryRun({})).toMatchObject({ names: 'of-last-delivery', count: 1, error: null })
    expect(await dryRun({ onConflict: 'fail' })).toMatchObject({
      error: { code: 'conflict', facts: { path: `${folder}/x.txt` } },
    })
  })

  it('say why there would be none', async () => {
    const { dryRun } = await afterDelivery([served(sae, named('x.txt'))])
    expect(await dryRun({ name: 'a:b' })).toMatchObject({
      files: [],
      longest: null,
      error: { code: 'name-invalid', facts: { name: 'a:b', character: ':' } },
    })
    expect(await dryRun({ folder: '/srv/nowhere' })).toMatchObject({
      files: [{ path: '/srv/nowhere/x.txt', action: null }],
      error: { code: 'folder-missing' },
    })
  })

  it('a folder of that name is in the way, and nothing is numbered beside it where it should be replaced', async () => {
    const { it, dryRun } = await afterDelivery([served(sae, named('x.txt'))])
    it.files.folder(`${folder}/y.txt`)
    const name = 'y{ext}'
    expect(await dryRun({ name, onConflict: 'replace' })).toMatchObject({ error: { code: 'conflict' } })
    expect((await dryRun({ name, onConflict: 'skip-same' })).files).toEqual([
      { path: `${folder}/y (2).txt`, action: 'numbered', marker: false },
    ])
  })

  it('an example stands for a definition that never delivered', async () => {
    const dryRun = await runsOf(await room([])).dryRun(aDestination, definitionId)
    expect(dryRun).toMatchObject({ names: 'example', needsFolderOrMarker: false, error: null })
    expect(dryRun.files.map(file => file.path)).toEqual([
      `${folder}/Standard Accounting Extract_gJ$12abc.txt`,
    ])
  })

  it('names that would be changed tell why, with each character', async () => {
    const { dryRun } = await afterDelivery([served(sae, named('con.tx'))])
    expect((await dryRun({ name: '{original}{ext}' })).changes).toEqual([
      { from: 'con.tx', to: '_con.tx', characters: [], reason: 'device' },
    ])
    expect((await dryRun({ name: '{original}{ext}.' })).changes[0]).toMatchObject({ reason: 'device' })
    expect((await dryRun({ name: 'a{ext}.' })).changes).toEqual([
      { from: 'a.tx.', to: 'a.tx_', characters: [], reason: 'end' },
    ])
    expect((await dryRun({ name: `${'x'.repeat(241)}` })).changes[0]).toMatchObject({ reason: 'long' })
    expect((await dryRun({ name: 'a\u202eb/{original}\u200e' })).changes).toEqual([
      { from: 'a\ufffdb/con\ufffd', to: 'a_b/con_', characters: ['\ufffd'], reason: 'characters' },
    ])
  })

  it('are held against what programs can open', () => {
    const path = (length: number) => `C:\\${'ä'.repeat(length - 3)}`
    expect(longestPath([path(20), path(260)], 'win32')).toEqual({
      path: path(260),
      length: 260,
      limit: 259,
      unit: 'characters',
    })
    expect(longestPath(['/ä'], 'linux')).toMatchObject({ length: 3, limit: 4095, unit: 'bytes' })
    expect(longestPath([], 'darwin')).toBeNull()
  })
})

describe('several files in a folder that others read', () => {
  const archive = zipBytes([
    { name: 'a.txt', data: sae },
    { name: 'b.txt', data: sae },
  ])

  it('want a folder of their own or a marker', async () => {
    const { dryRun } = await afterDelivery([servedZip(archive)])
    const needs = async (patch: Partial<Destination>) => (await dryRun(patch)).needsFolderOrMarker
    expect(await needs({})).toBe(true)
    expect(await needs({ name: 'all/{original}{ext}' })).toBe(true)
    expect(await needs({ name: '{original}/{jobId}' })).toBe(true)
    expect(await needs({ name: '{jobId}/{original}{ext}' })).toBe(false)
    expect(await needs({ marker: 'ready' })).toBe(false)
  })

  it('cannot have one name', async () => {
    const { dryRun } = await afterDelivery([servedZip(archive)])
    expect((await dryRun({ name: 'x' })).error).toMatchObject({
      code: 'conflict',
      facts: { reason: 'one-name' },
    })
  })
})

describe('a folder that is tried', () => {
  it('answers with its room, and nothing is left behind', async () => {
    const files = memoryFiles({ space: () => 5000 })
    const { it } = await afterDelivery([served(sae, named('x.txt'))], { files })
    const before = [...files.below('/')].map(([path]) => path)
    expect(await runsOf(it).tryFolder(folder, definitionId)).toEqual({
      staging: 'beside',
      freeBytes: 5000,
      neededBytes: Math.ceil(sae.length * 1.1),
      error: null,
    })
    expect([...files.below('/')].map(([path]) => path)).toEqual(before)
    expect(await files.look('/srv/erp/.extract-desk-p1')).toBeNull()
  })

  it('that is another volume has its staging inside', async () => {
    const files = memoryFiles({ volumeOf: path => (path.startsWith(folder) ? 'share' : 'disk') })
    const trial = await runsOf(await room([], { files })).tryFolder(folder, definitionId)
    expect(trial).toEqual({ staging: 'inside', freeBytes: null, neededBytes: null, error: null })
    expect(await files.look(`${folder}/.extract-desk-p1`)).toBeNull()
  })

  it('says what is wrong: missing, read-only, full', async () => {
    const full = memoryFiles({ space: () => 10 })
    const it = await room([served(sae, named('x.txt'))], { files: memoryFiles() })
    await it.service.request(id, asked)
    await quiet(it)
    expect(await runsOf(it).tryFolder('/srv/nowhere', definitionId)).toMatchObject({
      error: { code: 'folder-missing' },
    })
    full.folder(folder)
    expect(await runsOf(it, full).tryFolder(folder, definitionId)).toMatchObject({
      freeBytes: 10,
      error: { code: 'no-space' },
    })
    const refused = async () => {
      throw Object.assign(new Error('no'), { code: 'EROFS' })
    }
    expect(
      await runsOf(it, { ...it.files, makeFolder: refused }).tryFolder(folder, definitionId),
    ).toMatchObject({
      staging: null,
      error: { code: 'folder-not-writable' },
    })
  })

  it('leaves nothing behind where it fails half way', async () => {
    const it = await room([])
    const broken: Files = {
      ...it.files,
      rename: async () => {
        throw Object.assign(new Error('no'), { code: 'EIO' })
      },
    }
    expect(await runsOf(it, broken).tryFolder(folder, definitionId)).toMatchObject({
      error: { code: 'folder-unreachable' },
    })
    expect(await it.files.look('/srv/erp/.extract-desk-p1')).toBeNull()
  })
})

describe('a share that never answers', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('is given up soon, asked by one call at a time, and by none while that one hangs', async () => {
    const it = await room([])
    let calls = 0
    const dead: Files = {
      ...it.files,
      real: () => {
        calls += 1
        return new Promise(() => {})
      },
    }
    const runs = runsOf(it, patient(dead, { most: 5_000, mostForMuch: 5_000 }))
    const typed = ['a', 'ab', 'abc'].map(name => runs.dryRun({ ...aDestination, name }, definitionId))
    const answers = Promise.allSettled(typed)
    await vi.waitUntil(() => calls === 1)
    await vi.advanceTimersByTimeAsync(5_000)
    const [first, second, third] = await answers
    expect(first).toMatchObject({ value: { error: { code: 'folder-unreachable' } } })
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } })
    expect(third).toMatchObject({ value: { error: { code: 'folder-unreachable' } } })
    expect(calls).toBe(1)
  })
})
