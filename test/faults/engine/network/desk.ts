/** The engine with journal, files and receipts as the app has them, at a practice system, on a clock that is driven. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../../../main/adapters/database/database.ts'
import { createAsksRepository } from '../../../../main/adapters/database/repositories/asks.ts'
import { createConnectionsRepository } from '../../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../../main/adapters/database/repositories/leases.ts'
import { createReceiptsRepository } from '../../../../main/adapters/database/repositories/receipts.ts'
import { createTurnsRepository } from '../../../../main/adapters/database/repositories/turns.ts'
import { nodeFiles } from '../../../../main/adapters/files/node-files.ts'
import { nodeSourceFolders } from '../../../../main/adapters/files/source-folders.ts'
import { randomIds as ids } from '../../../../main/adapters/ids.ts'
import { SessionSecrets } from '../../../../main/adapters/secrets/session-secrets.ts'
import { createConnectionsService } from '../../../../main/core/connections/connections-service.ts'
import { createRefusedSecrets } from '../../../../main/core/connections/refused-secrets.ts'
import { createSecretStore } from '../../../../main/core/connections/secret-store.ts'
import { createSessions } from '../../../../main/core/connections/sessions.ts'
import { createTurns } from '../../../../main/core/connections/turns.ts'
import { createDefinitionsService } from '../../../../main/core/definitions/definitions-service.ts'
import { createDeliveries } from '../../../../main/core/deliveries/deliveries.ts'
import { createDeliveriesService } from '../../../../main/core/deliveries/deliveries-service.ts'
import { neverWaits } from '../../../../main/core/deliveries/metered.ts'
import { createDeliveryViews } from '../../../../main/core/deliveries/views.ts'
import type { DeliveriesWorld } from '../../../../main/core/deliveries/world.ts'
import { createEvents } from '../../../../main/core/events.ts'
import { connectionId, definitionId } from '../../../../main/core/ids.ts'
import { createJobViews } from '../../../../main/core/jobs/job-view.ts'
import { createJobsService } from '../../../../main/core/jobs/jobs-service.ts'
import { createLists } from '../../../../main/core/jobs/lists.ts'
import { wantFiles } from '../../../../main/core/jobs/want.ts'
import { createWatcher } from '../../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../../main/core/jobs/world.ts'
import { createRedactor } from '../../../../main/core/policy/redact.ts'
import { defaultSettings } from '../../../../main/core/settings/settings.ts'
import { createSystems } from '../../../../main/core/systems/registry.ts'
import { type Millis, seconds } from '../../../../main/core/time.ts'
import { startPractice } from '../../../../main/practice/index.ts'
import type { Random } from '../../../../main/practice/random.ts'
import { createFileWork } from '../../../../main/worker/file-work.ts'
import type { SystemName } from '../../../../preload/contract/words.ts'
import { fakeClock, settled } from '../../../fakes/fake-clock.ts'
import { fakePower } from '../../../fakes/fake-power.ts'
import { aDestination } from '../../../fakes/jobs-world.ts'
import { memoryLog } from '../../../fakes/memory-log.ts'
import { MemorySecrets } from '../../../fakes/memory-secrets.ts'
import { noChecks } from '../../../fakes/no-checks.ts'
import { createNodeHttp } from '../../../fakes/node-http.ts'
import { startedIn } from '../../app/practice.ts'
import { profileRecords } from '../../app/profile.ts'
import { weatherHttp } from './weather.ts'

export type WeatherDesk = Awaited<ReturnType<typeof openWeatherDesk>>

export async function openWeatherDesk(system: SystemName, random: Random) {
  const base = mkdtempSync(join(tmpdir(), 'extract-desk-weather-'))
  const folder = join(base, 'out', 'in')
  mkdirSync(folder, { recursive: true })
  const clock = fakeClock()
  const stateDir = join(base, 'practice')
  const practice = await startPractice({ now: clock.now, stateDir })
  const http = weatherHttp(createNodeHttp(), clock, random)
  const profile = join(base, 'profile')
  const database = openDatabase(profile)
  const [log, redactor, power, stop] = [memoryLog(), createRedactor(), fakePower(), new AbortController()]
  const faults: unknown[] = []
  const events = createEvents(error => faults.push(error))
  const connections = createConnectionsRepository(database, clock, log)
  const definitions = createDefinitionsRepository(database, log)
  const asks = createAsksRepository(database, log)
  const jobs = createJobsRepository(database, clock, log)
  const deliveries = createDeliveriesRepository(database, clock, log)
  const receipts = createReceiptsRepository(database, log)
  const leases = createLeases(database, clock, ids)
  const around = { clock, ids, log, events, leases, connections }
  const systems = createSystems({
    ...{ clock, ids, mask: redactor.text, maskValue: redactor.value },
    ...{ folders: nodeSourceFolders, keepAnswer: () => {} },
  })
  const store = createSecretStore({
    ...{ keychain: new MemorySecrets(), session: new SessionSecrets(), profileId: 'p1', redactor },
  })
  const turns = createTurns(createTurnsRepository(database), clock, stop.signal)
  const signIns = { ...around, systems, http, store, turns, refused: createRefusedSecrets(clock) }
  const sessions = createSessions({ ...signIns, busy: async () => true })
  const shared = { ...around, jobs, definitions, sessions }
  const jobsWorld: JobsWorld = {
    ...{ ...shared, asks, system: systems.of, stopping: stop.signal },
    onEnded: () => runner.kick(),
  }
  const lists = createLists(jobsWorld)
  const deliveryViews = createDeliveryViews(deliveries)
  const views = createJobViews({
    ...{ jobs, definitions, connections, system: systems.of, deliveriesOf: deliveryViews.deliveriesOf },
  })
  const deliveriesWorld: DeliveriesWorld = {
    ...{ ...shared, deliveries, receipts, files: nodeFiles, work: createFileWork(nodeFiles) },
    ...{ views: deliveryViews, mask: redactor.text, profileId: 'p1', appVersion: '0.0.0' },
    archiveFactor: async () => 1,
    paused: async () => false,
    metered: neverWaits,
    checks: noChecks,
    keep: async () => ({ replaced: 0, refused: 0 }),
    want: (job, wanted) => wantFiles(jobsWorld, job, wanted),
    viewJob: job => jobsService.view(job),
  }
  const runner = createDeliveries(deliveriesWorld)
  const { checkDestination } = createDeliveriesService(deliveriesWorld, runner)
  const nothing = async () => null
  const jobsService = createJobsService(jobsWorld, lists, {
    ...{ views, checkDestination, lastReceipt: nothing, receiptOf: nothing },
    settings: { get: async () => defaultSettings },
  })
  const definitionsService = createDefinitionsService({
    ...{ ...shared, asks, lists, views, checkDestination, lastReceipt: nothing },
    ...{ system: systems.of, onEnded: jobsWorld.onEnded },
  })
  const watcher = createWatcher(jobsWorld, lists, { power, events, paused: async () => false })

  /** Lets time go on, but for as long as somebody talks to the system. */
  async function pass(ms: Millis): Promise<void> {
    for (let left = ms; left > 0; left -= step) {
      for (let turn = 0; turn < 5 || http.busy() > 0; turn += 1) await settled()
      await clock.advance(Math.min(step, left))
    }
  }

  async function passing<T>(work: Promise<T>): Promise<T> {
    let isOver = false
    const end = () => {
      isOver = true
    }
    work.then(end, end)
    for (let n = 0; !isOver && n < 20_000; n += 1) await pass(step)
    if (!isOver) throw new Error('This does not come to its end.')
    return work
  }

  const account = {
    concur: {
      url: practice.concur.url,
      auth: 'refresh-token',
      secrets: practice.concur.signIn['refresh-token'],
    },
    icws: { url: practice.icws.url, auth: 'password', secrets: practice.icws.signIn.password },
    vault: { url: practice.vault.url, auth: 'password', secrets: practice.vault.signIn.password },
  } as const
  const connectionsService = createConnectionsService({ ...signIns, sessions })
  const added = await passing(
    connectionsService.add({
      ...{ name: 'Practice', system, mark: 'practice', keep: 'keychain', ...account[system] },
      ...(system === 'icws' ? { outputMaps: practice.icws.outputMaps } : {}),
    }),
  )
  const connection = connectionId(added.id)
  const request =
    system === 'icws' ? practice.icws.samples[0]?.request : practice.vault.requests['Two documents']
  const definition =
    system === 'concur'
      ? (await passing(definitionsService.refresh(connection))).find(
          ({ name }) => name === 'Standard Accounting Extract',
        )
      : await passing(definitionsService.add(connection, { name: 'Kept', request: request ?? {} }))
  if (!definition) throw new Error('There is a definition')
  const id = definitionId(definition.id)
  await definitionsService.saveDestination(id, { ...aDestination, folder })
  power.onWake(runner.wakeUp)
  watcher.start()

  return {
    ...{ http, power, clock, pass, passing, folder, faults, log },
    records: profileRecords(profile),
    /** Ids of the jobs at the system that were really started, oldest first. */
    startedIds: () => startedIn(stateDir, system).map(({ id }) => id),
    run: () => jobsService.run(id, { again: false, by: 'anna', finish: true }),
    settle: jobsService.settle,
    unsettled: async () => (await jobs.openOf(id)).filter(job => job.state === 'start-unknown'),
    async close(): Promise<void> {
      stop.abort()
      await watcher.stopAndDrain()
      await runner.stopAndDrain()
      await practice.close()
      database.close()
      rmSync(base, { recursive: true, force: true })
    },
  }
}

const step = seconds(1) / 2
