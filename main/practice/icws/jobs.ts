import { randomFrom } from '../random.ts'
import { earlier, type JobConfig } from './samples.ts'
import type { Job } from './state.ts'
import { extracts, user, type World } from './world.ts'

/*
 * A job's life, read off the clock; nothing here waits:
 *
 *   submittedAt ─► 0 submitted ─► 1 queued ──queuedMs──► 2 started ──runningMs──► [no state] ─► 5 finished | 3 failed
 *                                     └────────── DELETE ──────┴──► 4 canceled
 *
 * Finished only when its files are whole, but for those that say so too early.
 */
export type State = 0 | 1 | 2 | 3 | 4 | 5

export type Moment = {
  /** Null: the server names none. */
  readonly state: State | null
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly changedAt: number
}

export function momentOf(world: World, job: Job): Moment {
  const now = world.now()
  const startedAt = job.submittedAt + job.queuedMs
  const ranUntil = startedAt + job.runningMs
  if (job.cancelled) {
    const { at } = job.cancelled
    return { state: 4, startedAt: at < startedAt ? null : startedAt, endedAt: at, changedAt: at }
  }
  if (now < job.submittedAt + Math.min(200, job.queuedMs / 4)) {
    return { state: 0, startedAt: null, endedAt: null, changedAt: job.submittedAt }
  }
  if (now < startedAt) return { state: 1, startedAt: null, endedAt: null, changedAt: job.submittedAt }
  const isWritten = job.ends === 'failed' || job.file === 'late' || world.writer.isWhole(job)
  if (now < ranUntil || !isWritten) return { state: 2, startedAt, endedAt: null, changedAt: startedAt }
  if (now < ranUntil + job.strayMs) return { state: null, startedAt, endedAt: null, changedAt: ranUntil }
  // What ran before the simulator did has its files since then only, and ended long ago.
  const written = job.started && job.file !== 'late' ? (job.writtenAt ?? 0) : 0
  const endedAt = Math.max(ranUntil + job.strayMs, written)
  return { state: job.ends === 'failed' ? 3 : 5, startedAt, endedAt, changedAt: endedAt }
}

const isOpen = ({ state }: Moment) => state === null || state < 3

/** A job by its id. */
export const findJob = ({ store }: World, id: string): Job | undefined =>
  store.state.jobs.find(job => job.id === id)

/** The newest jobs, or the ones before that one; undefined where there is no such job. */
export function pageOf({ store }: World, count: number, before: string | null): readonly Job[] | undefined {
  const newest = [...store.state.jobs].reverse()
  if (before === null) return newest.slice(0, count)
  const at = newest.findIndex(job => job.id === before)
  return at < 0 ? undefined : newest.slice(at + 1, at + 1 + count)
}

/** Submits a run. On disk on return. Several of one kind may run beside each other. */
export function submit(world: World, config: JobConfig): Job {
  const { queuedMs, runningMs, stray, ends, fill } = world.scenario().job
  const { file } = world.scenario()
  const last = world.store.state.jobs.at(-1)
  const job: Job = {
    id: String(Number(last?.id ?? 0) + 1),
    config,
    submittedBy: user.id,
    submittedAt: world.now(),
    queuedMs: queuedMs / world.speed,
    runningMs: runningMs / world.speed,
    strayMs: (stray?.ms ?? 0) / world.speed,
    ends: ends === 'Failed' ? 'failed' : 'finished',
    fill,
    file: file === 'cut' ? 'late' : file === 'html' || file === 'json-error' ? file : 'whole',
    started: true,
  }
  world.store.change(state => state.jobs.push(job))
  return job
}

/** Cancels a job that is under way; false where it has ended. On disk on return. */
export function cancel(world: World, job: Job): boolean {
  if (!isOpen(momentOf(world, job))) return false
  world.store.change(() => {
    job.cancelled = { at: world.now(), by: user.id }
  })
  return true
}

/** The runs that were there before: of somebody else too, one failed, one cancelled. */
export function history(seed: number, now: number): Job[] {
  const minute = now - (now % 60_000)
  const random = randomFrom(seed, 'icws history')
  const runs = random.int(34, 44)
  // Ids hold the minute: a server started afresh must not give an old id to another run.
  const firstId = Math.floor(now / 60_000)
  return Array.from({ length: runs }, (_, index): Job => {
    const submittedAt = minute - (runs - index) * 18 * 3_600_000 - random.int(0, 3_000_000)
    const config = earlier[index % earlier.length]
    if (config === undefined) throw new Error('There are earlier runs.')
    const isCancelled = index === 5
    return {
      id: String(firstId + index),
      config,
      submittedBy: index % 3 === 0 ? 'ops.admin' : user.id,
      submittedAt,
      queuedMs: random.int(1_000, 9_000),
      runningMs: random.int(20_000, 90_000),
      strayMs: 0,
      ends: index === 3 ? 'failed' : 'finished',
      fill: 'ordinary',
      file: 'whole',
      started: false,
      ...(isCancelled ? { cancelled: { at: submittedAt + 500, by: 'ops.admin' } } : {}),
    }
  })
}

/** The compact form, which is what was seen on the wire. */
export const compact = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`

/** What the server says of a job now; what is optional is missing where it has nothing to say. */
export function statusBody(world: World, job: Job): Record<string, unknown> {
  const { state, startedAt, endedAt, changedAt } = momentOf(world, job)
  const required = {
    name: job.config.name,
    submittedUserId: job.submittedBy,
    id: job.id,
    submittedUserSiteId: 1,
  }
  if (world.habits.sparse) return required
  const { fileLink } = world.scenario()
  return {
    ...required,
    submitTime: compact(job.submittedAt),
    ...(state === 0 ? {} : { queuedTime: compact(job.submittedAt) }),
    ...(startedAt === null ? {} : { startedTime: compact(startedAt) }),
    ...(state === 5 && endedAt !== null ? { finishedTime: compact(endedAt) } : {}),
    ...(state === 3 && endedAt !== null
      ? { failedTime: compact(endedAt), errorInfo: 'The database did not answer in time.' }
      : {}),
    ...(job.cancelled ? { canceledTime: compact(job.cancelled.at), cancelUserId: job.cancelled.by } : {}),
    // One of them in the extended form, which the vendor's own client reads as well.
    stateChangedTime: new Date(changedAt).toISOString(),
    ...(state !== null && state >= 2 && state !== 4 && fileLink
      ? { outputFolder: `${extracts}\\${job.id}` }
      : {}),
    ...(state === null ? {} : { state }),
  }
}

export const configBody = ({ config, submittedBy, id }: Job): Record<string, unknown> => ({
  ...config,
  submittedUserId: submittedBy,
  id,
  tables: config.tables ?? { tableList: [] },
  views: config.views ?? { viewList: [] },
})
