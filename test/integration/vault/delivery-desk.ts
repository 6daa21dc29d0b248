import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach } from 'vitest'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { nodeFiles } from '../../../main/adapters/files/node-files.ts'
import { createDeliveries } from '../../../main/core/deliveries/deliveries.ts'
import { createDeliveriesService } from '../../../main/core/deliveries/deliveries-service.ts'
import { neverWaits } from '../../../main/core/deliveries/metered.ts'
import { createDeliveryViews } from '../../../main/core/deliveries/views.ts'
import type { DeliveriesWorld } from '../../../main/core/deliveries/world.ts'
import { createEvents } from '../../../main/core/events.ts'
import { definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import type { RemoteJob, Target } from '../../../main/core/systems/system.ts'
import { seconds } from '../../../main/core/time.ts'
import type { ScenarioName } from '../../../main/practice/index.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import type { JobView } from '../../../preload/contract/types.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { completedJob } from '../../fakes/deliveries-world.ts'
import { settled } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryReceipts } from '../../fakes/memory-deliveries.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { noChecks } from '../../fakes/no-checks.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { signedIn } from './desk.ts'

/* The practice vault over HTTP, the real database and files, and the real pipeline behind them. */

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

const working = ['waiting', 'downloading', 'verifying', 'unpacking', 'publishing']

export async function deliveryDesk() {
  const it = await signedIn({ largeBytes: 40_000_000 })
  const { clock, id: connection, sessions } = it
  const [log, ids] = [memoryLog(), countingIds()]
  const parent = mkdtempSync(join(tmpdir(), 'extract-desk-vault-'))
  const folder = join(parent, 'in')
  mkdirSync(folder)
  const destination = { ...aDestination, folder }
  const database = tempDatabase()
  const row = await it.repository.find(connection)
  if (!row) throw new Error('The connection was saved')
  const connections = createConnectionsRepository(database, clock, log)
  await connections.save(row, 'test')
  const definitions = createDefinitionsRepository(database, log)
  const jobs = createJobsRepository(database, clock, log)
  const deliveries = createDeliveriesRepository(database, clock, log)
  const receipts = memoryReceipts()
  const views = createDeliveryViews(deliveries)
  const events = createEvents(error => {
    throw error
  })
  const world: DeliveriesWorld = {
    ...{ deliveries, receipts, jobs, definitions, connections, sessions, views, clock, events, log },
    ids,
    checks: noChecks,
    leases: createLeases(database, clock, ids),
    files: nodeFiles,
    work: createFileWork(nodeFiles),
    mask: text => text,
    keep: async () => ({ replaced: 0, refused: 0 }),
    archiveFactor: async () => 1,
    metered: neverWaits,
    paused: async () => false,
    profileId: 'p1',
    appVersion: '0.1.0',
    want: async () => {},
    viewJob: async id => ({ id, delivery: await views.deliveryOf(id) }) as unknown as JobView,
  }
  const runner = createDeliveries(world)
  const service = createDeliveriesService(world, runner)
  endings.push(async () => {
    await runner.stopAndDrain()
    rmSync(parent, { recursive: true, force: true })
  })

  let count = 0
  /** Delivers a job of a definition, and lets the clock go on until its delivery has ended. */
  async function deliver(target: Target, remote: RemoteJob) {
    count += 1
    const definition = aDefinition({
      id: definitionId(`d-${count}`),
      connectionId: connection,
      remoteId: remoteId(`${target.id}-${count}`),
      name: target.name,
      kind: 'kept',
      request: target.request,
      destination,
    })
    await definitions.save([definition])
    const id = jobId(`job-${count}`)
    const { startedAt, endedAt, rawStatus } = remote
    const ends = { connectionId: connection, definitionId: definition.id, remoteId: remote.id }
    const job = completedJob({ id, ...ends, startedAt, endedAt, rawStatus })
    await jobs.save([{ job, from: null, why: 'test' }])
    await service.request(id, { again: false, by: 'test' })
    for (;;) {
      const [newest] = await deliveries.ofJob(id)
      const delivery = newest && (await deliveries.find(newest.id))
      if (delivery && !working.includes(delivery.state)) return delivery
      // A turn or a second attempt is waited for; what runs is left to run.
      for (let turn = 0; turn < 100; turn += 1) await settled()
      await clock.advance(seconds(1))
    }
  }

  /** Starts a run and asks about it until it has ended. */
  async function ended(target: Target, scenario: ScenarioName = 'normal'): Promise<RemoteJob> {
    it.practice.scenario(scenario)
    let job = await it.run((session, system) => system.start(session, target))
    while (!['completed', 'failed', 'cancelled'].includes(job.status)) {
      await clock.advance(seconds(3))
      job = await it.run((session, system) => system.job(session, target, job.id))
    }
    return job
  }

  const visible = (below = folder): readonly string[] =>
    readdirSync(below, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(folder, join(entry.parentPath, entry.name)))
      .sort()
  const text = (name: string) => readFileSync(join(folder, name), 'utf8')
  const receiptOf = async (delivery: { readonly receiptId: string | null }) =>
    receipts.rows().find(one => one.id === delivery.receiptId)?.content
  return { ...it, folder, deliver, ended, visible, text, receiptOf, deliveries }
}
