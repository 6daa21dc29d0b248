/**
 * Looks what is due, by the wall clock, and sees to it. When to look next stands in no timer that sleep could stop: after
 * any wake of the computer, any jump of its clock and any restart the ledger and the timetable say what has passed.
 *
 *   lane (one a schedule):  idle ──(due, tried again, woken)──► looking ──► idle
 *                             └─(another process holds schedule:<id>)──► looks again every few seconds
 */
import type { DeskEvent } from '../events.ts'
import type { ScheduleId } from '../ids.ts'
import type { Power } from '../ports.ts'
import { addMillis, type Instant, type Millis, minutes, seconds } from '../time.ts'
import { nextDueTimes } from './due-times.ts'
import { notice } from './ledger.ts'
import { takeTurn } from './turn.ts'
import { type DueTime, type Schedule, ScheduleChangedMeanwhile } from './types.ts'
import type { SchedulesWorld } from './world.ts'

export interface Scheduler {
  start(): void
  /** Ends for good; what was begun has been written down. */
  stopAndDrain(): Promise<void>
  /** Looks at each schedule once, and waits for whoever is at it: the due times that this concerned, oldest first. */
  runOnce(): Promise<readonly DueTime[]>
}

/** `lookAgainAt` null: nothing is to come. */
type Looked = { readonly busy: boolean; readonly lookAgainAt: Instant | null }
type Lane = {
  readonly id: ScheduleId
  running: Promise<void> | null
  again: boolean
  /** What waits is tried at once: the network came back, somebody signed in. */
  eager: boolean
  triedAt: Instant | null
  cancelWake: () => void
}

const lookEvery: Millis = seconds(5)
const afterFault: Millis = minutes(1)
/** However often somebody knocks, what waits is not tried more often. */
const eagerEvery: Millis = seconds(10)
/** How long a single look waits for another process: a sign-in, a request, the settling of a lost answer. */
const patience: Millis = minutes(3)
/** So many lines of a ledger can a single look concern. */
const mostConcerned = 1000

