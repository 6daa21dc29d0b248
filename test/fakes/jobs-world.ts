import type { Connection } from '../../main/core/connections/types.ts'
import type { Definition } from '../../main/core/definitions/types.ts'
import { createEvents, type DeskEvent } from '../../main/core/events.ts'
import { createLists } from '../../main/core/jobs/lists.ts'
import type { Job } from '../../main/core/jobs/types.ts'
import type { JobsWorld } from '../../main/core/jobs/world.ts'
import type { Session } from '../../main/core/systems/system.ts'
import type { Destination } from '../../preload/contract/types.ts'
import { countingIds } from './counting-ids.ts'
import { type FakeClock, fakeClock } from './fake-clock.ts'
import { type FakeSystem, fakeSystem } from './fake-system.ts'
import { aConnection, memoryConnections } from './memory-connections.ts'
import { aDefinition, memoryDefinitions } from './memory-definitions.ts'
import { memoryAsks, memoryJobs } from './memory-jobs.ts'
import { type LeaseTable, memoryLeases } from './memory-leases.ts'
import { memoryLog } from './memory-log.ts'

export const aDestination: Destination = {
  folder: '/srv/erp/in',
  name: '{original}{ext}',
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
}

/** A session whose requests all reach the system. */
export const fakeSession: Session = {
  http: { send: async () => ({ status: 201, headers: {}, body: (async function* () {})() }) },
  origin: 'https://fake.example',
  trust: { origins: ['https://fake.example'], practice: false },
  headers: {},
  own: {},
  outputMaps: [],
  turn: async () => {},
}

export type Setting = {
  readonly connection?: Partial<Connection>
  readonly definition?: Partial<Definition>
  readonly system?: Parameters<typeof fakeSystem>[1]
  /** The system refuses no second start, so that nobody but us keeps it from happening. */
  readonly severalAtOnce?: boolean
}

/** The jobs' room with everything around it in memory, one connection and one definition. */
export function jobsWorld(setting: Setting = {}) {
  const clock: FakeClock = fakeClock()
  const system: FakeSystem = fakeSystem(clock, setting.system, setting.severalAtOnce)
  const definition = aDefinition(setting.definition)
  system.define({ id: definition.remoteId, name: definition.name })
  const events = createEvents(error => {
    throw error
  })
  const published: DeskEvent[] = []
  events.subscribe(event => void published.push(event))
  const jobs = memoryJobs()
  const leases: LeaseTable = new Map()
  const delivered: Job[] = []
  const log = memoryLog()
  const stop = new AbortController()
  const world: JobsWorld = {
    jobs,
    asks: memoryAsks(),
    definitions: memoryDefinitions(definition),
    connections: memoryConnections(aConnection(setting.connection)),
    sessions: { with: (_id, work) => work(fakeSession, system) },
    system: () => system,
    leases: memoryLeases(leases, clock),
    clock,
    ids: countingIds(),
    events,
    log,
    stopping: stop.signal,
    onEnded: job => void delivered.push(job),
  }
  return {
    world,
    lists: createLists(world),
    clock,
    system,
    definition,
    jobs,
    leases,
    events,
    published,
    delivered,
    log,
    stop,
  }
}

/** Drives the clock until the promise has settled: what waits for the clock gets its time. */
export async function whileTimePasses<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let done = false
  const settled = promise.finally(() => {
    done = true
  })
  settled.catch(() => {})
  for (let steps = 0; !done && steps < 600; steps++) await clock.advance(1000)
  return settled
}
