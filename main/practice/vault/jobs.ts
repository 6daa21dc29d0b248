import type { Answer } from '../loopback.ts'
import { randomFrom } from '../random.ts'
import { failure, limitExceeded, success } from './replies.ts'
import type { Job, JobKind, VaultState } from './state.ts'
import type { Caller, World } from './world.ts'

/*
 * A job's life, read off the clock; nothing here waits:
 *
 *   SCHEDULED ──(its time, or start now)──► QUEUED ──queuedMs──► RUNNING ──runningMs──► [stray ──ms──►] its end
 *                                           QUEUEING in the first tenth
 */
export type Standing = { status: string; finished: boolean; startedAt: number; endedAt: number }

export function standingOf(job: Job, now: number): Standing {
  const age = now - job.createdAt
  const strayFrom = job.queuedMs + job.runningMs
  const ended = strayFrom + (job.stray?.ms ?? 0)
  const times = { startedAt: job.createdAt + job.queuedMs, endedAt: job.createdAt + ended }
  if (age >= ended) return { status: job.ends, finished: true, ...times }
  const waits = job.kind === 'scheduled' ? 'SCHEDULED' : 'QUEUED'
  const status =
    age < 0
      ? waits
      : age < job.queuedMs / 10
        ? 'QUEUEING'
        : age < job.queuedMs
          ? 'QUEUED'
          : job.stray !== null && age >= strayFrom
            ? job.stray.status
            : 'RUNNING'
  return { status, finished: false, ...times }
}

/** A vault allows one question about a job in 10 s, whoever asks. */
const LIMIT_MS = 10_000

/** Scheduled jobs have their times in the vault's zone, eight hours behind, and end them in Z all the same. */
const written = (job: Job, at: number): string =>
  new Date(job.method === null ? at - 8 * 3_600_000 : at).toISOString()

export const findJob = (state: VaultState, id: string): Job | undefined =>
  state.jobs.find(job => String(job.id) === id)

/** GET /services/jobs/{id}. */
export function jobStatus(world: World, caller: Caller, id: string): Answer {
  const { state } = world.store
  const now = world.now()
  const last = state.asked[id]
  if (last !== undefined && now - last < LIMIT_MS / Math.max(1, world.speed)) return limitExceeded(200)
  world.store.change(() => {
    state.asked[id] = now
  })
  const job = findJob(state, id)
  if (job === undefined) return failure('INVALID_DATA', `The job [${id}] does not exist.`)
  const { status, finished, startedAt, endedAt } = standingOf(job, now)
  return success({
    responseMessage: 'OK',
    data: {
      id: job.id,
      status,
      ...(job.method === null ? {} : { method: job.method }),
      // The published sample has another id in its link than in its body.
      links: [
        link('self', `/api/${caller.version}/services/jobs/${job.id + 400}`),
        ...artifacts(job, caller, finished),
      ],
      created_by: job.userId,
      created_date: written(job, job.createdAt),
      ...(now >= startedAt ? { run_start_date: written(job, startedAt) } : {}),
      ...(finished ? { run_end_date: written(job, endedAt) } : {}),
      ...(job.kind === 'controlled-copy'
        ? { progress: [{ size: 1, status: finished ? 'SUCCESS' : 'RUNNING' }] }
        : {}),
    },
  })
}

const link = (rel: string, href: string) => ({ rel, href, method: 'GET', accept: 'application/json' })

/** Only some kinds name what they made. */
function artifacts(job: Job, { version }: Caller, finished: boolean) {
  const has = job.kind === 'controlled-copy' || job.kind === 'submission-export'
  return finished && has ? [link('artifacts', `/api/${version}/practice/artifacts/${job.id}`)] : []
}

/** GET /services/jobs/monitors and …/histories: pages whose next one is named by a path without a host. */
export function jobList(
  world: World,
  caller: Caller,
  list: 'monitors' | 'histories',
  query: URLSearchParams,
): Answer {
  const now = world.now()
  const limit = Number(query.get('limit') ?? 50)
  const offset = Number(query.get('offset') ?? 0)
  if (!(limit >= 1 && limit <= 200)) return failure('INVALID_DATA', 'limit must be between 1 and 200.')
  const since = Date.parse(query.get('start_date') ?? '1970-01-01T00:00:00Z')
  const status = query.get('status')?.toUpperCase()
  const all = world.store.state.jobs
    .map(job => ({ job, standing: standingOf(job, now) }))
    .filter(({ standing }) => standing.finished === (list === 'histories'))
    .filter(({ job }) => job.createdAt >= since || list === 'monitors')
    .filter(({ standing }) => status === undefined || standing.status === status)
    .sort((a, b) => b.job.createdAt - a.job.createdAt)
  const path = (from: number) => {
    const asked = new URLSearchParams(query)
    asked.set('limit', String(limit))
    asked.set('offset', String(from))
    return `/api/${caller.version}/services/jobs/${list}?${asked}`
  }
  const next = offset + limit
  return success({
    responseMessage: 'OK',
    url: path(offset),
    responseDetails: {
      total: all.length,
      limit,
      offset,
      ...(next < all.length ? { next_page: path(next) } : { next_page: null }),
    },
    jobs: all.slice(offset, next).map(({ job, standing }) => ({
      job_id: job.id,
      title: job.title,
      status: standing.status,
      created_by: job.userId,
      created_date: written(job, job.createdAt),
      modified_by: job.userId,
      modified_date: written(job, job.createdAt),
      ...(now >= standing.startedAt ? { run_start_date: written(job, standing.startedAt) } : {}),
      ...(standing.finished ? { run_end_date: written(job, standing.endedAt) } : {}),
    })),
  })
}

