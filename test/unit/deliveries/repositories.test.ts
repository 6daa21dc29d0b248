import { describe, expect, it } from 'vitest'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createReceiptsRepository } from '../../../main/adapters/database/repositories/receipts.ts'
import { newDelivery } from '../../../main/core/deliveries/delivery.ts'
import {
  type DeliveriesRepository,
  type Delivery,
  DeliveryChangedMeanwhile,
} from '../../../main/core/deliveries/types.ts'
import { summaryOf } from '../../../main/core/deliveries/views.ts'
import {
  type DeliveryId,
  deliveryId,
  type JobId,
  jobId,
  receiptId,
  remoteId,
} from '../../../main/core/ids.ts'
import type { ReceiptsRepository } from '../../../main/core/receipts/types.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryDeliveries, memoryReceipts } from '../../fakes/memory-deliveries.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { aReceipt, exchangeProofs } from '../../fakes/receipts.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

type Stores = { readonly deliveries: DeliveriesRepository; readonly receipts: ReceiptsRepository }
const jobA = jobId('job-a')
const jobB = jobId('job-b')

async function inDatabase() {
  const database = tempDatabase()
  const log = memoryLog()
  const clock = fakeClock()
  await createDefinitionsRepository(database, log).save([aDefinition()])
  const jobs = createJobsRepository(database, clock, log)
  await jobs.save([
    { job: completedJob({ id: jobA, wanted: { by: 'erika', destination: null } }), from: null, why: 'test' },
    { job: completedJob({ id: jobB, remoteId: remoteId('other') }), from: null, why: 'test' },
  ])
  return {
    database,
    jobs,
    log,
    deliveries: createDeliveriesRepository(database, clock, log),
    receipts: createReceiptsRepository(database, log),
  }
}

/** The fakes keep the same promises as the database; both are held to them here. */
const kinds: readonly (readonly [string, () => Promise<Stores>])[] = [
  ['in the database', inDatabase],
  ['in memory', async () => ({ deliveries: memoryDeliveries(), receipts: memoryReceipts() })],
]

const contents = {
  rows: 2,
  empty: false,
  pipes: true,
  header: { date: '2026-11-01', rows: 2, total: '1.00', batch: '7' },
  journal: { total: '1.00', match: true, unread: 0 },
}
const planned = { bytes: 3, sha256: 'aa', crc32: null, rows: 2, action: 'place' } as const

function aDelivery(id: string, job: JobId, patch: Partial<Delivery> = {}): Delivery {
  const { connectionId, id: definition } = aDefinition()
  const wanted = { id: deliveryId(id), jobId: job, definitionId: definition, connectionId, by: 'erika' }
  return {
    ...newDelivery({ ...wanted, destination: aDestination, followsDefinition: true }, fakeStart),
    ...patch,
  }
}

/** One with something in every corner. */
const full = aDelivery('delivery-1', jobA, {
  state: 'publishing',
  error: {
    code: 'file-locked',
    facts: { path: '/x', tries: 5, held: true },
    said: 'no',
    correlationId: 'c-1',
  },
  attempts: 3,
  nextAttemptAt: fakeStart,
  staging: {
    ...{ root: '/srv/erp/.extract-desk-p1', folder: '/srv/erp/.extract-desk-p1/delivery-1' },
    real: '/srv/erp/in',
  },
  downloads: [
    {
      ...{ id: 'file', path: '/s/0', name: null, declaredType: 'text/csv', bytes: 3, sha256: 'aa' },
      ...{ validator: '"v1"', kind: 'text', contents, exchanges: exchangeProofs() },
    },
    {
      ...{ id: 'of a version before', path: '/s/1', name: null, declaredType: null, bytes: 0, sha256: 'bb' },
      ...{ validator: null, kind: 'text', contents: null },
    },
  ],
  downloaded: true,
  partial: { id: 'file', path: '/s/0', bytes: 1, validator: '"v1"', exchanges: exchangeProofs(206) },
  contents: [{ staged: '/s/0', original: 'a.txt', bytes: 3, sha256: 'aa', crc32: null, contents }],
  plan: {
    files: [{ ...planned, staged: '/s/0', final: '/srv/erp/in/a.txt' }],
    marker: { ...planned, staged: '/s/marker', final: '/srv/erp/in/ready', rows: null },
    ownFolder: { staged: '/s/group', final: '/srv/erp/in/run' },
    warnings: [{ code: 'name-changed', facts: { from: 'a:', to: 'a_', n: 1 } }],
    placed: true,
  },
  warnings: [{ code: 'file-empty', facts: { file: 'b' } }],
  former: {
    files: [{ ...planned, staged: '/s/0', final: '/srv/erp/in/a.txt', action: 'same' }],
    ...{ marker: null, ownFolder: null, warnings: [], placed: false },
  },
})

