import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hours, type Millis, minutes } from '../../../main/core/time.ts'
import { type Practice, startPractice } from '../../../main/practice/index.ts'
import type { ConnectionView, NewConnection } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { composedWorld } from '../../fakes/composed-desk.ts'
import { type SleepingClock, sleepingClock } from '../../fakes/sleeping-clock.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

/* How each system's sign-in is said to end, on the composed desk: on Today in time, and by one notification. */

type Kind = {
  readonly system: SystemName
  readonly what: string
  signIn(practice: Practice): Promise<Pick<NewConnection, 'auth' | 'secrets'>>
  /** From the sign-in on: nothing is said yet, and it is said. */
  readonly quietFor: Millis
  readonly saidAfter: Millis
}

const day = hours(24)
const kinds: readonly Kind[] = [
  {
    system: 'concur',
    what: 'a refresh token that nobody used for half a year',
    signIn: async ({ concur }) => ({ auth: 'refresh-token', secrets: concur.signIn['refresh-token'] }),
    quietFor: 150 * day,
    saidAfter: 175 * day,
  },
  {
    system: 'icws',
    what: 'a password with so many days left',
    async signIn({ icws }) {
      icws.behave({ passwordDays: 30 })
      return { auth: 'password', secrets: icws.signIn.password }
    },
    quietFor: 10 * day,
    saidAfter: 20 * day,
  },
  {
    system: 'vault',
    what: 'a session of two days that the user gave',
    async signIn({ vault }) {
      const answer = await fetch(`${vault.url}/api/v25.2/auth`, {
        method: 'POST',
        body: new URLSearchParams(vault.signIn.password),
      })
      const { sessionId } = (await answer.json()) as { readonly sessionId: string }
      return { auth: 'access-token', secrets: { accessToken: sessionId } }
    },
    quietFor: hours(20),
    saidAfter: hours(40),
  },
]

let open: Awaited<ReturnType<typeof composedWorld>>
let clock: SleepingClock
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  clock = sleepingClock()
  open = await composedWorld({ clock, home: tempFolder() })
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

describe('the end of a sign-in', () => {
  it.each(kinds)('$system: $what', async kind => {
    open.world.notes.splice(0)
    const profile = tempFolder()
    const practice = await startPractice({ now: clock.now })
    closing.push(practice.close)
    const window = await open.openWindow(profile)
    closing.push(window.stop)
    await window.call<ConnectionView>('connections.add', {
      name: 'Acme',
      system: kind.system,
      url: practice[kind.system].url,
      mark: 'practice',
      keep: 'keychain',
      ...(await kind.signIn(practice)),
    } satisfies NewConnection)
    const needs = async () => (await window.snapshot()).activity.needs.map(need => need.kind)
    /** Time passes, and what it brings about has been told to the window: nobody asks for it. */
    async function pass(time: Millis): Promise<void> {
      const told = window.changes.length
      clock.sleep(time)
      await expect
        .poll(() => window.changes.slice(told).some(({ slices }) => slices.activity !== undefined))
        .toBe(true)
    }

    await pass(kind.quietFor)
    expect(await needs()).toEqual([])
    await pass(kind.saidAfter - kind.quietFor)
    expect(await needs()).toEqual(['sign-in-expires'])
    clock.sleep(minutes(1))
    await expect.poll(() => open.world.notes).toMatchObject([{ title: expect.stringContaining('Acme') }])
    // The days grow fewer, and it is not said again; neither by a desk that is started anew.
    for (const _ of [1, 2, 3]) await pass(hours(1))
    expect(await needs()).toEqual(['sign-in-expires'])
    await window.stop()
    const second = await open.openWindow(profile)
    closing.push(second.stop)
    clock.sleep(hours(1))
    await expect.poll(() => second.changes.some(({ slices }) => slices.activity !== undefined)).toBe(true)
    clock.sleep(minutes(1))
    expect((await second.snapshot()).activity.needs.map(need => need.kind)).toEqual(['sign-in-expires'])
    expect(open.world.notes).toHaveLength(1)
  })
})
