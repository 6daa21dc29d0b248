/**
 * A process that starts one definition at a system on loopback, and says how that ended on its last line. Its clock runs
 * fast, so that leases and the settling of lost answers take a fraction of a second.
 *
 * Arguments: profile folder, address of the system, when the fast clock began, its speed.
 */
import { openDatabase } from '../../../main/adapters/database/database.ts'
import { createAsksRepository } from '../../../main/adapters/database/repositories/asks.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { randomIds } from '../../../main/adapters/ids.ts'
import { errorView } from '../../../main/core/errors.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { recoverStarts } from '../../../main/core/jobs/settle.ts'
import { createStarter } from '../../../main/core/jobs/start.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import type { Clock, HttpRequest } from '../../../main/core/ports.ts'
import { readText } from '../../../main/core/systems/answer.ts'
import type { RemoteJob, Session, System } from '../../../main/core/systems/system.ts'
import { instantAt, seconds } from '../../../main/core/time.ts'
import { fakeSystem } from '../fake-system.ts'
import { aConnection, memoryConnections } from '../memory-connections.ts'
import { aDefinition } from '../memory-definitions.ts'
import { memoryLog } from '../memory-log.ts'
import { createNodeHttp } from '../node-http.ts'

const [folder = '', address = '', began = '0', speed = '1'] = process.argv.slice(2)

const now = () => instantAt(Math.floor(Number(began) + (Date.now() - Number(began)) * Number(speed)))
const clock: Clock = {
  now,
  wake(at, run) {
    const timer = setTimeout(run, Math.max(0, at - now()) / Number(speed) + 1)
    return () => clearTimeout(timer)
  },
}

const ask = async (session: Session, method: HttpRequest['method']): Promise<unknown> => {
  const url = `${address}/job`
  const times = { answerWithin: seconds(5), stallAfter: seconds(5) }
  return JSON.parse(await readText(await session.http.send({ method, url, headers: {}, ...times }), 100_000))
}
const system: System = {
  ...fakeSystem(clock),
  jobs: async session => {
    const listed = (await ask(session, 'GET')) as readonly RemoteJob[]
    return { jobs: listed.map(job => ({ ...job, target: null })), nameless: [], complete: true }
  },
  start: async session => (await ask(session, 'POST')) as RemoteJob,
}
const session: Session = {
  http: createNodeHttp(),
  origin: address,
  trust: { origins: [address], practice: true },
  headers: {},
  own: {},
  outputMaps: [],
  turn: async () => {},
}

const log = memoryLog()
const database = openDatabase(folder)
const definition = aDefinition()
const definitions = createDefinitionsRepository(database, log)
await definitions.save([definition])
const world: JobsWorld = {
  jobs: createJobsRepository(database, clock, log),
  asks: createAsksRepository(database, log),
  definitions,
  connections: memoryConnections(aConnection()),
  sessions: { with: (_id, work) => work(session, system) },
  system: () => system,
  leases: createLeases(database, clock, randomIds),
  clock,
  ids: randomIds,
  events: { publish: () => {} },
  log,
  stopping: new AbortController().signal,
  onEnded: () => {},
}
const lists = createLists(world)
const wanted = { by: 'child', destination: null }
process.stdout.write('ready\n')
const outcome = await recoverStarts(world, lists)
  .then(() =>
    createStarter(world, lists, async () => null).start(definition, {
      by: 'child',
      again: true,
      join: true,
      wanted,
    }),
  )
  .then(
    ({ job }) => ({ remoteId: job.remoteId, state: job.state }),
    error => ({ error: errorView(error) }),
  )
const open = (await world.jobs.open()).map(job => job.state)
process.stdout.write(`${JSON.stringify({ ...outcome, open })}\n`)
process.exit(0)
