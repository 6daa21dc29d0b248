import { createTurnsRepository } from '../../../main/adapters/database/repositories/turns.ts'
import { createTurns } from '../../../main/core/connections/turns.ts'
import { connectionId, remoteId } from '../../../main/core/ids.ts'
import type { Clock } from '../../../main/core/ports.ts'
import type {
  JobList,
  ListQuestion,
  RemoteJob,
  Session,
  System,
  Target,
} from '../../../main/core/systems/system.ts'
import { seconds } from '../../../main/core/time.ts'
import type { PracticeOptions } from '../../../main/practice/index.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { type FakeClock, fakeClock, settled } from '../../fakes/fake-clock.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { computer } from '../concur/computer.ts'

/** How many turns of each clock are waited for. */
const waiting = new WeakMap<FakeClock, { turns: number }>()

/** The same clock, counting who waits for it. */
function counted(clock: FakeClock): Clock {
  const count = { turns: 0 }
  waiting.set(clock, count)
  return {
    now: clock.now,
    wake(at, run) {
      count.turns += 1
      const cancel = clock.wake(at, () => {
        count.turns -= 1
        run()
      })
      return cancel
    },
  }
}

/** Lets the clock go on while the work waits for a turn, and stand still while it waits for an answer. */
export async function inTime<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let ended = false
  const end = () => {
    ended = true
  }
  work.then(end, end)
  while (!ended) {
    if ((waiting.get(clock)?.turns ?? 0) > 0) await clock.advance(seconds(1))
    else await settled()
  }
  return work
}

/** A computer with the practice vault, whose turns are kept in a database as in the app. */
export async function vaultComputer(options: PracticeOptions = {}) {
  const clock = fakeClock()
  const database = tempDatabase()
  const turns = createTurns(createTurnsRepository(database), counted(clock), new AbortController().signal)
  const it = await computer(clock, options)
  const connection = (more: Partial<NewConnection> = {}): NewConnection =>
    it.connection({
      name: 'Practice vault',
      system: 'vault',
      url: it.practice.vault.url,
      auth: 'password',
      secrets: it.practice.vault.signIn.password,
      ...more,
    })
  return { ...it, connection, turns, vault: it.practice.vault }
}

/** The same, signed in. */
export async function signedIn(options: PracticeOptions = {}, more: Partial<NewConnection> = {}) {
  const it = await vaultComputer(options)
  const { service, sessions } = it.start({ turns: it.turns })
  const id = connectionId((await service.add(it.connection(more))).id)
  const run = <T>(work: (session: Session, system: System) => Promise<T>): Promise<T> =>
    inTime(it.clock, sessions.with(id, work))
  return { ...it, service, sessions, id, run }
}

/** A definition that we keep. */
export function kept(request: Readonly<Record<string, unknown>>, id = 'definition-1'): Target {
  return { id: remoteId(id), name: id, request }
}

/** A job of no definition, as somebody types its id. */
export const ofNone: Target = { id: remoteId('*'), name: '', request: null }

export const question = (more: Partial<ListQuestion> = {}): ListQuestion => ({
  targets: [],
  open: [],
  since: null,
  complete: true,
  ...more,
})

export type Desk = Awaited<ReturnType<typeof signedIn>>

/** A definition that asks for one of the practice vault's suggestions. */
export const ask = (desk: Desk, name: string): Target => kept(desk.vault.requests[name] ?? {})
export const start = ({ run }: Desk, target: Target): Promise<RemoteJob> =>
  run((session, system) => system.start(session, target))
export const jobOf = ({ run }: Desk, target: Target, id: string): Promise<RemoteJob> =>
  run((session, system) => system.job(session, target, remoteId(id)))
export const listOf = ({ run }: Desk, more: Partial<ListQuestion>): Promise<JobList> =>
  run((session, system) => system.jobs(session, question(more)))
/** The requests that the vault got for paths like this one. */
export const asked = ({ practice }: Desk, path: RegExp) =>
  practice.requests.filter(request => request.system === 'vault' && path.test(request.path))

/** Starts a run and asks about it until it has ended. */
export async function ended(desk: Desk, target: Target): Promise<RemoteJob> {
  let job = await start(desk, target)
  while (!['completed', 'failed', 'cancelled'].includes(job.status)) {
    await desk.clock.advance(seconds(3))
    job = await jobOf(desk, target, job.id)
  }
  return job
}
