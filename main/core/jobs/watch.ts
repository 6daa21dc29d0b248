/**
 * The poller. One lane a connection, one request in flight in it; one list call serves every open job of a definition,
 * or of the connection where that is how the system lists them (`listOf`), and finds those that were started elsewhere.
 * When to ask next stands in the journal as a wall-clock time, so a
 * restart or a night's sleep changes nothing: what is due is due.
 *
 *   lane:  idle ──(due)──► asking ──► idle     `again`: somebody called meanwhile, so look once more
 *            └─(another process holds watch:<connection>)──► looks at the journal every few seconds instead
 */
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { Definition } from '../definitions/types.ts'
import { errorView } from '../errors.ts'
import type { DeskEvent, Events } from '../events.ts'
import type { ConnectionId, DefinitionId, JobId } from '../ids.ts'
import type { Lease, Power } from '../ports.ts'
import { addMillis, type Instant, instantAt, type Millis, minutes, seconds } from '../time.ts'
import type { Lists } from './lists.ts'
import { dueAt, idleEvery, ofOneDefinition, retryAfter, skewOf } from './poll-policy.ts'
import { jobChanged } from './save.ts'
import { letGo } from './settle.ts'
import type { JobsWorld } from './world.ts'

export interface Watcher {
  /** Begins to watch. What completed earlier and still waits for its delivery is offered again. */
  start(): void
  /** Ends for good: nothing is asked any more, and what was being asked has been written down. */
  stopAndDrain(): Promise<void>
}

export type WatcherParts = {
  readonly power: Power
  readonly events: Events
  /** The user has paused everything that goes on by itself. */
  readonly paused: () => Promise<boolean>
}

type Pause = { readonly failures: number; readonly from: Instant; readonly until: Instant }
/** What is asked for next, and whether the list must show what is new. */
type Due = { readonly id: DefinitionId; readonly at: Instant; readonly complete: boolean }
type Lane = {
  readonly connectionId: ConnectionId
  running: Promise<void> | null
  again: boolean
  cancelWake: () => void
  lease: Lease | null
  pause: Pause
  /** Rows as they were when another process watched, to tell the window of their changes. */
  seen: ReadonlyMap<JobId, number>
}

const noPause: Pause = { failures: 0, from: instantAt(0), until: instantAt(0) }
/** How long a lane rests after a fault of ours or of the database. */
const afterFault: Millis = minutes(1)
/** How often the journal is looked at while another process asks. */
const lookEvery: Millis = seconds(5)

