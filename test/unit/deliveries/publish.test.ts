import { describe, expect, it } from 'vitest'
import { isEnded } from '../../../main/core/deliveries/delivery.ts'
import { jobId } from '../../../main/core/ids.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { deliveriesRoom, deliveriesWorld, hastyClock, servedZip } from '../../fakes/deliveries-world.ts'
import { type FakeClock, fakeClock } from '../../fakes/fake-clock.ts'
import { type Gate, gatedFiles, memoryFiles } from '../../fakes/memory-files.ts'
import { until } from '../../fakes/until.ts'
import { zipBytes } from '../../fakes/zip-bytes.ts'

const folder = '/srv/erp/in'
const id = jobId('job-a')
const rows = (name: string) => `Name,Amount\n${name},1\n`
const zip = servedZip(zipBytes(['a.csv', 'b.csv'].map(name => ({ name, data: rows(name) }))))

type Options = {
  readonly destination?: Partial<Destination>
  readonly before?: Readonly<Record<string, string>>
  readonly gate?: Gate
  readonly clock?: FakeClock
  readonly files?: ReturnType<typeof memoryFiles>
}

async function room({
  destination = {},
  before = {},
  gate = () => {},
  clock,
  files = memoryFiles(),
}: Options) {
  files.folder(folder)
  for (const [name, text] of Object.entries(before)) files.put(`${folder}/${name}`, text)
  const around = await deliveriesWorld({
    clock: clock ?? hastyClock(),
    files,
    through: inner => gatedFiles(inner, gate),
    destination,
  })
  around.server.files = [zip]
  const visible = () =>
    Object.fromEntries(
      [...files.below(folder)]
        .filter(([path]) => !path.includes('/.'))
        .map(([path, bytes]) => [path.slice(folder.length + 1), bytes.toString()]),
    )
  const { runner, service } = deliveriesRoom(around)
  const state = (wanted: (state: string) => boolean) =>
    until(
      () => {
        const last = around.deliveries.rows().at(-1)
        return last && wanted(last.state) && (!isEnded(last.state) || last.staging === null) && last
      },
      () => around.deliveries.journal.join('\n'),
    )
  const delivered = () => state(one => ['delivered', 'delivered-with-warnings', 'same-bytes'].includes(one))
  await service.request(id, { again: false, by: 'test' })
  return { ...around, runner, service, visible, state, delivered }
}

const group = { 'a.csv': rows('a.csv'), 'b.csv': rows('b.csv') }

describe('files that are there already', () => {
  it('keep-both: the whole group gets one suffix, the marker too', async () => {
    const before = { 'a.csv': 'x', 'b (2).csv': 'y' }
    const it = await room({ before, destination: { marker: 'ready' } })
    await it.delivered()
    expect(Object.keys(it.visible()).sort()).toEqual([
      'a (3).csv',
      'a.csv',
      'b (2).csv',
      'b (3).csv',
      'ready (3)',
    ])
    expect(it.visible()).toMatchObject({ ...before, 'a (3).csv': group['a.csv'] })
    expect(it.visible()['ready (3)']).toContain('a (3).csv')
  })

  it('replace: every one of them, and what is not of the group stays', async () => {
    const it = await room({ before: { 'a.csv': 'x', 'c.csv': 'z' }, destination: { onConflict: 'replace' } })
    expect((await it.delivered()).state).toBe('delivered')
    expect(it.visible()).toEqual({ ...group, 'c.csv': 'z' })
  })

  it('skip-same: the same bytes are an outcome of their own', async () => {
    const it = await room({ before: group, destination: { onConflict: 'skip-same' } })
    expect((await it.delivered()).state).toBe('same-bytes')
    expect(it.visible()).toEqual(group)
    expect(it.receipts.rows()[0]?.content).toMatchObject({
      outcome: 'same-bytes',
      files: [{ path: `${folder}/a.csv` }, {}],
    })
  })

  it('skip-same: what is missing is added, and other bytes make it keep both', async () => {
    const added = await room({
      before: { 'a.csv': group['a.csv'] },
      destination: { onConflict: 'skip-same' },
    })
    expect((await added.delivered()).state).toBe('delivered')
    expect(added.visible()).toEqual(group)
    const both = await room({
      before: { 'a.csv': 'x', 'b.csv': group['b.csv'] },
      destination: { onConflict: 'skip-same' },
    })
    await both.delivered()
    expect(Object.keys(both.visible()).sort()).toEqual(['a (2).csv', 'a.csv', 'b (2).csv', 'b.csv'])
  })

  it('fail: nothing of the group is published', async () => {
    const it = await room({
      before: { 'b.csv': 'x' },
      destination: { onConflict: 'fail' },
      clock: fakeClock(),
    })
    expect((await it.state(state => state === 'conflict')).error?.facts.path).toBe(`${folder}/b.csv`)
    expect(it.visible()).toEqual({ 'b.csv': 'x' })
  })

  it('a folder is never replaced, nor a file taken for a folder', async () => {
    const files = memoryFiles()
    files.folder(`${folder}/a.csv`)
    const it = await room({ files, destination: { onConflict: 'replace' }, clock: fakeClock() })
    await it.state(state => state === 'conflict')
    const below = await room({
      before: { in: 'x' },
      destination: { name: 'in/{original}{ext}' },
      clock: fakeClock(),
    })
    expect((await below.state(state => state === 'conflict')).error?.facts.path).toBe(`${folder}/in`)
  })

  it('a link in place of a sub-folder is not followed', async () => {
    const files = memoryFiles()
    files.folder(folder)
    files.other(`${folder}/in`)
    const it = await room({ files, destination: { name: 'in/{original}{ext}' }, clock: fakeClock() })
    expect((await it.state(state => state === 'conflict')).error?.facts.path).toBe(`${folder}/in`)
  })
})

