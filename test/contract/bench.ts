import { createTurnsRepository } from '../../main/adapters/database/repositories/turns.ts'
import { createTurns } from '../../main/core/connections/turns.ts'
import { connectionId } from '../../main/core/ids.ts'
import type { Http, HttpRequest } from '../../main/core/ports.ts'
import type {
  ListedJob,
  ListQuestion,
  RemoteJob,
  Session,
  System,
  Target,
} from '../../main/core/systems/system.ts'
import { seconds } from '../../main/core/time.ts'
import type { ScenarioName } from '../../main/practice/index.ts'
import { type FakeClock, fakeClock, settled } from '../fakes/fake-clock.ts'
import { createNodeHttp } from '../fakes/node-http.ts'
import { tempDatabase } from '../fakes/temp-profile.ts'
import { computer } from '../integration/concur/computer.ts'
import type { Subject } from './subject.ts'

/** What a system says of anything within a few seconds, or it hangs. */
const patience = 20_000

/** Lets the clock go on for as long as the work waits for it. */
export async function passing<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let done = false
  const finished = work.finally(() => {
    done = true
  })
  finished.catch(() => {})
  const late = Date.now() + patience
  while (!done) {
    if (Date.now() > late) throw new Error('This does not come to its end.')
    if (clock.pending() > 0) await clock.advance(seconds(1) / 4)
    await settled()
  }
  return finished
}

/** A signed-in connection to a subject's practice server, and what was sent on the way. */
export async function bench(subject: Subject, scenario: ScenarioName = 'normal') {
  const it = await computer(fakeClock())
  const { clock, practice } = it
  const sent: HttpRequest[] = []
  const node = createNodeHttp()
  const http: Http = {
    send(request) {
      sent.push(request)
      return node.send({ ...request, answerWithin: Math.min(request.answerWithin, 2_000) })
    },
  }
  const turns = createTurns(createTurnsRepository(tempDatabase()), clock, new AbortController().signal)
  const process = it.start({ http, turns })
  const { service, sessions, systems } = process
  const typed = it.connection(subject.connection(practice))
  const id = connectionId((await service.add(typed)).id)
  const system = systems.of(subject.name)
  const run = <T>(work: (session: Session, system: System) => Promise<T>): Promise<T> =>
    passing(clock, sessions.with(id, work))
  const [target, other] = await run(session => subject.targets(session, system, practice))
  practice.scenario(scenario, subject.name)

  const question = (more: Partial<ListQuestion> = {}): ListQuestion => ({
    targets: system.capabilities.listOf === 'connection' ? [target, other] : [target],
    open: [],
    since: null,
    complete: true,
    ...more,
  })
  const list = (more: Partial<ListQuestion> = {}) => run(session => system.jobs(session, question(more)))
  const start = (which: Target = target): Promise<RemoteJob> => run(session => system.start(session, which))
  const job = (of: Pick<RemoteJob, 'id'>, which: Target = target) =>
    run(session => system.job(session, which, of.id))

  /** A run of the target, when it has ended. */
  async function ended(): Promise<RemoteJob> {
    let now = await start()
    for (let tries = 0; tries < 100 && isOpen(now); tries += 1) {
      await clock.advance(seconds(1))
      now = await job(now)
    }
    return now
  }

  return { ...it, ...process, id, system, typed, run, target, other, list, start, job, ended, sent }
}

export type Bench = Awaited<ReturnType<typeof bench>>

export const isOpen = ({ status }: RemoteJob): boolean =>
  ['submitted', 'queued', 'running', 'unknown'].includes(status)

/** Jobs of a target in a list of its definition or of the whole connection. */
export const jobsOf = (jobs: readonly ListedJob[], { id }: Target): readonly ListedJob[] =>
  jobs.filter(({ target }) => target === id)
