import type { Database } from '../../../../main/adapters/database/database.ts'
import { createAsksRepository } from '../../../../main/adapters/database/repositories/asks.ts'
import { createConnectionsRepository } from '../../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../../main/adapters/database/repositories/definitions.ts'
import { createJobsRepository } from '../../../../main/adapters/database/repositories/jobs.ts'
import { randomIds } from '../../../../main/adapters/ids.ts'
import type { Connection } from '../../../../main/core/connections/types.ts'
import type { Definition } from '../../../../main/core/definitions/types.ts'
import { createEvents } from '../../../../main/core/events.ts'
import { connectionId, definitionId, remoteId } from '../../../../main/core/ids.ts'
import { createLists } from '../../../../main/core/jobs/lists.ts'
import { createStarter } from '../../../../main/core/jobs/start.ts'
import { createWatcher } from '../../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../../main/core/jobs/world.ts'
import type { ListedJob, System, Target } from '../../../../main/core/systems/system.ts'
import { addMillis, type Instant, seconds } from '../../../../main/core/time.ts'
import type { FakeClock } from '../../../fakes/fake-clock.ts'
import { fakePower } from '../../../fakes/fake-power.ts'
import { fakeSystem, systemTime } from '../../../fakes/fake-system.ts'
import { aDestination, fakeSession } from '../../../fakes/jobs-world.ts'
import { aConnection } from '../../../fakes/memory-connections.ts'
import { aDefinition } from '../../../fakes/memory-definitions.ts'
import { memoryLeases } from '../../../fakes/memory-leases.ts'

/** Every other connection lists by definition, as Concur does; the others by connection. */
const isByDefinition = (nth: number): boolean => nth % 2 === 0
/** So many jobs a system remembers of each definition. */
const remembered = 5

/** The engine on a real database, whose systems' jobs take less than a minute. */
export async function soakDesk(
  database: Database,
  clock: FakeClock,
  size: { readonly connections: number; readonly definitions: number },
) {
  const log = { write: () => {} }
  const connections = createConnectionsRepository(database, clock, log)
  const definitions = createDefinitionsRepository(database, log)
  const all = Array.from({ length: size.definitions }, (_, n) => ({ n, of: n % size.connections }))
  for (let n = 0; n < size.connections; n += 1) await connections.save(connectionNamed(n), 'made by the soak')
  const rows = all.map(({ n, of }) => definitionNamed(n, of))
  await definitions.save(rows)

  // By a job's number: whatever the soak itself keeps of each job must not look like a leak of the engine.
  const ends = new Uint8Array(1_000_000)
  let started = 0
  const { concur, icws } = systems(clock, () => {
    started += 1
  })
  const systemOf = (name: string): System => (name === 'concur' ? concur : icws)
  const stop = new AbortController()
  const events = createEvents(error => {
    throw error
  })
  const world: JobsWorld = {
    jobs: createJobsRepository(database, clock, log),
    asks: createAsksRepository(database, log),
    definitions,
    connections,
    sessions: {
      async with(id, work) {
        const connection = await connections.find(id)
        return work({ ...fakeSession, own: { connection: id } }, systemOf(connection?.system ?? ''))
      },
    },
    system: systemOf,
    // Five million heartbeats of twenty lanes in thirty days would be most of the work, and tell nothing of memory.
    leases: memoryLeases(new Map(), clock),
    clock,
    ids: randomIds,
    events,
    log,
    stopping: stop.signal,
    onEnded(job) {
      ends[Number(job.remoteId)] = 1
    },
  }
  const lists = createLists(world)
  const starter = createStarter(world, lists, async () => null)
  const watcher = createWatcher(world, lists, { power: fakePower(), events, paused: async () => false })
  const wanted = { by: 'anna', destination: aDestination }

  return {
    start: watcher.start,
    started: () => started,
    /** How many of the jobs that were started were seen to end. */
    ended: () => ends.reduce((sum, end) => sum + end, 0),
    async runAll(): Promise<void> {
      const runs = rows.map(row => starter.start(row, { by: 'anna', again: true, join: true, wanted }))
      await clock.advance(seconds(1))
      await Promise.all(runs)
    },
    async stop(): Promise<void> {
      stop.abort()
      await watcher.stopAndDrain()
    },
  }
}

const connectionNamed = (n: number): Connection =>
  aConnection({
    id: connectionId(`connection-${n}`),
    name: `Connection ${n}`,
    system: isByDefinition(n) ? 'concur' : 'icws',
    mark: 'production',
  })

const definitionNamed = (n: number, of: number): Definition =>
  aDefinition({
    id: definitionId(`definition-${n}`),
    connectionId: connectionId(`connection-${of}`),
    remoteId: remoteId(`D${n}`),
    name: `Definition ${n}`,
    ...(isByDefinition(of) ? {} : { kind: 'kept', request: {} }),
  })

/** Both kinds of systems; each remembers a definition's last jobs. */
function systems(clock: FakeClock, onStart: () => void) {
  const jobs = new Map<string, readonly { readonly id: string; readonly from: Instant }[]>()
  let numbered = 0

  const listed = (target: Target): readonly ListedJob[] =>
    (jobs.get(target.id) ?? []).map(({ id, from }) => {
      const until = addMillis(from, seconds(20 + (Number(id) % 20)))
      const isOver = until <= clock.now()
      return {
        id: remoteId(id),
        status: isOver ? 'completed' : 'running',
        rawStatus: isOver ? 'Completed' : 'Running',
        startedAt: systemTime(from),
        endedAt: isOver ? systemTime(until) : null,
        hasFiles: isOver,
        raw: {},
        target: target.id,
      }
    })
  const system = (base: System): System => ({
    ...base,
    async jobs(_session, { targets, open, complete }) {
      const shown = targets.flatMap(listed)
      const isWhole = complete || base.capabilities.listOf === 'definition'
      return {
        jobs: isWhole ? shown : shown.filter(({ id }) => open.includes(id)),
        nameless: [],
        complete: isWhole,
      }
    },
    async start(_session, target) {
      const id = String(++numbered)
      onStart()
      jobs.set(target.id, [{ id, from: clock.now() }, ...(jobs.get(target.id) ?? [])].slice(0, remembered))
      const [job] = listed(target)
      if (!job) throw new Error('It was started just now')
      return job
    },
  })
  return {
    concur: system(fakeSystem(clock, { pollFloor: seconds(10) })),
    icws: system(
      fakeSystem(clock, {
        definitions: 'kept',
        listOf: 'connection',
        jobListLimit: null,
        pollFloor: seconds(5),
      }),
    ),
  }
}