export function createWatcher(world: JobsWorld, lists: Lists, parts: WatcherParts): Watcher {
  const { clock, connections, definitions, jobs, log } = world
  const lanes = new Map<ConnectionId, Lane>()
  const pauses = new Map<DefinitionId, Pause>()
  const unsubscribe: (() => void)[] = []
  let stopped = false
  let drained: Promise<void> | null = null
  let survey: Promise<void> | null = null
  let surveyAgain = false

  /** Looks which connections there are, and has each lane look what is due. */
  function recompute(): void {
    surveyAgain = survey !== null
    if (stopped || survey) return
    survey = (async () => {
      for (const connection of await connections.all()) pump(laneOf(connection.id))
    })()
      .catch(error => {
        log.write('error', 'watch.survey-failed', { error })
        // Nobody else would look again: no lane may have been made yet.
        unsubscribe.push(clock.wake(addMillis(clock.now(), lookEvery), recompute))
      })
      .finally(() => {
        survey = null
        if (surveyAgain) recompute()
      })
  }

  function laneOf(connectionId: ConnectionId): Lane {
    const known = lanes.get(connectionId)
    if (known) return known
    const lane: Lane = {
      connectionId,
      running: null,
      again: false,
      cancelWake: () => {},
      lease: null,
      pause: noPause,
      seen: new Map(),
    }
    lanes.set(connectionId, lane)
    return lane
  }

  function pump(lane: Lane): void {
    lane.again = lane.running !== null
    if (stopped || lane.running) return
    lane.cancelWake()
    lane.running = workOff(lane)
      .catch(error => {
        log.write('error', 'watch.lane-failed', { connectionId: lane.connectionId, error })
        wakeAt(lane, addMillis(clock.now(), afterFault))
      })
      .finally(() => {
        lane.running = null
        if (lane.again) pump(lane)
      })
  }

  function wakeAt(lane: Lane, at: Instant): void {
    lane.cancelWake()
    if (!stopped) lane.cancelWake = clock.wake(at, () => pump(lane))
  }

  /** Asks for whatever is due in this lane, one after the other, and sets the alarm for what comes next. */
  async function workOff(lane: Lane): Promise<void> {
    while (!stopped) {
      const next = await nextDue(lane)
      if (stopped || next === null) return
      const at = after(await inForce(lane.pause, next.id), next.at)
      if (at > clock.now()) return wakeAt(lane, at)
      if (!(await holdsLease(lane))) {
        await lookAround(lane)
        return wakeAt(lane, addMillis(clock.now(), lookEvery))
      }
      if (!stopped) await ask(lane, next)
    }
  }

  /** What this connection is to be asked for first; null where nothing is watched. */
  async function nextDue(lane: Lane): Promise<Due | null> {
    const connection = await connections.find(lane.connectionId)
    const waits = connection?.signIn.state === 'refused' || connection?.signIn.state === 'expired'
    if (!connection || connection.removedAt !== null || waits || (await parts.paused())) return null
    // The simulator is on this very computer, and can be asked without a network.
    if (connection.mark !== 'practice' && !parts.power.online()) return null
    const { pollFloor } = await lists.capabilitiesOf(lane.connectionId)
    const now = clock.now()
    const asking = await jobs.asking(lane.connectionId)
    const open = asking.map((job): Due => {
      // Where nobody knows the id yet, only a whole list can show it.
      return { id: job.definitionId, at: dueAt(job, now, pollFloor), complete: job.remoteId === null }
    })
    const idle = await Promise.all((await definitions.watched(lane.connectionId)).map(idleDue))
    return [...open, ...idle].reduce<Due | null>((first, due) => {
      const at = after(pauses.get(due.id) ?? noPause, due.at)
      return first !== null && first.at <= at ? first : { ...due, at }
    }, null)
  }

  async function idleDue(definition: Definition): Promise<Due> {
    const now = clock.now()
    const last = await lists.lastComplete(definition)
    // A list from the future: the clock was set back.
    const known = last !== null && last <= now
    const at = known ? addMillis(last, idleEvery + skewOf(definition.connectionId)) : now
    return { id: definition.id, at, complete: true }
  }

  /** Somebody else was answered since it began, a start perhaps: the system is there again. */
  async function inForce(pause: Pause, id: DefinitionId): Promise<Pause> {
    const definition = pause === noPause ? null : await definitions.find(id)
    const last = definition && (await lists.lastComplete(definition))
    return last !== null && last > pause.from ? noPause : pause
  }

  /** A pause of the future is none: the clock was set back. */
  const after = ({ from, until }: Pause, at: Instant): Instant =>
    from <= clock.now() && until > at ? until : at

  async function holdsLease(lane: Lane): Promise<boolean> {
    if (lane.lease && !lane.lease.lost.aborted) return true
    // A list that is still on its way changes nothing at the system, and its turn was claimed in the journal.
    const options = { outlivesBy: 0, resting: true }
    lane.lease = await world.leases.take(`watch:${lane.connectionId}`, options)
    if (lane.lease) await offerWanting()
    return lane.lease !== null
  }

  async function ask(lane: Lane, { id, complete }: Due): Promise<void> {
    const definition = await definitions.find(id)
    if (definition === null) throw new Error(`Jobs of a definition that is not there: ${id}`)
    try {
      await (complete ? lists.ask(definition) : lists.glance(definition))
      lane.pause = noPause
      pauses.delete(id)
    } catch (failure) {
      if (stopped || world.stopping.aborted) return
      const error = errorView(failure)
      log.write('warn', 'watch.list-failed', { definitionId: id, error, failure })
      await pauseAfter(lane, definition, error)
    }
  }

  async function pauseAfter(lane: Lane, definition: Definition, error: ErrorView): Promise<void> {
    const { pollFloor, listOf } = await lists.capabilitiesOf(lane.connectionId)
    const local = listOf === 'definition' && ofOneDefinition.includes(error.code)
    const before = local ? (pauses.get(definition.id) ?? noPause) : lane.pause
    const failures = before.failures + 1
    const wait = retryAfter(failures, error, pollFloor, skewOf(lane.connectionId))
    const from = clock.now()
    const pause: Pause = { failures, from, until: addMillis(from, wait) }
    if (local) pauses.set(definition.id, pause)
    else lane.pause = pause
    if (local && error.code === 'not-found') await lists.noneLeft(definition)
  }

  /** Another process watches this connection: what it wrote is told here. */
  async function lookAround(lane: Lane): Promise<void> {
    const now = await jobs.asking(lane.connectionId)
    const there = new Set(now.map(job => job.id))
    const ended = [...lane.seen.keys()].filter(id => !there.has(id))
    const moved = now.filter(job => lane.seen.has(job.id) && lane.seen.get(job.id) !== job.rev)
    const rows = [...moved, ...(await Promise.all(ended.map(id => jobs.find(id))))]
    for (const job of rows) {
      if (job) parts.events.publish(jobChanged({ ...job, connectionId: lane.connectionId }))
    }
    lane.seen = new Map(now.map(job => [job.id, job.rev]))
  }

  /** What completed while nobody listened: at the last end of the app, or in a process that was killed. */
  async function offerWanting(): Promise<void> {
    for (const job of await jobs.wantingDelivery()) world.onEnded(job)
  }

  /** The network may be another one now: what failed because of it is tried again at once. */
  function afterAbsence(): void {
    for (const lane of lanes.values()) lane.pause = noPause
    recompute()
  }

  async function drain(): Promise<void> {
    stopped = true
    for (const stop of unsubscribe.splice(0)) stop()
    await survey
    for (const lane of lanes.values()) {
      lane.cancelWake()
      await lane.running
      if (lane.lease) await letGo(world, lane.lease)
    }
  }

  return {
    start() {
      if (stopped) return
      offerWanting().catch(error => log.write('error', 'watch.offer-failed', { error }))
      unsubscribe.push(
        parts.power.onWake(afterAbsence),
        parts.power.onOnlineChange(online => online && afterAbsence()),
        parts.events.subscribe(event => {
          // A job's change concerns its own connection: with many, to look through all of them would be most of the work.
          if (event.kind === 'job-changed') pump(laneOf(event.connectionId))
          else if (recomputeOn.has(event.kind)) recompute()
        }),
      )
      recompute()
    },
    stopAndDrain() {
      drained ??= drain()
      return drained
    },
  }
}

const recomputeOn: ReadonlySet<DeskEvent['kind']> = new Set<DeskEvent['kind']>([
  'definitions-changed',
  'connections-changed',
  'settings-changed',
])
