import { describe, expect, it } from 'vitest'
import { createChecksRepository } from '../../../main/adapters/database/repositories/checks.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createReceiptsRepository } from '../../../main/adapters/database/repositories/receipts.ts'
import { createChecks } from '../../../main/core/checks/checks.ts'
import { findingNeeds } from '../../../main/core/checks/needs.ts'
import { newDelivery } from '../../../main/core/deliveries/delivery.ts'
import { deliveryId, jobId, remoteId } from '../../../main/core/ids.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import type { Finding } from '../../../preload/contract/checks.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { fakeClock, fakeStart } from '../../fakes/fake-clock.ts'
import { fakeSystem, systemTime } from '../../fakes/fake-system.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { memoryConnections } from '../../fakes/memory-connections.ts'
import { aDefinition, memoryDefinitions } from '../../fakes/memory-definitions.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { aReceipt } from '../../fakes/receipts.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { kept } from './pasts.ts'

const definition = aDefinition()
const day = hours(24)
const rowsUnusual: Finding = { code: 'rows-unusual', facts: { rows: 9, low: 1, high: 2, known: 6 } }

async function room() {
  const database = tempDatabase()
  const log = memoryLog()
  const clock = fakeClock()
  await createDefinitionsRepository(database, log).save([definition])
  const jobs = createJobsRepository(database, clock, log)
  const deliveries = createDeliveriesRepository(database, clock, log)
  const receipts = createReceiptsRepository(database, log)
  const checks = createChecksRepository(database, clock, log)

  const run = (n: number) =>
    jobs.save([
      {
        job: completedJob({
          id: jobId(`job-${n}`),
          remoteId: remoteId(`R${n}`),
          startedAt: systemTime(addMillis(fakeStart, n * day)),
        }),
        from: null,
        why: 'test',
      },
    ])

  /** Delivers a run; `again` is another delivery of it. */
  async function deliver(
    n: number,
    options: {
      readonly findings?: readonly Finding[] | null
      readonly fingerprint?: string
      readonly again?: string
      readonly bytes?: number
    } = {},
  ) {
    const id = deliveryId(`delivery-${n}${options.again ?? ''}`)
    const wanted = { id, jobId: jobId(`job-${n}`), definitionId: definition.id, by: 'erika' }
    const delivery = newDelivery(
      {
        ...wanted,
        connectionId: definition.connectionId,
        destination: aDestination,
        followsDefinition: true,
      },
      fakeStart,
    )
    await deliveries.save(delivery, null, 'test')
    const findings = options.findings === undefined ? [] : options.findings
    if (findings) {
      await checks.save(delivery, kept({ fingerprint: options.fingerprint ?? `files ${n}` }), {
        compared: 3,
        findings,
      })
    }
    const at = addMillis(fakeStart, n * day)
    const receipt = await receipts.append(id, previous =>
      aReceipt(previous, id, {
        deliveredAt: at,
        files: [{ path: '/in/a', bytes: options.bytes ?? 3, sha256: 'aa', crc32: null, rows: 2 }],
      }),
    )
    return receipt.id
  }
  return { database, log, clock, checks, run, deliver }
}