export type Wanted = Pick<Job, 'kind' | 'title' | 'userId' | 'items' | 'options'>

/** Starts a job, on disk on return; where some of its items cannot be exported it ends with errors. */
export function startJob(world: World, wanted: Wanted, ends: string): Job {
  const { queuedMs, runningMs, stray, ends: end, fill } = world.scenario().job
  const { state } = world.store
  const job: Job = {
    ...wanted,
    id: nextId(state),
    createdAt: world.now(),
    queuedMs: queuedMs / world.speed,
    runningMs: runningMs / world.speed,
    stray: stray && { ...stray, ms: stray.ms / world.speed },
    ends: end === 'Failed' ? 'TIMEOUT' : ends,
    fill,
    method: 'POST',
    started: true,
  }
  world.store.change(() => state.jobs.push(job))
  return job
}

const nextId = ({ jobs }: VaultState): number => Math.max(...jobs.map(({ id }) => id)) + 7

/** POST /services/jobs/start_now/{id}: the scheduled job runs now, and so not at its time. */
export function startNow(world: World, caller: Caller, id: string): Answer {
  const { state } = world.store
  const job = findJob(state, id)
  if (job === undefined || standingOf(job, world.now()).status !== 'SCHEDULED') {
    return failure('INVALID_DATA', `The job [${id}] is not scheduled.`)
  }
  const { queuedMs, runningMs } = world.scenario().job
  world.store.change(() => {
    state.jobs = state.jobs.map(one =>
      one.id === job.id
        ? {
            ...one,
            createdAt: world.now(),
            queuedMs: queuedMs / world.speed,
            runningMs: runningMs / world.speed,
            started: true,
          }
        : one,
    )
  })
  return success({ url: `/api/${caller.version}/services/jobs/${job.id}`, job_id: job.id })
}

/** One of each kind that the documents name as examples, with ids of their own, finished a while ago. */
const examples: readonly Readonly<{ id: number; title: string; kind: JobKind }>[] = [
  { id: 1201, title: 'Binder Export', kind: 'binder' },
  { id: 1202, title: 'Import Submission', kind: 'other' },
  { id: 1203, title: 'Export Submission', kind: 'submission-export' },
  { id: 1204, title: 'Create EDL', kind: 'other' },
  { id: 1205, title: 'Deploy Package', kind: 'other' },
  { id: 1206, title: 'Deep Copy Object Record', kind: 'other' },
  { id: 1207, title: 'Cascade Delete Object Record', kind: 'other' },
  { id: 1208, title: 'Export Documents', kind: 'documents' },
  { id: 1209, title: 'Controlled Copy', kind: 'controlled-copy' },
]

/** The job that is scheduled from the beginning; a definition can start it now. */
export const scheduledId = 1301

/** What was there before: the examples, more than a page of older jobs, and one that is scheduled for tomorrow. */
export function history(seed: number, now: number): Job[] {
  const random = randomFrom(seed, 'vault history')
  const minute = now - (now % 60_000)
  const done = (id: number, title: string, kind: JobKind, hoursAgo: number): Job => ({
    id,
    kind,
    title,
    userId: 4711,
    createdAt: minute - hoursAgo * 3_600_000,
    queuedMs: random.int(500, 5_000),
    runningMs: random.int(2_000, 60_000),
    stray: null,
    ends: 'SUCCESS',
    fill: 'ordinary',
    items: kind === 'binder' ? ['454'] : ['11', '12'],
    options: ['source'],
    // Seen on a live vault: a job without a method.
    method: kind === 'other' ? null : 'POST',
    started: false,
  })
  const older = Array.from({ length: 230 }, (_, index) =>
    done(901 + index, `Nightly check ${index + 1}`, 'other', 30 + (229 - index) * 2),
  )
  const recent = examples.map(({ id, title, kind }, index) => done(id, title, kind, 20 - index))
  const scheduled: Job = {
    ...done(scheduledId, 'Weekly document export', 'scheduled', -24),
    queuedMs: 1_500,
    runningMs: 4_000,
    method: null,
  }
  return [...older, ...recent, scheduled]
}
