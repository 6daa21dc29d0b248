import { describe, expect, it } from 'vitest'
import { sweepTrials, type TrialWorld, tryStaging } from '../../../main/core/deliveries/trial.ts'
import { seconds } from '../../../main/core/time.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock, settled } from '../../fakes/fake-clock.ts'
import { gatedFiles, memoryFiles } from '../../fakes/memory-files.ts'
import { type LeaseTable, memoryLeases } from '../../fakes/memory-leases.ts'
import { memoryLog } from '../../fakes/memory-log.ts'

const folder = '/srv/erp/in'
const ids = countingIds()

/** A computer on which process after process tries a folder; `elsewhere`: staging beside it is on another volume. */
function computer(elsewhere = false) {
  const clock = fakeClock()
  const files = memoryFiles(elsewhere ? { volumeOf: path => String(path.startsWith(folder)) } : {})
  files.folder(folder)
  const [table, log]: [LeaseTable, ReturnType<typeof memoryLog>] = [new Map(), memoryLog()]
  let dead = false
  /** A process that is killed before its operation number `last` + 1: from then on nothing comes back to it. */
  async function process(last: number) {
    let operations = 0
    const leases = memoryLeases(table, clock)
    const gated = gatedFiles(files, () => {
      operations += 1
      if (operations > last) dead = true
      if (dead) throw Object.assign(new Error('killed'), { code: 'EKILLED' })
    })
    const take: TrialWorld['leases']['take'] = async (...words) => {
      const lease = await leases.take(...words)
      return lease && { ...lease, release: async () => (dead ? undefined : lease.release()) }
    }
    const world = { files: gated, leases: { ...leases, take }, ids, profileId: 'p1' }
    await tryStaging(world, folder, async () => {}).catch(() => {})
    if (dead) leases.kill()
    dead = false
    return operations
  }
  const left = async () => {
    const roots = ['/srv/erp', folder].map(parent => `${parent}/.extract-desk-p1`)
    const looks = await Promise.all(roots.map(root => files.look(root)))
    return roots.filter((_, index) => looks[index] !== null)
  }
  const next = { files, leases: memoryLeases(table, clock), log }
  return { clock, files, table, log, process, left, next }
}

describe.each([
  ['beside the folder', false],
  ['inside it, where beside is another volume', true],
])('a trial of staging %s', (_what, elsewhere) => {
  it('leaves nothing behind', async () => {
    const it = computer(elsewhere)
    await it.process(Number.POSITIVE_INFINITY)
    expect(await it.left()).toEqual([])
    expect(it.table.size).toBe(0)
  })

  it('that was killed at any of its operations is cleaned up behind at the next start, when its lease has ended', async () => {
    const operations = await computer(elsewhere).process(Number.POSITIVE_INFINITY)
    let leftBehind = 0
    for (let last = 0; last < operations; last += 1) {
      const it = computer(elsewhere)
      await it.process(last)
      const before = await it.left()
      if (before.length > 0) leftBehind += 1
      await sweepTrials(it.next)
      // It may live: another process of this profile.
      expect(await it.left()).toEqual(before)
      await it.clock.advance(seconds(30))
      await sweepTrials(it.next)
      expect([last, await it.left()]).toEqual([last, []])
      expect([...it.files.below(folder).keys()]).toEqual([])
      expect(it.table.size).toBe(0)
    }
    expect(leftBehind).toBeGreaterThan(5)
  })
})

it('what a sweep cannot remove now is removed by a later one, and what another profile left is left', async () => {
  const { files, process, clock, next, log, left, table } = computer()
  files.folder('/srv/erp/.extract-desk-p2')
  await process(8)
  await clock.advance(seconds(30))
  const away = { ...files, removeTree: () => Promise.reject(new Error('the share is away')) }
  await sweepTrials({ ...next, files: away })
  expect(log.entries.map(({ event }) => event)).toEqual(['delivery.trial-not-cleaned-up'])
  expect(await left()).toHaveLength(1)
  await sweepTrials(next)
  await settled()
  expect(await left()).toEqual([])
  expect(table.size).toBe(0)
  expect(await files.look('/srv/erp/.extract-desk-p2')).not.toBeNull()
})

it('is made though another process takes the profile’s empty folder away in between', async () => {
  const { files, next, left } = computer()
  let taken = 0
  const shared = {
    ...files,
    async makeFolder(path: string) {
      if (path.includes('/.extract-desk-p1/') && taken < 3) {
        taken += 1
        await files.removeEmptyFolder('/srv/erp/.extract-desk-p1')
      }
      await files.makeFolder(path)
    },
  }
  const looked = await tryStaging({ ...next, files: shared, ids, profileId: 'p1' }, folder, async () => true)
  expect([looked, taken]).toEqual([true, 3])
  expect(await left()).toEqual([])
})