describe('somebody else is quicker', () => {
  /** A foreign file shows up under the name right before we would take it. */
  function intruder(at: string) {
    const files = memoryFiles()
    let done = false
    const gate: Gate = (operation, path) => {
      if (done || operation !== 'link' || path !== `${folder}/${at}`) return
      done = true
      files.put(path, 'foreign')
    }
    return { files, gate }
  }

  it('before the first file: the group is named anew', async () => {
    const it = await room(intruder('a.csv'))
    expect((await it.delivered()).state).toBe('delivered')
    expect(it.visible()).toEqual({
      'a.csv': 'foreign',
      'a (2).csv': group['a.csv'],
      'b (2).csv': group['b.csv'],
    })
  })

  it('between two files: the rest gets names of its own, with a warning, and the marker tells of them', async () => {
    const it = await room({ ...intruder('b.csv'), destination: { marker: 'ready' } })
    expect((await it.delivered()).state).toBe('delivered-with-warnings')
    expect(it.visible()).toMatchObject({
      'a.csv': group['a.csv'],
      'b.csv': 'foreign',
      'b (2).csv': group['b.csv'],
    })
    expect(it.visible().ready).toContain(' b (2).csv\n')
    expect(it.receipts.rows()[0]?.content.warnings).toEqual([
      { code: 'name-taken-late', facts: { from: `${folder}/b.csv`, to: `${folder}/b (2).csv` } },
    ])
  })

  it('at the marker: it gets a name of its own', async () => {
    const it = await room({ ...intruder('ready'), destination: { marker: 'ready' } })
    await it.delivered()
    expect(it.visible()).toMatchObject({
      ...group,
      ready: 'foreign',
      'ready (2)': expect.stringContaining('a.csv'),
    })
  })

  it('where the destination says fail: it waits, and overwrites nothing', async () => {
    const clock = fakeClock()
    const it = await room({ ...intruder('b.csv'), destination: { onConflict: 'fail' }, clock })
    await it.state(state => state === 'conflict')
    expect(it.visible()).toEqual({ 'a.csv': group['a.csv'], 'b.csv': 'foreign' })
    const [delivery] = it.deliveries.rows()
    await expect(it.service.cancel(delivery?.id ?? ('' as never))).rejects.toThrow('forbidden')
    await it.files.remove(`${folder}/b.csv`)
    await clock.advance(seconds(15))
    await it.delivered()
    expect(it.visible()).toEqual(group)
  })

  it('where the destination says replace: it is replaced', async () => {
    const it = await room({ ...intruder('b.csv'), destination: { onConflict: 'replace' } })
    await it.delivered()
    expect(it.visible()).toEqual(group)
  })

  it('at the folder that the group has for itself: the files are placed one by one', async () => {
    const files = memoryFiles()
    // Their folder comes right before ours would be moved there.
    const gate: Gate = (operation, path) => {
      if (operation !== 'rename' || path !== `${folder}/run`) return
      files.folder(path)
      files.put(`${path}/theirs`, 'x')
      files.put(`${path}/b.csv`, 'foreign')
    }
    const it = await room({ files, gate, destination: { name: 'run/{original}{ext}' } })
    expect((await it.delivered()).state).toBe('delivered-with-warnings')
    expect(it.visible()).toEqual({
      'run/theirs': 'x',
      'run/b.csv': 'foreign',
      'run/a.csv': group['a.csv'],
      'run/b (2).csv': group['b.csv'],
    })
    expect(it.deliveries.journal).toContain('publishing → publishing: the folder was taken')
  })

  it('on a volume without hard links', async () => {
    const files = memoryFiles({ links: false })
    const it = await room({ files, before: { 'a.csv': 'x' } })
    await it.delivered()
    expect(it.visible()).toEqual({ 'a.csv': 'x', 'a (2).csv': group['a.csv'], 'b (2).csv': group['b.csv'] })
  })
})

