import { systemClock as clock } from '../../../../main/adapters/clock.ts'
import { openDatabase } from '../../../../main/adapters/database/database.ts'
import { createConnectionsRepository } from '../../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../../main/adapters/database/repositories/definitions.ts'
import { createDeliveriesRepository } from '../../../../main/adapters/database/repositories/deliveries.ts'
import { createJobsRepository } from '../../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../../main/adapters/database/repositories/leases.ts'
import { profileId } from '../../../../main/adapters/database/repositories/profile.ts'
import { createReceiptsRepository } from '../../../../main/adapters/database/repositories/receipts.ts'
import { nodeFiles } from '../../../../main/adapters/files/node-files.ts'
import { openHttp } from '../../../../main/adapters/http/open-http.ts'
import { randomIds as ids } from '../../../../main/adapters/ids.ts'
import { openFileWorkers } from '../../../../main/adapters/worker/file-workers.ts'
import { createDeliveries } from '../../../../main/core/deliveries/deliveries.ts'
import { createDeliveriesService } from '../../../../main/core/deliveries/deliveries-service.ts'
import { neverWaits } from '../../../../main/core/deliveries/metered.ts'
import type { DeliverySummary } from '../../../../main/core/deliveries/types.ts'
import { createDeliveryViews } from '../../../../main/core/deliveries/views.ts'
import type { DeliveriesWorld } from '../../../../main/core/deliveries/world.ts'
import { createEvents } from '../../../../main/core/events.ts'
import { proxyAccount } from '../../../../main/core/policy/proxy-sign-in.ts'
import { createRedactor } from '../../../../main/core/policy/redact.ts'
import type { Clock, Http, Log } from '../../../../main/core/ports.ts'
import type { Session, System } from '../../../../main/core/systems/system.ts'
import type { JobView } from '../../../../preload/contract/types.ts'
import { completedJob } from '../../../fakes/deliveries-world.ts'
import { aDestination } from '../../../fakes/jobs-world.ts'
import { aConnection } from '../../../fakes/memory-connections.ts'
import { aDefinition } from '../../../fakes/memory-definitions.ts'
import { MemorySecrets } from '../../../fakes/memory-secrets.ts'
import { noChecks } from '../../../fakes/no-checks.ts'

export type RealWorldParts = {
  readonly profile: string
  /** main/worker/index.ts as it was bundled. */
  readonly worker: URL
  readonly system: System
  /** All of a session but its http, which is Electron's. */
  readonly session: Omit<Session, 'http'>
  /** What stands between the session and Electron's network. */
  readonly http?: (http: Http) => Http
  readonly log: Log
  readonly clock?: Clock
}

/**
 * The deliveries as compose.ts makes them: Electron's network, worker threads, the journal in SQLite, real files. Only
 * the system and its session are another one, and there is one completed job.
 */
export async function openRealWorld(parts: RealWorldParts) {
  const { log, system } = parts
  const database = openDatabase(parts.profile)
  const connections = createConnectionsRepository(database, clock, log)
  const definitions = createDefinitionsRepository(database, log)
  const jobs = createJobsRepository(database, clock, log)
  const job = completedJob()
  await connections.save(aConnection(), 'test')
  await definitions.save([aDefinition()])
  if (!(await jobs.find(job.id))) await jobs.save([{ job, from: null, why: 'test' }])

  const secrets = new MemorySecrets()
  const { http } = openHttp({
    userAgent: 'ExtractDesk/bench',
    proxyAccount: proxyAccount(secrets, 'proxy', createRedactor()),
  })
  const session: Session = { ...parts.session, http: parts.http?.(http) ?? http }
  const deliveries = createDeliveriesRepository(database, clock, log)
  const receipts = createReceiptsRepository(database, log)
  const events = createEvents(error => log.write('error', 'fault', { error }))
  const work = openFileWorkers(parts.worker)
  const views = createDeliveryViews(deliveries)
  const world: DeliveriesWorld = {
    ...{ deliveries, receipts, jobs, definitions, connections, work, views, ids, events, log },
    clock: parts.clock ?? clock,
    sessions: { with: (_id, use) => use(session, system) },
    leases: createLeases(database, clock, ids),
    checks: noChecks,
    files: nodeFiles,
    mask: text => text,
    paused: async () => false,
    profileId: profileId(database, clock, ids),
    appVersion: '0.0.0',
    keep: async () => ({ replaced: 0, refused: 0 }),
    archiveFactor: async () => 1,
    metered: neverWaits,
    want: async () => {},
    // Nothing here looks at a job's view.
    viewJob: async id => ({ id }) as unknown as JobView,
  }
  const runner = createDeliveries(world)
  const service = createDeliveriesService(world, runner)

  /** Asks for the job's files, and resolves when they were delivered or cannot be. */
  async function deliver(folder: string): Promise<DeliverySummary> {
    const ended = new Promise<void>(resolve => {
      const unsubscribe = events.subscribe(({ kind }) => {
        if (kind !== 'delivered' && kind !== 'needs-you') return
        unsubscribe()
        resolve()
      })
    })
    await service.request(job.id, { again: true, by: 'bench', destination: { ...aDestination, folder } })
    await ended
    const [last] = await deliveries.ofJob(job.id)
    if (!last) throw new Error('There is a delivery')
    return last
  }

  /** Resolves when nothing is under way: what a delivery leaves is removed after it was told of. */
  async function quiet(): Promise<void> {
    // The records themselves are long, and reading them would be this bench's own stall.
    const isQuiet = async () =>
      (await deliveries.open()).length === 0 &&
      database.get('SELECT 1 FROM deliveries WHERE staging IS NOT NULL LIMIT 1') === undefined
    while (!(await isQuiet())) await new Promise(resolve => setTimeout(resolve, 20))
  }

  async function close(): Promise<void> {
    await runner.stopAndDrain()
    await work.close()
    database.close()
  }

  return { deliver, quiet, receipts, runner, database, close }
}
