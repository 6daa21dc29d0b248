import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rawFiles } from '../../../main/adapters/files/node-files.ts'
import type { Files } from '../../../main/core/deliveries/files.ts'
import { deliveriesRoom, deliveriesWorld, hastyClock, served } from '../../fakes/deliveries-world.ts'
import { asked, id, sae } from '../../fakes/delivery-room.ts'
import { until } from '../../fakes/until.ts'

let parent = ''
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'group-'))
  mkdirSync(join(parent, 'in'))
})
afterEach(() => rmSync(parent, { recursive: true }))

/** Delivers into `in`; returns where it was staged, and the group that its file has. */
async function deliverInto(folder: string) {
  const roots = new Set<string>()
  const through = (): Files => ({
    ...rawFiles,
    makeFolder: async path => {
      roots.add(path)
      await rawFiles.makeFolder(path)
    },
  })
  const around = await deliveriesWorld({ clock: hastyClock(), through, destination: { folder } })
  around.server.files = [served(sae)]
  const { service, runner } = deliveriesRoom(around)
  await service.request(id, asked)
  await until(
    () => around.deliveries.rows().at(-1)?.state === 'delivered',
    () => around.deliveries.journal.join('\n'),
  )
  await runner.stopAndDrain()
  const [first = ''] = roots
  const [name = ''] = readdirSync(folder).filter(one => !one.startsWith('.'))
  return { first, group: statSync(join(folder, name)).gid }
}

it('a folder that gives its files its group gives it to those that are delivered, too', async () => {
  const folder = join(parent, 'in')
  const groups = process.getgroups?.() ?? []
  // Root may give any group; others those that they are in.
  const group = process.getuid?.() === 0 ? 1 : (groups.find(one => one !== process.getgid?.()) ?? groups[0])
  if (group !== undefined) chownSync(folder, -1, group)
  chmodSync(folder, 0o2775)
  // Windows has no such folders.
  const { gid, mode } = statSync(folder)
  const { first, group: got } = await deliverInto(folder)
  expect(got).toBe(gid)
  expect(first.startsWith(join(folder, '.extract-desk-'))).toBe((mode & 0o2000) !== 0)
})

it('other folders are staged beside, where nobody who reads them looks', async () => {
  const { first } = await deliverInto(join(parent, 'in'))
  expect(first.startsWith(join(parent, '.extract-desk-'))).toBe(true)
})