describe('a file system that says no', () => {
  const failing = (times: number, code: string, wanted: string, at = '') => {
    let left = times
    return (operation: string, path: string) => {
      if (operation !== wanted || !path.endsWith(at) || left === 0) return
      left -= 1
      throw Object.assign(new Error(code), { code })
    }
  }

  it('a file that is held for a moment is waited for', async () => {
    const it = await room({
      before: { 'a.csv': 'x' },
      destination: { onConflict: 'replace' },
      gate: failing(4, 'EBUSY', 'rename', 'a.csv'),
    })
    expect((await it.delivered()).attempts).toBe(0)
    expect(it.visible()).toEqual(group)
  })

  it('a file that stays open elsewhere is said, and replaced when it is closed', async () => {
    const gate = failing(12, 'EPERM', 'rename', 'a.csv')
    const it = await room({ before: { 'a.csv': 'x' }, destination: { onConflict: 'replace' }, gate })
    await it.delivered()
    expect(it.deliveries.journal.filter(entry => entry.includes('→ conflict: file-locked'))).toHaveLength(2)
    expect(it.visible()).toEqual(group)
  })

  const refusals: readonly (readonly [string, string, string])[] = [
    ['ENOSPC', 'write', 'needs-space'],
    ['ENOSPC', 'link', 'needs-space'],
    ['EDQUOT', 'create', 'needs-space'],
    ['EROFS', 'link', 'destination-unreachable'],
    ['EIO', 'sync', 'destination-unreachable'],
    ['EIO', 'read', 'destination-unreachable'],
    ['EMFILE', 'open', 'destination-unreachable'],
    ['ESTALE', 'look', 'destination-unreachable'],
    ['ENOTCONN', 'real', 'destination-unreachable'],
    ['EHOSTDOWN', 'syncFolder', 'destination-unreachable'],
    ['EACCES', 'makeFolder', 'destination-unreachable'],
  ]
  it.each(refusals)('%s at %s: %s, and it goes on by itself', async (code, operation, state) => {
    const clock = fakeClock()
    const it = await room({ gate: failing(operation === 'makeFolder' ? 2 : 1, code, operation), clock })
    const paused = await it.state(
      one => !['waiting', 'downloading', 'verifying', 'unpacking', 'publishing'].includes(one),
    )
    expect(paused.state).toBe(state)
    await clock.advance(minutes(1))
    await it.delivered()
    expect(it.visible()).toEqual(group)
    expect(it.receipts.rows()).toHaveLength(1)
    expect([...it.files.below('/srv').keys()].filter(path => path.includes('extract-desk'))).toEqual([])
  })

  it('staging inside the destination, where its parent is on another volume', async () => {
    const files = memoryFiles({ volumeOf: path => (path.startsWith(folder) ? 'share' : 'disk') })
    const staged: string[] = []
    const it = await room({
      files,
      gate: (operation, path) => operation === 'create' && void staged.push(path),
    })
    await it.delivered()
    expect(staged.every(path => path.startsWith(`${folder}/.extract-desk-p1/`))).toBe(true)
    expect([...files.below('/srv').keys()].sort()).toEqual([`${folder}/a.csv`, `${folder}/b.csv`])
  })
})
