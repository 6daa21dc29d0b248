import { isAppError } from '../../../main/core/errors.ts'
import { remoteId } from '../../../main/core/ids.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import type { HttpAnswer, HttpRequest } from '../../../main/core/ports.ts'
import { createSystems } from '../../../main/core/systems/registry.ts'
import { addMillis, minutes } from '../../../main/core/time.ts'
import { type Random, randomFrom } from '../../../main/practice/random.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { origin, type Run, servers } from '../../bench/watching/servers.ts'
import { countingIds } from '../../fakes/counting-ids.ts'
import { fakeSession, jobsWorld } from '../../fakes/jobs-world.ts'
import { answerOf } from '../../fakes/scripted-http.ts'
import type { Family, FaultStage } from '../family.ts'
import type { Finding } from '../tally.ts'
import { garbled } from './garbled.ts'
import { liveThrough } from './memory/life.ts'

/** Of each system. */
const answers = 10_000
const systems: readonly SystemName[] = ['concur', 'icws', 'vault']
const requests: Readonly<Record<SystemName, Readonly<Record<string, unknown>> | null>> = {
  concur: null,
  icws: { name: 'Calls', tables: [{ name: 'Calls', columns: ['Id'] }] },
  vault: { kind: 'documents', documents: [{ id: '1' }] },
}

/** Systems that answer with anything at all: the engine ends each call in an error that it knows, and keeps its jobs. */
export const fuzzFamily: Family = {
  name: 'fuzz',
  askedFor: answers * systems.length,
  async run(stage) {
    for (const system of systems) {
      let given = 0
      for (let nth = 0; given < answers; nth += 1) given += await oneLife(stage, system, nth)
    }
  },
}

/** One job's life before a system that lies until the end; how many answers it gave. */
async function oneLife({ seed, count, ask }: FaultStage, system: SystemName, nth: number): Promise<number> {
  const random = randomFrom(seed, 'fuzz', system, nth)
  const request = requests[system]
  const scene = jobsWorld({ definition: request === null ? {} : { kind: 'kept', request } })
  const { clock, definition } = scene
  const runs: Run[] = []
  const server = lyingServer(system, scene, runs, random)
  const built = createSystems({
    clock,
    ids: countingIds(),
    mask: text => text,
    maskValue: value => value,
    keepAnswer: () => {},
    folders: { names: notAsked, look: notAsked, real: notAsked, open: notAsked },
  })
  const session = {
    ...fakeSession,
    http: { send: server.send },
    origin,
    trust: { origins: [origin], practice: false },
    own: { version: 'v26.1', sessionId: '1', user: 'fin' },
  }
  const world: JobsWorld = {
    ...scene.world,
    system: built.of,
    sessions: { with: (_id, work) => work(session, built.of(system)) },
  }
  const connection = await world.connections.find(definition.connectionId)
  if (connection) await world.connections.save({ ...connection, system, mark: 'practice' }, 'of this system')
  const thrown = await liveThrough(world, clock, definition, {
    end: () => {
      const [run] = runs
      if (run) runs[0] = { ...run, until: clock.now() }
    },
    calm: server.calm,
    random,
  })

  const rows = scene.jobs.rows().filter(row => row.sentAt !== null)
  const findings: Finding[] = thrown
    .filter(error => !isAppError(error))
    .map(error => ({ loss: 'unhandled', what: error instanceof Error ? String(error.stack) : String(error) }))
  if (runs.length > 1) findings.push({ loss: 'doubledStarts', what: `${runs.length} runs` })
  const isAsked = rows.some(row => row.state === 'start-unknown')
  if (isAsked) ask(system)
  // An answer that names another id cannot be seen through; then the list shows the job as one from elsewhere.
  const isKnown = scene.jobs.rows().some(row => row.remoteId === remoteId(runs[0]?.id ?? ''))
  if (runs.length === 1 && !isKnown && !isAsked)
    findings.push({ loss: 'lost', what: `run ${runs[0]?.id} is ${rows.map(row => row.state).join(', ')}` })
  const given = server.given()
  for (let n = 0; n < given; n += 1) count(`${system} ${nth}`, n === 0 ? findings : [])
  return given
}

function notAsked(): never {
  throw new Error('No folder is looked into')
}

type Scene = ReturnType<typeof jobsWorld>

function lyingServer(system: SystemName, { clock, definition }: Scene, runs: Run[], random: Random) {
  let given = 0
  let isCalm = false

  /** The true answer; a start is taken, whatever is said of it then. */
  function truth(request: HttpRequest): string {
    const starts = request.method === 'POST' && !request.url.endsWith('/messaging/heartbeat')
    // A garbled status makes the adapter ask for what it would not ask for otherwise.
    if (request.url.endsWith('/results')) return '{"responseStatus":"SUCCESS","data":[]}'
    const [, asked] = /\/services\/jobs\/(\d+)$/.exec(request.url) ?? []
    if (asked && runs.every(run => run.id !== asked))
      return '{"responseStatus":"FAILURE","errors":[{"type":"INVALID_DATA"}]}'
    if (!starts) return servers[system](clock, runs).answer(request)
    const id = String(5000 + runs.length)
    const from = clock.now()
    runs.unshift({ id, definition: definition.remoteId, from, until: addMillis(from, minutes(600)) })
    if (system === 'icws') return JSON.stringify({ id })
    if (system === 'vault') return JSON.stringify({ responseStatus: 'SUCCESS', job_id: id })
    const link = `${origin}/api/expense/extract/v1.0/${definition.remoteId}/job/${id}`
    return `<job><id>${link}</id><status>Queued</status></job>`
  }

  return {
    given: () => given,
    calm: () => {
      isCalm = true
    },
    async send(request: HttpRequest): Promise<HttpAnswer> {
      // Before a start a system may refuse it, and then nothing is started.
      const body = truth(request)
      const status = request.method === 'POST' ? 201 : 200
      if (isCalm || random.chance(0.2)) return answerOf({ status: system === 'vault' ? 200 : status, body })
      given += 1
      return answerOf(garbled({ status, body }, request.method === 'POST', random))
    },
  }
}
