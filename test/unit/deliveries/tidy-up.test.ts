import { expect, it as test } from 'vitest'
import { seconds } from '../../../main/core/time.ts'
import { deliveriesRoom, served } from '../../fakes/deliveries-world.ts'
import { asked, id, room, sae } from '../../fakes/delivery-room.ts'
import { type LeaseTable, memoryLeases } from '../../fakes/memory-leases.ts'
import { until } from '../../fakes/until.ts'

const text = { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="x.txt"' }
/** A process that was killed when it had delivered, before its staging was removed. */
async function killedBeforeCleaning() {
  const it = await room([served(sae, text)])
  const [state, tree] = [() => it.deliveries.rows()[0]?.state, it.world.files.removeTree]
  const removeTree = (path: string) =>
    state() === 'delivered' ? Promise.reject(new Error('killed')) : tree(path)
  const first = deliveriesRoom({ world: { ...it.world, files: { ...it.world.files, removeTree } } })
  await first.service.request(id, asked)
  await until(
    () => state() === 'delivered',
    () => it.deliveries.journal.join('\n'),
  )
  await first.runner.stopAndDrain()
  const table: LeaseTable = new Map()
  const dead = memoryLeases(table, it.clock)
  await dead.take(`deliver:${id}`)
  dead.kill()
  return { ...it, ...deliveriesRoom({ world: { ...it.world, leases: memoryLeases(table, it.clock) } }) }
}

const stagingOf = (it: Awaited<ReturnType<typeof killedBeforeCleaning>>) =>
  it.deliveries.rows()[0]?.staging ?? null

test('what a killed process left behind is removed when its lease has ended, and not only at the next start', async () => {
  const it = await killedBeforeCleaning()
  await it.runner.recover()
  const left = stagingOf(it)?.root ?? ''
  expect(await it.files.look(left)).toMatchObject({ kind: 'folder' })
  await it.clock.advance(seconds(61))
  await until(
    () => stagingOf(it) === null,
    () => it.deliveries.journal.join('\n'),
  )
  expect(await it.files.look(left)).toBeNull()
  expect(it.clock.pending()).toBe(0)
})

test('a process that ends does not wait for that', async () => {
  const it = await killedBeforeCleaning()
  await it.runner.recover()
  expect(it.clock.pending()).toBe(1)
  await it.runner.stopAndDrain()
  expect(it.clock.pending()).toBe(0)
})
