import { createTurnsRepository } from '../../../main/adapters/database/repositories/turns.ts'
import { createTurns } from '../../../main/core/connections/turns.ts'
import { connectionId, remoteId } from '../../../main/core/ids.ts'
import type { ListQuestion, Session, System, Target } from '../../../main/core/systems/system.ts'
import { seconds } from '../../../main/core/time.ts'
import type { PracticeOptions } from '../../../main/practice/index.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { type FakeClock, fakeClock, settled } from '../../fakes/fake-clock.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { computer } from '../concur/computer.ts'

/** Lets the clock go on while the work waits for a turn, and stand still while it waits for an answer. */
export async function inTime<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  let ended = false
  const end = () => {
    ended = true
  }
  work.then(end, end)
  while (!ended) {
    if (clock.pending() > 0) await clock.advance(seconds(1))
    else await settled()
  }
  return work
}

/** A computer with the practice vault, whose turns are kept in a database as in the app. */
export async function vaultComputer(options: PracticeOptions = {}) {
  const clock = fakeClock()
  const database = tempDatabase()
  const turns = createTurns(createTurnsRepository(database), clock, new AbortController().signal)
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
