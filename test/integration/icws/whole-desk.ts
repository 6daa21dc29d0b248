import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterEach } from 'vitest'
import { createAsksRepository } from '../../../main/adapters/database/repositories/asks.ts'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { nodeFiles } from '../../../main/adapters/files/node-files.ts'
import { createDefinitionsService } from '../../../main/core/definitions/definitions-service.ts'
import { createDeliveries } from '../../../main/core/deliveries/deliveries.ts'
import { createDeliveriesService } from '../../../main/core/deliveries/deliveries-service.ts'
import { neverWaits } from '../../../main/core/deliveries/metered.ts'
import { createDeliveryViews } from '../../../main/core/deliveries/views.ts'
import type { DeliveriesWorld } from '../../../main/core/deliveries/world.ts'
import { createEvents } from '../../../main/core/events.ts'
import { connectionId, definitionId, jobId } from '../../../main/core/ids.ts'
import { createJobViews } from '../../../main/core/jobs/job-view.ts'
import { createJobsService } from '../../../main/core/jobs/jobs-service.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { wantFiles } from '../../../main/core/jobs/want.ts'
import { createWatcher } from '../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import { defaultSettings } from '../../../main/core/settings/settings.ts'
import { seconds } from '../../../main/core/time.ts'
import { createFileWork } from '../../../main/worker/file-work.ts'
import type { Destination, JobView } from '../../../preload/contract/types.ts'
import { icwsSubject } from '../../contract/subjects/icws.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeClock, settled } from '../../fakes/fake-clock.ts'
import { fakePower } from '../../fakes/fake-power.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { memoryReceipts } from '../../fakes/memory-deliveries.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { noChecks } from '../../fakes/no-checks.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { computer } from '../concur/computer.ts'

/* From a request file to the files in a folder: everything but Electron, with the practised PureConnect server. */

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})

export async function wholeDesk(patch: Partial<Destination> = {}) {
  const clock = fakeClock()
  const it = await computer(clock)
  const { icws } = it.practice
  const process = it.start()
  const { service: connectionsService, sessions, systems } = process
  const { id } = await connectionsService.add(it.connection(icwsSubject.connection(it.practice)))
  const connection = connectionId(id)
  const parent = mkdtempSync(join(tmpdir(), 'extract-desk-icws-out-'))
  const folder = join(parent, 'in')
  mkdirSync(folder)

  const [log, ids, database] = [memoryLog(), countingIds(), tempDatabase()]
  const connections = createConnectionsRepository(database, clock, log)
  const row = await it.repository.find(connection)
  if (!row) throw new Error('The connection was saved.')
  await connections.save(row, 'test')
  const definitions = createDefinitionsRepository(database, log)
  const jobs = createJobsRepository(database, clock, log)
  const deliveries = createDeliveriesRepository(database, clock, log)
  const asks = createAsksRepository(database, log)
  const receipts = memoryReceipts()
  const deliveryViews = createDeliveryViews(deliveries)
  const events = createEvents(error => {
    throw error
  })
  const leases = createLeases(database, clock, ids)
  const shared = { jobs, definitions, connections, sessions, leases, clock, ids, events, log }
  const jobsWorld: JobsWorld = {
    ...shared,
    asks,
    system: systems.of,
    stopping: new AbortController().signal,
    onEnded: () => runner.kick(),
  }
  const lists = createLists(jobsWorld)
  const views = createJobViews({
    ...{ jobs, definitions, connections },
    system: systems.of,
    deliveriesOf: deliveryViews.deliveriesOf,
  })
  const world: DeliveriesWorld = {
    ...shared,
    deliveries,
    receipts,
    checks: noChecks,
    files: nodeFiles,
    work: createFileWork(nodeFiles),
    views: deliveryViews,
    mask: text => text,
    keep: async () => ({ replaced: 0, refused: 0 }),
    archiveFactor: async () => 1,
    metered: neverWaits,
    paused: async () => false,
    profileId: 'p1',
    appVersion: '0.1.0',
    want: (job, wanted) => wantFiles(jobsWorld, job, wanted),
    viewJob: job => jobsService.view(job),
  }
  const runner = createDeliveries(world)
  const deliveriesService = createDeliveriesService(world, runner)
  const { checkDestination } = deliveriesService
  const watcher = createWatcher(jobsWorld, lists, { power: fakePower(), events, paused: async () => false })
  const receiptOf = async (job: string) => receipts.rows().find(one => one.content.jobId === job)?.id ?? null
  const lastReceipt = async () => null
  const jobsService = createJobsService(jobsWorld, lists, {
    ...{ views, lastReceipt, receiptOf, checkDestination },
    settings: { get: async () => defaultSettings },
  })
  const definitionsService = createDefinitionsService({
    ...{ ...shared, asks, lists, views, lastReceipt, checkDestination },
    system: systems.of,
    onEnded: jobsWorld.onEnded,
  })
  watcher.start()
  endings.push(async () => {
    await watcher.stopAndDrain()
    await runner.stopAndDrain()
    rmSync(parent, { recursive: true, force: true })
  })

  /** Lets time go on until the work has come to its end. */
  async function passing<T>(work: Promise<T>): Promise<T> {
    let over = false
    const end = () => {
      over = true
    }
    work.then(end, end)
    for (let n = 0; !over && n < 2_000; n += 1) {
      await clock.advance(seconds(1) / 4)
      for (let turn = 0; turn < 20 && !over; turn += 1) await settled()
    }
    if (!over) throw new Error('This does not come to its end.')
    return work
  }

  async function kept(index = 0) {
    const sample = icws.samples[index]
    if (!sample) throw new Error('There is a sample.')
    const made = await definitionsService.add(connection, sample)
    const definition = definitionId(made.id)
    await definitionsService.saveDestination(definition, { ...aDestination, folder, ...patch })
    return definition
  }

  /** Runs a definition, and waits until its delivery has come to rest. */
  async function delivered(definition: ReturnType<typeof definitionId>) {
    const running = passing(jobsService.run(definition, { again: false, by: 'anna' }))
    const { job, joined } = await running
    const rested = async () => {
      for (;;) {
        const [newest] = await deliveries.ofJob(jobId(job.id))
        const now = newest && (await deliveries.find(newest.id))
        if (now && !['waiting', 'downloading', 'verifying', 'unpacking', 'publishing'].includes(now.state))
          return now
        await settled()
      }
    }
    return { job, joined, delivery: await passing(rested()) }
  }

  /** The job, when it has come to where the test waits for it. */
  const jobWhen = (id: string, isThere: (job: JobView) => boolean): Promise<JobView> =>
    passing(
      (async () => {
        for (;;) {
          const now = await jobsService.view(jobId(id))
          if (isThere(now)) return now
          await settled()
        }
      })(),
    )

  const visible = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort()

  return {
    ...{
      ...it,
      icws,
      connection,
      connectionsService,
      sessions,
      folder,
      clock,
      passing,
      kept,
      delivered,
      jobWhen,
      visible,
    },
    ...{
      jobs: jobsService,
      definitions: definitionsService,
      deliveries: deliveriesService,
      receipts,
      rows: jobs,
    },
  }
}
