import { expect, it } from 'vitest'
import type { Job } from '../../../main/core/jobs/types.ts'
import { served } from '../../fakes/deliveries-world.ts'
import { asked, id, quiet, type Room, room, sae } from '../../fakes/delivery-room.ts'
import { exchangeProofs } from '../../fakes/receipts.ts'

const etag = { 'content-type': 'text/csv', etag: '"v1"' }

async function receiptOf(it: Room) {
  await it.service.request(id, asked)
  const waits = await quiet(it)
  if (waits.nextAttemptAt !== null) {
    await it.clock.advance(waits.nextAttemptAt - it.clock.now())
    await quiet(it)
  }
  const [receipt] = it.receipts.rows()
  if (!receipt) throw new Error(it.deliveries.journal.join('\n'))
  return receipt.content
}

it('a receipt has the request for what came, and its answer', async () => {
  const { received } = await receiptOf(await room([served(sae)]))
  expect(received[0]?.exchanges).toMatchObject({
    version: 1,
    recorded: [{ method: 'GET', requestHeaders: [], answer: { status: 201 } }],
    more: 0,
  })
})

it('a download that went on behind a cut has both requests; one that began anew has its own', async () => {
  const ranges = await receiptOf(await room([{ ...served(sae, etag), cutAfter: 100, ranges: true }]))
  const names = ranges.received[0]?.exchanges?.recorded.map(({ requestHeaders }) => requestHeaders)
  expect(names).toEqual([[], ['range']])
  const whole = await receiptOf(await room([{ ...served(sae, etag), cutAfter: 100 }]))
  expect(whole.received[0]?.exchanges?.recorded).toHaveLength(1)
})

it('what went on behind a beginning of an older version is not called recorded', async () => {
  const it = await room([{ ...served(sae, etag), cutAfter: 100, ranges: true }])
  await it.service.request(id, asked)
  const cut = await quiet(it)
  if (!cut.partial) throw new Error('It was cut')
  const { exchanges: _, ...older } = cut.partial
  await it.deliveries.save({ ...cut, partial: older }, cut.state, 'as an older version had it')
  await it.clock.advance((cut.nextAttemptAt ?? it.clock.now()) - it.clock.now())
  await quiet(it)
  expect(it.receipts.rows()[0]?.content.received[0]).not.toHaveProperty('exchanges')
})

it.each<[string, Partial<Job>, object | null | undefined]>([
  ['what it was started with', { startExchanges: exchangeProofs(201) }, exchangeProofs(201)],
  ['that somebody else started it', { origin: 'elsewhere', startExchanges: exchangeProofs(409) }, null],
  ['nothing, where that was not recorded', {}, undefined],
])('a receipt says %s', async (_what, job, said) => {
  expect((await receiptOf(await room([served(sae)], { job }))).startExchanges).toEqual(said)
})