describe.each(kinds)('deliveries %s', (_name, make) => {
  it('come back as they were written, with one revision more', async () => {
    const { deliveries } = await make()
    await deliveries.save(full, null, 'test')
    expect(await deliveries.find(full.id)).toEqual({ ...full, rev: 1 })
    const later: Delivery = {
      ...full,
      rev: 1,
      state: 'delivered',
      receiptId: receiptId('r-1'),
      staging: null,
    }
    await deliveries.save(later, 'publishing', 'test')
    expect(await deliveries.find(full.id)).toEqual({ ...later, rev: 2 })
    expect(await deliveries.find(deliveryId('nobody'))).toBeNull()
  })

  it('are not saved where somebody else saved them meanwhile', async () => {
    const { deliveries } = await make()
    await deliveries.save(full, null, 'test')
    await expect(deliveries.save(full, null, 'again')).rejects.toThrow(DeliveryChangedMeanwhile)
    await expect(deliveries.save(full, 'publishing', 'old revision')).rejects.toThrow(
      DeliveryChangedMeanwhile,
    )
    await expect(deliveries.save({ ...full, rev: 1 }, 'waiting', 'old state')).rejects.toThrow(
      DeliveryChangedMeanwhile,
    )
    expect((await deliveries.find(full.id))?.rev).toBe(1)
  })

  it('are found by their job, the newest first, and in short', async () => {
    const { deliveries } = await make()
    const first = aDelivery('delivery-1', jobA, { state: 'delivered' })
    const second = aDelivery('delivery-2', jobA)
    const other = aDelivery('delivery-3', jobB)
    for (const one of [first, second, other]) await deliveries.save(one, null, 'test')
    expect((await deliveries.ofJob(jobA)).map(one => one.id)).toEqual([second.id, first.id])
    const latest = await deliveries.latest([jobB, jobA, jobId('job-c')])
    expect([...latest].sort((a, b) => a.id.localeCompare(b.id))).toEqual([
      summaryOf(second),
      summaryOf(other),
    ])
    expect((await deliveries.lastDelivered(first.definitionId))?.id).toBe(first.id)
  })

  it('are unfinished until they have ended and are cleared away', async () => {
    const { deliveries } = await make()
    await deliveries.save(aDelivery('delivery-1', jobA, { state: 'delivered' }), null, 'test')
    await deliveries.save(
      aDelivery('delivery-2', jobA, { state: 'cancelled', staging: full.staging }),
      null,
      'test',
    )
    await deliveries.save(aDelivery('delivery-3', jobB, { state: 'conflict' }), null, 'test')
    expect((await deliveries.unfinished()).map(one => one.id)).toEqual(['delivery-2', 'delivery-3'])
    const waiting = await deliveries.find(deliveryId('delivery-3'))
    expect(await deliveries.open()).toEqual([waiting && { ...summaryOf(waiting), attempts: 0 }])
  })
})

describe.each(kinds)('receipts %s', (_name, make) => {
  async function withDeliveries(ids: readonly DeliveryId[]) {
    const stores = await make()
    for (const id of ids) await stores.deliveries.save(aDelivery(id, jobA), null, 'test')
    return stores.receipts
  }
  const ids = [deliveryId('delivery-1'), deliveryId('delivery-2'), deliveryId('delivery-3')] as const

  it('are chained in the order in which they are written', async () => {
    const receipts = await withDeliveries(ids)
    expect(await receipts.head()).toEqual({ count: 0, hash: null })
    for (const id of ids) await receipts.append(id, previous => aReceipt(previous, id))
    const chain = []
    for await (const receipt of receipts.chain()) chain.push(receipt)
    expect(chain.map(one => [one.number, one.previousId, one.previousHash])).toEqual([
      [1, null, null],
      [2, 'r-1', chain[0]?.hash],
      [3, 'r-2', chain[1]?.hash],
    ])
    expect(await receipts.head()).toEqual({ count: 3, hash: chain[2]?.hash })
    expect(await receipts.find(receiptId('r-2'))).toEqual(chain[1])
    expect(await receipts.byNumber(3)).toEqual(chain[2])
  })

  it('are written once for a delivery', async () => {
    const receipts = await withDeliveries(ids)
    const first = await receipts.append(ids[0], previous => aReceipt(previous, ids[0]))
    const again = await receipts.append(ids[0], previous =>
      aReceipt(previous, ids[0], { requestedBy: 'somebody else' }),
    )
    expect(again).toEqual(first)
    expect(await receipts.ofDelivery(ids[0])).toEqual(first)
    expect((await receipts.head()).count).toBe(1)
  })
})

describe('the database', () => {
  it('journals every delivery, and no longer offers its job', async () => {
    const { database, deliveries, jobs } = await inDatabase()
    expect((await jobs.wantingDelivery()).map(job => job.id)).toEqual([jobA])
    await deliveries.save(full, null, 'its files are wanted')
    expect(await jobs.wantingDelivery()).toEqual([])
    const entries = database.all("SELECT from_state, to_state, why FROM journal WHERE entity = 'delivery'")
    expect(entries).toEqual([{ from_state: null, to_state: 'publishing', why: 'its files are wanted' }])
  })

  it('lets nobody change or remove a receipt', async () => {
    const { database, deliveries, receipts } = await inDatabase()
    await deliveries.save(full, null, 'test')
    await receipts.append(full.id, previous => aReceipt(previous, full.id))
    expect(() => database.transaction(tx => tx.run("UPDATE receipts SET hash = 'x'"))).toThrow('append-only')
    expect(() => database.transaction(tx => tx.run('DELETE FROM receipts'))).toThrow('append-only')
  })
})
