import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextDueTimes } from '../../../main/core/schedules/due-times.ts'
import { addMillis, hours, type Instant, minutes, seconds } from '../../../main/core/time.ts'
import { missedPolicies, type Recurrence } from '../../../preload/contract/schedules.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'
import { lostAfter } from '../../fakes/fake-system.ts'
import { at, schedulesWorld } from '../../fakes/schedules-world.ts'

type World = ReturnType<typeof schedulesWorld>

/** What holds at every moment, whatever has happened. */
function holds({ schedules, jobs, system }: World): void {
  const rows = schedules.rows()
  expect(new Set(rows.map(due => `${due.scheduleId} ${due.dueAt}`)).size).toBe(rows.length)
  const items = rows.flatMap(due => due.items)
  const ran = items.filter(({ state }) => state === 'run').map(({ jobId }) => jobId)
  expect(new Set(ran).size).toBe(ran.length)
  // Every start at the system is one line of the ledger, ended or under way.
  const sent = jobs.rows().filter(job => job.origin === 'here' && job.remoteId !== null)
  const owned = items.flatMap(({ startId, jobId }) => [startId, jobId])
  expect(sent.filter(job => !owned.includes(job.id))).toEqual([])
  expect(system.starts()).toBeLessThanOrEqual(items.filter(({ startId }) => startId !== null).length)
  for (const due of rows) {
    const over = ['run', 'joined', 'skipped', 'missed'].includes(due.state)
    expect(due.endedAt !== null).toBe(over)
    if (due.state === 'skipped' || due.state === 'missed') expect(due.reason).not.toBe(null)
    if (over) expect(due.items.every(({ state }) => state !== 'planned' && state !== 'starting')).toBe(true)
  }
}

const finish = ({ system }: World) => {
  for (const job of system.list('SAE')) if (job.status !== 'completed') system.set(job.id, 'completed')
}

test.each(['before', 'after'] as const)(
  'the power is cut %s every step of a due time, and the app is started again: one start, and one ending',
  async when => {
    for (const twist of ['usual', 'lost', 'joined'] as const) {
      let never = 0
      for (let cutAt = 1; ; cutAt++) {
        const world = schedulesWorld({ severalAtOnce: true })
        await world.process().service.save(world.input())
        if (twist === 'joined') world.system.startElsewhere('SAE', { status: 'running' })
        if (twist === 'lost') world.system.nextStart(lostAfter())
        const doomed = world.process({ cutAt, when })
        doomed.scheduler.start()
        await world.clock.advance(minutes(18))
        const cut = doomed.dead()
        doomed.kill()
        // What it joined may be over when the app comes back; then a start would be a second run of one due time.
        if (twist === 'joined') finish(world)

        const next = world.process()
        void next.recover()
        next.scheduler.start()
        await world.clock.advance(minutes(12))
        const place = `${twist}, cut ${when} step ${cutAt}`
        holds(world)
        const [due, ...others] = world.schedules.rows()
        expect(others, place).toEqual([])
        expect(world.system.starts(), place).toBe(due?.state === 'run' ? 1 : 0)
        if (due?.state === 'missed') {
          // Cut between the journal's "starting" and the wire: it may have been sent, so nobody sends it again.
          expect(due.error, place).toMatchObject({ code: 'connection-cut' })
          expect(world.jobs.rows(), place).toMatchObject([{ state: 'not-started', remoteId: null }])
          never += 1
        } else expect(['run', 'joined'], place).toContain(due?.state)
        if (cut) continue
        expect(cutAt).toBeGreaterThan(15)
        break
      }
      expect(never).toBeLessThan(4)
    }
  },
)

const recurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc
    .constantFrom('18:45', '19:00', '06:15')
    .map((time): Recurrence => ({ kind: 'daily', time, days: 'all' })),
  fc
    .constantFrom('*/40 * * * *', '7 */3 * * *')
    .map((expression): Recurrence => ({ kind: 'cron', expression })),
)
const event = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 26 * 60 }).map(n => ({ kind: 'pass', n }) as const) },
  { weight: 2, arbitrary: fc.constant({ kind: 'finish', n: 0 } as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 60 }).map(n => ({ kind: 'kill', n }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'second', n: 0 } as const) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 3 * 24 * 60 }).map(n => ({ kind: 'sleep', n }) as const),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -26 * 60, max: 26 * 60 }).map(n => ({ kind: 'clock', n }) as const),
  },
  { weight: 1, arbitrary: fc.constantFrom(0, 1).map(n => ({ kind: 'network', n }) as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'lost', n: 0 } as const) },
)

/** Runs what happens on one profile. */
async function live(
  world: World,
  events: readonly { readonly kind: string; readonly n: number }[],
): Promise<void> {
  const { clock, system, state } = world
  let apps = [world.process()]
  apps[0]?.scheduler.start()
  for (const { kind, n } of events) {
    if (kind === 'pass') await clock.advance(minutes(n))
    if (kind === 'sleep') {
      await clock.sleep(minutes(n))
      for (const app of apps) app.power.wake()
      await clock.advance(seconds(1))
    }
    if (kind === 'clock') {
      clock.set(addMillis(clock.now(), minutes(n)))
      for (const app of apps) app.power.wake()
      await clock.advance(seconds(1))
    }
    if (kind === 'finish') finish(world)
    if (kind === 'lost') system.nextStart(lostAfter())
    if (kind === 'network') {
      state.online = n === 1
      for (const app of apps) app.power.setOnline(state.online)
    }
    if (kind === 'second' && apps.length < 2) apps.push(world.process())
    if (kind === 'kill') {
      for (const app of apps) app.kill()
      // The next one may be cut as well, after some steps.
      apps = [world.process({ cutAt: n * 7 })]
      void apps[0]?.recover().catch(() => {})
    }
    for (const app of apps) if (!app.dead()) app.scheduler.start()
    holds(world)
  }
  for (const app of apps) app.kill()
}

test('kills, two processes, clock jumps, sleeps and lost answers: each due time ends once, none is lost, none runs twice', async () => {
  const life = fc.array(event, { minLength: 3, maxLength: 11 })
  await fc.assert(
    fc.asyncProperty(recurrence, fc.constantFrom(...missedPolicies), life, async (when, missed, events) => {
      const world = schedulesWorld({ severalAtOnce: true })
      const timetable = at('', { recurrence: when })
      await world.process().service.save(world.input({ timetable, missed }))
      await live(world, events)

      // In the end the app runs, online, long enough for whatever was still open.
      world.state.online = true
      finish(world)
      const last = world.process()
      void last.recover()
      last.scheduler.start()
      await world.clock.advance(minutes(30))
      finish(world)
      await world.clock.advance(hours(1))
      holds(world)

      // Whatever the system started is one row here, and each row is of one line of the ledger (holds).
      const ours = world.jobs.rows().filter(job => job.origin === 'here' && job.remoteId !== null)
      expect(ours.length).toBe(world.system.starts())

      const now = world.clock.now()
      const rows = world.schedules.rows()
      const expected = dueUpTo(timetable, now)
      const told = (due: Instant) =>
        rows.some(row => row.dueAt === due || (row.until !== null && row.dueAt <= due && due <= row.until))
      expect(expected.filter(due => !told(due)).map(due => new Date(due).toISOString())).toEqual([])
      // Nothing is told of what is still to come, but what was really started while a clock ran ahead.
      const early = rows.filter(row => row.dueAt > now && !['run', 'joined'].includes(row.state))
      expect(early.filter(row => row.reason !== 'error')).toEqual([])
      expect(rows.filter(row => row.endedAt === null && row.state !== 'asking')).toEqual([])
    }),
    { numRuns: 12 },
  )
})

function dueUpTo(timetable: ReturnType<typeof at>, now: Instant): readonly Instant[] {
  const many = nextDueTimes(timetable, fakeStart, 4000)
  return many.filter(due => due <= now)
}
