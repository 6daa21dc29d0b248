/**
 * One due time has its turn: each of its definitions is started or joined. The caller holds the schedule's lease; what
 * keeps a due time from starting two jobs all the same (a process that slept past its lease) is the id of the job, which
 * is in the ledger before anything is sent:
 *
 *   planned ──[starting, with the job's id]──► run(as that id) ──► what the journal of jobs says of that id
 *                                                │
 *                                                └─ killed: the same id again; a job that has it is not started anew
 */

import type { ErrorView } from '../../../preload/contract/errors.ts'
import { desktop } from '../../../preload/contract/text/desktop.ts'
import type { Definition } from '../definitions/types.ts'
import { errorView, isAppError } from '../errors.ts'
import { type JobId, jobId } from '../ids.ts'
import { isMerged, isOpen } from '../jobs/job.ts'
import { isRefusal } from '../jobs/refusal.ts'
import type { Job } from '../jobs/types.ts'
import { afterTurn, maySolveItself, startingItem, withItem } from './ledger.ts'
import type { DueItem, DueTime, Schedule } from './types.ts'
import type { SchedulesWorld } from './world.ts'

/** How many jobs of a definition are looked at for one that was joined just before a kill. */
const looked = 20

/** The due time after its turn, as it was saved. Throws ScheduleChangedMeanwhile where somebody else wrote it. */
export async function takeTurn(world: SchedulesWorld, schedule: Schedule, given: DueTime): Promise<DueTime> {
  const { schedules, clock } = world
  let due = given
  const save = async (next: DueTime, why: string): Promise<void> => {
    due = await schedules.saveDue(next, why)
  }

  for (const { definitionId } of given.items) {
    const item = itemOf(due, definitionId)
    if (item.state === 'planned') {
      const found = await obstacle(world, definitionId)
      if (found !== null) {
        due = withItem(due, definitionId, unstarted(found))
        continue
      }
      const startId = jobId(world.ids.next('job'))
      await save(startingItem(due, definitionId, startId, clock.now()), 'about to be started')
    } else if (item.state !== 'starting') continue
    else {
      const known = await joinedBefore(world, item)
      if (known !== null) {
        await save(withItem(due, definitionId, { state: 'joined', jobId: known.id }), 'it was joined')
        continue
      }
    }
    const outcome = await begin(world, schedule, itemOf(due, definitionId))
    // The app ends: what became of it is found out at the next start.
    if (outcome === null) return due
    await save(withItem(due, definitionId, outcome), 'the journal of jobs says so')
  }
  await save(afterTurn(schedule, due, clock.now()), 'its turn is over')
  return due
}

function itemOf(due: DueTime, id: DueItem['definitionId']): DueItem {
  const item = due.items.find(one => one.definitionId === id)
  if (!item) throw new Error('A due time without its definition')
  return item
}

/** Why it cannot be started now, found out without starting anything; null: nothing stands in the way. */
async function obstacle(world: SchedulesWorld, id: Definition['id']): Promise<ErrorView | null> {
  const definition = await world.definitions.find(id)
  if (definition === null || definition.removed) return { code: 'not-found', facts: { what: 'definition' } }
  const connection = await world.connections.find(definition.connectionId)
  if (connection === null || connection.removedAt !== null) {
    return { code: 'not-found', facts: { what: 'connection' } }
  }
  // Files that cannot be put anywhere had better not be made at all.
  if (definition.destination === null) return { code: 'no-destination', facts: {} }
  const { state, error } = connection.signIn
  if (state === 'refused' || state === 'expired') return error ?? { code: 'sign-in-waiting', facts: {} }
  // The simulator is on this very computer.
  if (connection.mark !== 'practice' && !world.online()) return { code: 'offline', facts: {} }
  try {
    await world.reach(definition)
    return null
  } catch (failure) {
    if (isAppError(failure, 'cancelled')) throw failure
    return errorView(failure)
  }
}

/** A kill right after it joined left no job of its own: a run that was on its way then is the one that it joined. */
async function joinedBefore(world: SchedulesWorld, item: DueItem): Promise<Job | null> {
  if (item.startId === null || (await world.jobs.find(item.startId)) !== null) return null
  const since = item.since ?? 0
  const recent = await world.jobs.ofDefinition(item.definitionId, looked)
  return recent.find(job => isOpen(job.state) || (job.endSeenAt !== null && job.endSeenAt >= since)) ?? null
}

/** What has become of it; null where the app ends meanwhile. */
async function begin(
  world: SchedulesWorld,
  schedule: Schedule,
  { definitionId, startId }: DueItem,
): Promise<Partial<DueItem> | null> {
  if (startId === null) throw new Error('A start without an id')
  const before = await world.jobs.find(startId)
  if (before !== null && before.state !== 'intent' && before.state !== 'starting') return told(before)
  let joined: JobId | null = null
  let error: ErrorView | null = null
  try {
    // To save a schedule is the deliberate second step of its starts; what runs already is joined all the same.
    const by = desktop.startedBySchedule(schedule.name)
    const result = await world.run(definitionId, { again: true, by, as: startId })
    joined = jobId(result.job.id)
  } catch (failure) {
    if (world.stopping.aborted) return null
    if (!isAppError(failure))
      world.log.write('error', 'schedule.start-failed', { definitionId, error: failure })
    error = errorView(failure)
  }
  const after = await world.jobs.find(startId)
  if (after === null) {
    return joined === null ? unstarted(error) : { state: 'joined', jobId: joined, error: null }
  }
  // Another process is at it, or it cannot be settled just now: the same id is looked at again.
  if (after.state === 'intent' || after.state === 'starting') return { error }
  return told(after)
}

/** What the journal says of a job of ours, once it is more than a wish. */
function told(job: Job): Partial<DueItem> {
  if (isMerged(job)) return { state: 'joined', jobId: jobId(String(job.error?.facts.jobId)), error: null }
  if (job.state !== 'not-started') return { state: 'run', jobId: job.id, error: null }
  const neverSent = job.sentAt === null || (job.error !== null && isRefusal(job.error))
  if (neverSent) return unstarted(job.error)
  // It was sent, and the system's list shows that nothing came of it. That is never tried again by itself.
  return { state: 'not-started', jobId: job.id, error: job.error }
}

/** Nothing was sent: it is tried again where that may help. Without an error the app ended before it could. */
const unstarted = (error: ErrorView | null): Partial<DueItem> =>
  error === null || maySolveItself(error)
    ? { state: 'planned', startId: null, since: null, error }
    : { state: 'not-started', startId: null, since: null, error }
