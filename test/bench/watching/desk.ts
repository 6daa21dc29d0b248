/** The engine as the app has it, with its lists, watcher and systems, on a clock that can be driven. */
import { createTurns, type TurnsRepository } from '../../../main/core/connections/turns.ts'
import type { Definition } from '../../../main/core/definitions/types.ts'
import { createEvents } from '../../../main/core/events.ts'
import { definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import { foundElsewhere } from '../../../main/core/jobs/job.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { schedule } from '../../../main/core/jobs/merge.ts'
import { skewOf } from '../../../main/core/jobs/poll-policy.ts'
import { saveJobs } from '../../../main/core/jobs/save.ts'
import { createWatcher } from '../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import { createSystems, type SystemRegistry } from '../../../main/core/systems/registry.ts'
import type { Session } from '../../../main/core/systems/system.ts'
import { addMillis, type Instant, type Millis } from '../../../main/core/time.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import type { FakeClock } from '../../fakes/fake-clock.ts'
import { fakePower } from '../../fakes/fake-power.ts'
import { aConnection, memoryConnections } from '../../fakes/memory-connections.ts'
import { aDefinition, memoryDefinitions } from '../../fakes/memory-definitions.ts'
import { memoryAsks, memoryJobs } from '../../fakes/memory-jobs.ts'
import { memoryLeases } from '../../fakes/memory-leases.ts'
import { answerOf } from '../../fakes/scripted-http.ts'
import { origin, type Run, type Traffic } from './servers.ts'

export type Desk = {
  /** Somebody here has started it: from now on it is watched. */
  watch(run: Run): Promise<void>
  /** When the journal had each run as ended. */
  readonly noticed: ReadonlyMap<string, Instant>
  readonly floor: Millis
  start(): void
  /** Throws what went wrong meanwhile. */
  stop(): Promise<void>
}

export type DeskSetting = {
  readonly system: SystemName
  readonly clock: FakeClock
  readonly traffic: Traffic
  readonly runs: readonly Run[]
  /** How long such runs usually take, as earlier ones tell; null: there were none. */
  readonly usual: Millis | null
  readonly seed: string
}

export function openDesk({ system, clock, traffic, runs, usual, seed }: DeskSetting): Desk {
  const connection = aConnection({ system, mark: 'production' })
  const ids = countingIds()
  const systems = systemsOf(clock)
  const definitions = definitionsOf(system, runs, seed)
  const jobs = memoryJobs()
  const noticed = new Map<string, Instant>()
  const faults: Error[] = []
  const stop = new AbortController()
  const events = createEvents(error => {
    throw error
  })
  const session: Session = {
    http: { send: async request => answerOf({ body: await traffic.send(request) }) },
    origin,
    trust: { origins: [origin], practice: false },
    headers: { authorization: 'x' },
    own: { version: 'v26.1', sessionId: '1' },
    outputMaps: [],
    turn: createTurns(memoryTurns(), clock, stop.signal)(connection.url),
  }
  const world: JobsWorld = {
    jobs: {
      ...jobs,
      usualMs: async () => usual,
      async save(changes) {
        await jobs.save(changes)
        for (const { job, from } of changes)
          if (job.state === 'completed' && from !== 'completed') noticed.set(job.remoteId ?? '', clock.now())
      },
    },
    asks: memoryAsks(),
    definitions: memoryDefinitions(...definitions.values()),
    connections: memoryConnections(connection),
    sessions: { with: (_id, work) => work(session, systems.of(system)) },
    system: systems.of,
    leases: memoryLeases(new Map(), clock),
    clock,
    ids,
    events,
    log: {
      write(level, event, facts) {
        // Nothing fails in this model: whatever does is a fault of the model or of the engine.
        if (level === 'warn' || level === 'error') faults.push(new Error(event, { cause: facts }))
      },
    },
    stopping: stop.signal,
    onEnded: () => {},
  }
  const watcher = createWatcher(world, createLists(world), {
    power: fakePower(),
    events,
    paused: async () => false,
  })
  const { capabilities } = systems.of(system)
  const skew = skewOf(connection.id)

  return {
    noticed,
    floor: capabilities.pollFloor,
    start: watcher.start,
    async watch(run) {
      const definition = definitions.get(run.definition)
      if (!definition) throw new Error('A run of no definition')
      const now = clock.now()
      const remote = {
        id: remoteId(run.id),
        status: 'running' as const,
        rawStatus: '',
        startedAt: null,
        endedAt: null,
        hasFiles: false,
        raw: {},
      }
      const found = foundElsewhere(jobId(ids.next('job')), definition, remote, null, now)
      const job = { ...found, origin: 'here' as const, startedBy: 'anna', sentAt: now }
      await saveJobs(world, [
        { job: schedule({ capabilities, usual, skew, now, asked: now }, job), from: null, why: 'started' },
      ])
    },
    async stop() {
      stop.abort()
      await watcher.stopAndDrain()
      const [first] = faults
      if (first) throw first
    },
  }
}

const systemsOf = (clock: FakeClock): SystemRegistry =>
  createSystems({
    clock,
    ids: countingIds(),
    mask: text => text,
    maskValue: value => value,
    keepAnswer: () => {},
    folders: { names: notAsked, look: notAsked, real: notAsked, open: notAsked },
  })

function notAsked(): never {
  throw new Error('The bench looks into no folder')
}

function definitionsOf(
  system: SystemName,
  runs: readonly Run[],
  seed: string,
): ReadonlyMap<string, Definition> {
  const names = [...new Set(runs.map(run => run.definition))]
  const request = system === 'vault' ? { kind: 'documents', documents: [{ id: '1' }] } : { tables: [] }
  return new Map(
    names.map(name => [
      name,
      aDefinition({
        id: definitionId(`definition-${seed}-${name}`),
        remoteId: remoteId(name),
        name,
        ...(system === 'concur' ? {} : { kind: 'kept', request }),
      }),
    ]),
  )
}

function memoryTurns(): TurnsRepository {
  const taken = new Map<string, Instant>()
  return {
    async take(_origin, what, now, every) {
      const last = taken.get(what)
      if (last !== undefined && last > addMillis(now, -every) && last <= now) return addMillis(last, every)
      taken.set(what, now)
      return null
    },
  }
}
