import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hours, minutes } from '../../../main/core/time.ts'
import { startPractice } from '../../../main/practice/index.ts'
import type { DueView, ScheduleInput, ScheduleView } from '../../../preload/contract/schedules.ts'
import type { ConnectionView, DefinitionView, NewConnection } from '../../../preload/contract/types.ts'
import { composedWorld } from '../../fakes/composed-desk.ts'
import { fakePower } from '../../fakes/fake-power.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { type SleepingClock, sleepingClock } from '../../fakes/sleeping-clock.ts'
import { tempFolder } from '../../fakes/temp-profile.ts'

/* The composed desk on a computer that sleeps over several due times of several schedules. */

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

async function setUp(missed: readonly ScheduleInput['missed'][]) {
  const profile = tempFolder()
  const folder = join(profile, 'in')
  mkdirSync(folder)
  const power = fakePower()
  Object.assign(open.world, { folder, power })
  open.world.notes.splice(0)
  const practice = await startPractice({ speed: 200, now: clock.now })
  closing.push(practice.close)
  const window = await open.openWindow(profile)
  closing.push(window.stop)
  const connection = await window.call<ConnectionView>('connections.add', {
    name: 'Acme',
    system: 'concur',
    url: practice.concur.url,
    mark: 'practice',
    auth: 'refresh-token',
    keep: 'keychain',
    secrets: practice.concur.signIn['refresh-token'],
  } satisfies NewConnection)
  const found = await window.call<readonly DefinitionView[]>('definitions.refresh', connection.id)
  await window.call('settings.chooseFolder')
  const schedules: ScheduleView[] = []
  for (const [n, policy] of missed.entries()) {
    const definition = found[n]
    if (!definition) throw new Error('The practice server has so many definitions')
    await window.call('definitions.saveDestination', definition.id, { ...aDestination, folder })
    const schedule = await window.call<ScheduleView>('schedules.save', {
      id: null,
      name: `Nightly ${n}`,
      definitionIds: [definition.id],
      timetable: {
        recurrence: { kind: 'daily', time: timeOf(clock.now() + minutes(60 + n)), days: 'all' },
        zone: 'UTC',
        holidays: [],
        skipHolidays: false,
      },
      missed: policy,
    } satisfies ScheduleInput)
    schedules.push(schedule)
  }
  const ledgers = () =>
    Promise.all(schedules.map(({ id }) => window.call<readonly DueView[]>('schedules.ledger', id)))
  const starts = () =>
    practice.requests.filter(({ method, path }) => method === 'POST' && /\/jobs?$/.test(path)).length
  return { window, power, ledgers, starts }
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 16)
const states = (ledger: readonly DueView[]) => ledger.map(({ state }) => state)
/** Three days, and past the due time of the last of them. */
const threeNights = hours(74)

describe('three schedules that were due on each of three nights of sleep', () => {
  it('run once each, and are told with one notification', async () => {
    const { window, power, ledgers, starts } = await setUp(['once', 'once', 'once'])
    clock.sleep(threeNights)
    power.wake()
    const delivered = async () =>
      (await ledgers()).map(([newest]) => newest?.items.map(({ job }) => job?.delivery?.state))
    await expect.poll(delivered, { timeout: 60_000 }).toEqual([['delivered'], ['delivered'], ['delivered']])
    for (const ledger of await ledgers())
      expect(states(ledger)).toEqual(['run', 'missed', 'missed', 'missed'])
    expect(starts()).toBe(3)

    clock.sleep(minutes(2))
    await expect.poll(() => open.world.notes).toMatchObject([{ title: expect.stringContaining('3') }])
    // Nothing more comes of it: neither another run at the next look, nor another notification.
    power.wake()
    clock.sleep(minutes(5))
    await expect.poll(async () => (await window.snapshot()).activity.running).toEqual([])
    clock.sleep(minutes(2))
    expect(starts()).toBe(3)
    expect(open.world.notes).toHaveLength(1)
  })

  it('do each what was decided for it: run, ask, leave', async () => {
    const { window, power, ledgers, starts } = await setUp(['once', 'ask', 'skip'])
    clock.sleep(threeNights)
    power.wake()
    await expect
      .poll(async () => (await ledgers()).map(states), { timeout: 60_000 })
      .toEqual([
        ['run', 'missed', 'missed', 'missed'],
        ['asking', 'missed', 'missed', 'missed'],
        ['missed', 'missed', 'missed', 'missed'],
      ])
    const needs = async () => (await window.snapshot()).activity.needs.map(({ kind }) => kind)
    await expect.poll(needs).toEqual(['schedule-asks'])
    expect(starts()).toBe(1)
  })
})
