import { expect, it as test } from 'vitest'
import { seconds } from '../../../main/core/time.ts'
import { deliveriesRoom, served } from '../../fakes/deliveries-world.ts'
import { asked, id, quiet, room, sae } from '../../fakes/delivery-room.ts'
import { type LeaseTable, memoryLeases } from '../../fakes/memory-leases.ts'

const again = { ...asked, again: true }

/** A job that was delivered, and whose lease another process holds. */
async function heldByAnother() {
  const it = await room([served(sae)])
  await it.service.request(id, asked)
  await quiet(it)
  const table: LeaseTable = new Map()
  const other = memoryLeases(table, it.clock)
  const lease = await other.take(`deliver:${id}`)
  const next = deliveriesRoom({ world: { ...it.world, leases: memoryLeases(table, it.clock) } })
  return { ...it, ...next, other, release: async () => lease?.release() }
}

test('what is asked for while another one holds the lease waits for it', async () => {
  const it = await heldByAnother()
  const request = it.service.request(id, again)
  await it.clock.advance(seconds(1))
  expect(it.deliveries.rows()).toHaveLength(1)
  await it.release()
  await it.clock.advance(seconds(1))
  await request
  await quiet(it)
  expect(it.deliveries.rows().map(row => row.state)).toEqual(['delivered', 'delivered'])
})

test('a process that was killed holds it for half a minute, and the request is not lost', async () => {
  const it = await heldByAnother()
  it.other.kill()
  const request = it.service.request(id, again)
  await it.clock.advance(seconds(31))
  await request
  await quiet(it)
  expect(it.deliveries.rows()).toHaveLength(2)
})

test('where it is held on and on, that is said', async () => {
  const it = await heldByAnother()
  const refused = expect(it.service.request(id, again)).rejects.toThrow('forbidden')
  await it.clock.advance(seconds(41))
  await refused
  expect(it.deliveries.rows()).toHaveLength(1)
})

test('what was delivered is asked for by two at this very moment: both are told so', async () => {
  const it = await room([served(sae)])
  await it.service.request(id, asked)
  await quiet(it)
  const told = await Promise.all([it.service.request(id, asked), it.service.request(id, asked)])
  expect(told.map(({ delivery }) => delivery?.state)).toEqual(['delivered', 'delivered'])
  expect(it.deliveries.rows()).toHaveLength(1)
})