describe('the checks in the database', () => {
  it('give the course of a definition: one point a run, by its newest delivery, the newest run first', async () => {
    const { checks, run, deliver, log } = await room()
    for (const n of [1, 2, 3, 4]) await run(n)
    await deliver(1, { findings: null })
    await deliver(3, { findings: [rowsUnusual] })
    await deliver(2)
    const newest = await deliver(2, { again: '-again', bytes: 7 })
    const past = await checks.past(definition.id, 10)
    expect(past.map(({ jobId: job }) => job)).toEqual(['job-3', 'job-2', 'job-1'])
    expect(past[0]).toMatchObject({
      receiptNumber: 2,
      at: addMillis(fakeStart, 3 * day),
      files: 1,
      rows: 2,
      findings: [{ ...rowsUnusual, mark: null }],
    })
    expect(past[1]).toMatchObject({ receiptId: newest, bytes: 7, findings: [] })
    // Delivered before anything was checked: what its receipt tells, and no more.
    expect(past[2]).toMatchObject({
      kept: null,
      findings: null,
      totals: [{ currency: '', total: '1.00' }],
    })
    expect(await checks.past(definition.id, 2)).toHaveLength(2)
    expect(log.entries).toEqual([])
  })

  it('are asked by an index, however long the history is', async () => {
    const { database } = await room()
    const plan = database
      .all(
        `EXPLAIN QUERY PLAN SELECT history.job_id FROM history JOIN receipts ON receipts.id = history.receipt_id
         LEFT JOIN delivery_checks AS checks ON checks.delivery_id = receipts.delivery_id
         WHERE history.definition_id = ? AND history.receipt_id IS NOT NULL ORDER BY history.place DESC LIMIT 5`,
        'x',
      )
      .map(row => (row as { readonly detail: string }).detail)
    expect(plan.join('\n')).toMatch(/history USING (COVERING )?INDEX history_saved/)
    expect(plan.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
  })

  it('find an earlier delivery of the same files, but not of the same run', async () => {
    const { checks, run, deliver } = await room()
    for (const n of [1, 2, 3]) await run(n)
    await deliver(1, { fingerprint: 'these' })
    const second = await deliver(2, { fingerprint: 'these' })
    const same = (fingerprint: string, job: string) =>
      checks.sameFiles(definition.id, fingerprint, jobId(job))
    expect(await same('these', 'job-3')).toEqual({
      receiptId: second,
      receiptNumber: 2,
      deliveredAt: addMillis(fakeStart, 2 * day),
    })
    expect(await same('these', 'job-2')).toMatchObject({ receiptNumber: 1 })
    expect(await same('others', 'job-3')).toBeNull()
  })

  it('count the runs in between that nobody saved', async () => {
    const { checks, run, deliver } = await room()
    for (const n of [1, 2, 3, 4, 5]) await run(n)
    await deliver(1)
    await deliver(4)
    const between = (after: number, before: number) =>
      checks.unsavedBetween(
        definition.id,
        addMillis(fakeStart, after * day),
        addMillis(fakeStart, before * day),
      )
    expect(await between(1, 5)).toEqual({
      count: 2,
      first: addMillis(fakeStart, 2 * day),
      last: addMillis(fakeStart, 3 * day),
    })
    expect(await between(3, 4)).toBeNull()
  })

  it('keep what somebody says to a finding, and who; the last word holds', async () => {
    const { checks, run, deliver, clock, database } = await room()
    await run(1)
    const receipt = await deliver(1, { findings: [rowsUnusual] })
    const needs = () => findingNeeds({ checks, definitions: memoryDefinitions(definition), clock })
    expect(await needs()).toMatchObject([
      {
        kind: 'finding',
        title: definition.name,
        facts: { receiptId: receipt, code: 'rows-unusual', more: 0 },
      },
    ])
    expect(await checks.mark(receipt, 'rows-unusual', 'seen', 'erika')).toBe(true)
    expect(await needs()).toEqual([])
    expect(await checks.mark(receipt, 'rows-unusual', 'expected', 'max')).toBe(true)
    expect(await checks.ofReceipt(receipt)).toEqual([
      { ...rowsUnusual, mark: { as: 'expected', by: 'max', at: clock.now() } },
    ])
    expect(await checks.mark(receipt, 'empty', 'seen', 'erika')).toBe(false)
    const whys = database
      .all("SELECT why FROM journal WHERE entity_id = 'delivery-1' ORDER BY seq")
      .map(row => (row as { readonly why: string }).why)
    expect(whys).toEqual([
      'test',
      'compared with 3 earlier ones',
      'its finding is seen',
      'its finding is expected',
    ])
  })

  it('leave out findings that a newer version has written', async () => {
    const { checks, run, deliver } = await room()
    await run(1)
    const newer = { code: 'of-a-newer-version', facts: {} } as unknown as Finding
    const receipt = await deliver(1, { findings: [newer, rowsUnusual] })
    expect((await checks.ofReceipt(receipt)).map(({ code }) => code)).toEqual(['rows-unusual'])
  })

  it('give a chart its points in order, and the band of what is usual', async () => {
    const { checks, run, deliver, clock, log } = await room()
    const events: string[] = []
    const service = createChecks({
      checks,
      connections: memoryConnections(),
      system: () => fakeSystem(clock),
      events: { publish: ({ kind }) => void events.push(kind) },
      log,
    })
    expect(await service.trend(definition.id)).toMatchObject({ points: [], rows: null, totals: [] })
    for (const n of [1, 2, 3, 4, 5, 6, 7]) {
      await run(n)
      await deliver(n, { findings: n === 3 ? [rowsUnusual] : [] })
    }
    const trend = await service.trend(definition.id)
    expect(trend.points.map(({ jobId: job }) => job)).toEqual([1, 2, 3, 4, 5, 6, 7].map(n => `job-${n}`))
    expect(trend.rows).toEqual({ low: '0', high: '8' })
    await service.mark(trend.points[2]?.receiptId as never, 'rows-unusual', 'seen', 'erika')
    expect(events).toEqual(['findings-changed'])
    await expect(service.mark('r-none' as never, 'empty', 'seen', 'erika')).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})
