import { describe, expect, test } from 'vitest'
import type { Sessions } from '../../../main/core/connections/types.ts'
import type { ConnectionId } from '../../../main/core/ids.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { hours, minutes } from '../../../main/core/time.ts'
import { practiceComputer } from './computer.ts'

/** Dozens of practice systems and databases, one after the other. */
const patient = { timeout: 60_000 }

class Killed extends Error {}

const list = (sessions: Sessions, id: ConnectionId) =>
  sessions.with(id, (session, system) => system.definitions(session))

/** Ends a process at its nth step: from then on everything it tries fails, and nothing of it has an effect. */
function killAt(nth: number) {
  const steps: string[] = []
  let dead = false
  return {
    steps,
    between(what: string) {
      if (!dead) steps.push(what)
      dead ||= steps.length === nth
      if (dead) throw new Killed(what)
    },
  }
}

/** A connection whose token rotates at each refresh, and whose session must be made anew. */
async function signedIn() {
  const it = await practiceComputer({ scenario: 'rotating-refresh-token' })
  const added = await it.start().service.add(it.connection())
  await it.clock.advance(hours(2))
  return { ...it, id: connectionId(added.id) }
}

describe('[concur:1.2.rotation] killed anywhere in a refresh, the next start signs in without the user', () => {
  test('at each step', patient, async () => {
    const whole = await signedIn()
    const uncut = killAt(Number.POSITIVE_INFINITY)
    await list(whole.start(uncut).sessions, whole.id)
    expect(uncut.steps.filter(step => !step.startsWith('before'))).toEqual([
      'taking the lease',
      'after reading the keychain',
      'after POST /oauth2/v0/token',
      'after reading the keychain',
      'after writing the keychain',
      'after saving the row',
      'after releasing the lease',
      'after GET /api/expense/extract/v1.0/',
    ])
    for (let nth = 1; nth <= uncut.steps.length; nth += 1) {
      const { clock, id, start, repository } = await signedIn()
      const killed = killAt(nth)
      await list(start(killed).sessions, id).catch(error => {
        if (!(error instanceof Killed)) throw error
      })
      expect(killed.steps).toHaveLength(nth)
      // The lease of a dead process ends by itself.
      await clock.advance(minutes(1))
      expect(await list(start().sessions, id), `killed at ${killed.steps.at(-1)}`).toHaveLength(6)
      await clock.advance(hours(2))
      expect(await list(start().sessions, id)).toHaveLength(6)
      expect((await repository.find(id))?.signIn.state).toBe('ok')
    }
  })

  test('also twice in a row', patient, async () => {
    const steps = 15
    for (let nth = 2; nth < steps; nth += 1) {
      const { clock, id, start } = await signedIn()
      for (const between of [killAt(nth).between, killAt(steps - nth).between]) {
        await list(start({ between }).sessions, id).catch(() => {})
        await clock.advance(minutes(1))
      }
      expect(await list(start().sessions, id)).toHaveLength(6)
    }
  })
})

test('killed while a connection is added: nothing is there, or all of it', patient, async () => {
  for (let nth = 1; nth <= 10; nth += 1) {
    const { connection, keychain, repository, start } = await practiceComputer({
      scenario: 'rotating-refresh-token',
    })
    const killed = killAt(nth)
    const added = await start(killed)
      .service.add(connection())
      .then(
        () => true,
        () => false,
      )
    const rows = await repository.all()
    const last = killed.steps.at(-1)
    expect(rows, last).toHaveLength(added || last === 'after saving the row' ? 1 : 0)
    for (const { id } of rows) {
      expect(keychain.stored.has(`profile-1/${id}`)).toBe(true)
      expect(await list(start().sessions, id)).toHaveLength(6)
    }
    if (rows.length === 0) {
      const secrets = [...keychain.stored.values()][0] ?? connection().secrets
      expect(await start().service.add(connection({ secrets }))).toMatchObject({ signIn: { state: 'ok' } })
    }
  }
})