export function createScheduler(
  world: SchedulesWorld,
  power: Pick<Power, 'onWake' | 'onOnlineChange'>,
): Scheduler {
  const { schedules, clock, events, log } = world
  const lanes = new Map<ScheduleId, Lane>()
  const unsubscribe: (() => void)[] = []
  let stopped = false
  let drained: Promise<void> | null = null
  let survey: Promise<void> = Promise.resolve()

  /** Sees which schedules there are, and looks at each. */
  function lookAtAll(eager: boolean): void {
    survey = survey.then(async () => {
      if (stopped) return
      for (const id of await schedules.withWork()) pump(laneOf(id), eager)
    })
    survey = survey.catch(error => {
      log.write('error', 'schedules.survey-failed', { error })
      if (!stopped) clock.wake(addMillis(clock.now(), afterFault), () => lookAtAll(false))
    })
  }

  function laneOf(id: ScheduleId): Lane {
    const idle = { id, running: null, again: false, eager: false, triedAt: null, cancelWake: () => {} }
    const lane = lanes.get(id) ?? idle
    lanes.set(id, lane)
    return lane
  }

  function pump(lane: Lane, eager: boolean): void {
    lane.again = lane.running !== null
    lane.eager ||= eager
    if (stopped || lane.running) return
    lane.cancelWake()
    lane.running = look(lane)
      .then(({ busy, lookAgainAt }) => {
        if (busy) changed()
        if (lookAgainAt !== null) wakeAt(lane, lookAgainAt)
      })
      .catch(error => {
        if (world.stopping.aborted) return
        log.write('error', 'schedules.look-failed', { scheduleId: lane.id, error })
        wakeAt(lane, addMillis(clock.now(), afterFault))
      })
      .finally(() => {
        lane.running = null
        if (lane.again) pump(lane, false)
      })
  }

  function wakeAt(lane: Lane, at: Instant): void {
    lane.cancelWake()
    if (!stopped) lane.cancelWake = clock.wake(at, () => pump(lane, false))
  }

  /** Sees to everything that is due now. */
  async function look(lane: Lane): Promise<Looked> {
    while (!stopped && !world.stopping.aborted) {
      const schedule = await schedules.find(lane.id)
      if (schedule === null) return nothing
      // Resuming is an event of its own.
      if (await world.paused()) return nothing
      const open = await schedules.open(lane.id)
      const now = clock.now()
      const ready = open.find(due => readyAt(lane, due) <= now)
      if (notice(schedule, open, now) === null && ready === undefined) {
        return { busy: false, lookAgainAt: nextLook(lane, schedule, open, now) }
      }
      const lease = await world.leases.take(`schedule:${lane.id}`, { outlivesBy: 0 })
      if (lease === null) return { busy: true, lookAgainAt: addMillis(now, lookEvery) }
      try {
        await act(lane)
      } catch (error) {
        if (!(error instanceof ScheduleChangedMeanwhile)) throw error
      } finally {
        await lease.release()
        changed()
      }
    }
    return nothing
  }

  /** Under the lease, and with what stands in the ledger now. */
  async function act(lane: Lane): Promise<void> {
    const schedule = await schedules.find(lane.id)
    if (schedule === null) return
    const news = notice(schedule, await schedules.open(lane.id), clock.now())
    if (news !== null) await schedules.write(news, 'looked what is due')
    for (const due of await schedules.open(lane.id)) {
      if (readyAt(lane, due) > clock.now()) continue
      changed()
      await takeTurn(world, schedule, due)
    }
    lane.eager = false
    lane.triedAt = clock.now()
  }

  function readyAt(lane: Lane, { state, nextTryAt }: DueTime): Instant {
    if (state === 'asking' || nextTryAt === null) return never
    // A time far ahead of the clock was written by a clock that ran ahead.
    const planned = nextTryAt > addMillis(clock.now(), longestWait) ? clock.now() : nextTryAt
    if (!lane.eager) return planned
    const soon = lane.triedAt === null ? clock.now() : addMillis(lane.triedAt, eagerEvery)
    return soon < planned ? soon : planned
  }

  function nextLook(lane: Lane, schedule: Schedule, open: readonly DueTime[], now: Instant): Instant | null {
    const due = schedule.removedAt === null ? nextDueTimes(schedule.timetable, now, 1) : []
    const times = [...due, ...open.map(one => readyAt(lane, one))]
    const next = times.reduce((first, at) => (at < first ? at : first), never)
    return next === never ? null : next
  }

  const changed = () => events.publish({ kind: 'schedules-changed' })

  async function lookPatiently(id: ScheduleId): Promise<void> {
    const lane: Lane = { ...laneOf(id), running: null, eager: true }
    const end = addMillis(clock.now(), patience)
    for (;;) {
      const { busy } = await look(lane)
      if (!busy || clock.now() >= end || world.stopping.aborted) return
      await new Promise<void>(resolve => void clock.wake(addMillis(clock.now(), seconds(1)), resolve))
    }
  }

  return {
    start() {
      if (stopped) return
      unsubscribe.push(
        power.onWake(() => lookAtAll(true)),
        power.onOnlineChange(online => online && lookAtAll(true)),
        events.subscribe(({ kind }) => lookOn.has(kind) && lookAtAll(kind !== 'schedules-saved')),
      )
      lookAtAll(true)
    },
    stopAndDrain() {
      drained ??= (async () => {
        stopped = true
        for (const stop of unsubscribe.splice(0)) stop()
        await survey
        for (const lane of lanes.values()) lane.cancelWake()
        await Promise.all([...lanes.values()].map(lane => lane.running))
      })()
      return drained
    },
    async runOnce() {
      const began = clock.now()
      const all = await schedules.withWork()
      await Promise.all(all.map(lookPatiently))
      const ledgers = await Promise.all(all.map(id => schedules.ledger(id, mostConcerned)))
      return ledgers
        .flat()
        .filter(({ endedAt }) => endedAt === null || endedAt >= began)
        .sort((a, b) => a.dueAt - b.dueAt)
    },
  }
}

const nothing: Looked = { busy: false, lookAgainAt: null }
const never = Number.POSITIVE_INFINITY as Instant
/** No wait of the ledger is longer. */
const longestWait: Millis = minutes(60)

const lookOn: ReadonlySet<DeskEvent['kind']> = new Set<DeskEvent['kind']>([
  'connections-changed',
  'settings-changed',
  'schedules-saved',
])
