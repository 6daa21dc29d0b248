/** What a vault's answers mean. Pure: fields in, our words out, and nothing is thrown but AppError. */
import type { JobStatus } from '../../../../preload/contract/words.ts'
import type { RemoteId } from '../../ids.ts'
import type { SystemTime } from '../../time.ts'
import type { RemoteJob } from '../system.ts'
import { jobIdOf } from './addresses.ts'
import { notUnderstood, recordOf, recordsIn, textOf } from './fields.ts'
import { readTime } from './times.ts'
import type { Envelope, Fields, Results } from './types.ts'

const statuses: ReadonlyMap<string, JobStatus> = new Map([
  ['SCHEDULED', 'queued'],
  ['QUEUEING', 'queued'],
  ['QUEUED', 'queued'],
  ['RUNNING', 'running'],
  ['SUCCESS', 'completed'],
  // Some of it may be there; its results decide (results.ts).
  ['ERRORS_ENCOUNTERED', 'completed'],
  ['CANCELLED', 'cancelled'],
  ['TIMEOUT', 'failed'],
  ['MISSED_SCHEDULE', 'failed'],
  ['COMPLETED_DUE_TO_INACTIVITY', 'failed'],
  // Only the filter of histories knows it.
  ['FAILED_TO_RUN', 'failed'],
])

/** Anything that is not in the table is unknown, and not an end. */
export const statusOf = (raw: string): JobStatus => statuses.get(raw.toUpperCase()) ?? 'unknown'

/** Jobs that no request made: their times are in the vault's zone. A job that a request made names its method. */
const isScheduled = (fields: Fields): boolean =>
  textOf(fields.method) === null || /^(?:scheduled|missed_schedule)$/i.test(textOf(fields.status) ?? '')

/**
 * GET …/jobs/{id}. The published sample has another id in its self link than in its body; the body's counts, and an
 * answer about another job is not understood. A community client has `job` for `data`, and ids as text.
 */
export function readJob({ fields, warnings }: Envelope, asked: RemoteId): RemoteJob {
  const data = recordOf(fields.data) ?? recordOf(fields.job)
  if (data === null) throw notUnderstood('no-job')
  if ((textOf(data.id) ?? textOf(data.job_id) ?? asked) !== asked) throw notUnderstood('another-id')
  return jobOf(data, asked, warnings)
}

export type JobPage = {
  readonly jobs: readonly RemoteJob[]
  /** When those began that have no id. */
  readonly nameless: readonly (SystemTime | null)[]
  readonly next: string | null
}

/** One page of …/jobs/monitors or …/jobs/histories. `next_page` may be null or not there at all. */
export function readJobPage({ fields }: Envelope): JobPage {
  const jobs: RemoteJob[] = []
  const nameless: (SystemTime | null)[] = []
  for (const entry of recordsIn(fields.jobs, 'jobs')) {
    const id = jobIdOf(textOf(entry.job_id) ?? textOf(entry.id))
    if (id === null) nameless.push(startOf(entry))
    else jobs.push(jobOf(entry, id, []))
  }
  return { jobs, nameless, next: nextPage(fields) }
}

export const nextPage = (fields: Fields): string | null => textOf(recordOf(fields.responseDetails)?.next_page)

function jobOf(data: Fields, id: RemoteId, warnings: readonly string[]): RemoteJob {
  const rawStatus = textOf(data.status) ?? ''
  return {
    id,
    status: statusOf(rawStatus),
    rawStatus,
    startedAt: startOf(data),
    endedAt: readTime(textOf(data.run_end_date) ?? '', isScheduled(data)),
    hasFiles: false,
    // `name` is what lists show of a job.
    raw: {
      ...data,
      ...(textOf(data.title) === null ? {} : { name: data.title }),
      ...(warnings.length > 0 ? { warnings } : {}),
    },
  }
}

const startOf = (data: Fields): SystemTime | null =>
  readTime(textOf(data.run_start_date) ?? textOf(data.created_date) ?? '', isScheduled(data))

/** The answer to a start: the id is a number here and text there. Nothing is said yet of where the job stands. */
export function readStartedJob({ fields, warnings }: Envelope): RemoteJob {
  const id = jobIdOf(textOf(fields.job_id))
  if (id === null) throw notUnderstood('no-id')
  const { responseStatus: _, ...raw } = fields
  return {
    id,
    status: 'submitted',
    rawStatus: '',
    startedAt: null,
    endedAt: null,
    hasFiles: false,
    raw: warnings.length > 0 ? { ...raw, warnings } : raw,
  }
}

/**
 * What an export brought: a list with an outcome for each item (documents), or one item flat in the answer (binders).
 * An item without a file is missing, whatever it says of itself.
 */
export function readResults({ fields }: Envelope): Results {
  const items = Array.isArray(fields.data)
    ? recordsIn(fields.data, 'data')
    : [recordOf(fields.data) ?? fields].filter(item => item.file !== undefined || item.errors !== undefined)
  const found = items.map(item => ({ item, path: textOf(item.file), ok: isOk(item) }))
  return {
    files: found.flatMap(({ item, path, ok }) =>
      ok && path !== null ? [{ path, user: textOf(item.user_id__v) }] : [],
    ),
    missing: found.flatMap(({ item, path, ok }) =>
      ok && path !== null ? [] : [{ item: itemName(item), said: saidOf(item) }],
    ),
    told: items.flatMap(item => textOf(item.id) ?? []),
  }
}

const isOk = ({ responseStatus }: Fields): boolean =>
  responseStatus === undefined || responseStatus === 'SUCCESS' || responseStatus === 'WARNING'

function itemName(item: Fields): string {
  const [major, minor] = [textOf(item.major_version_number__v), textOf(item.minor_version_number__v)]
  const version = major !== null && minor !== null ? ` (${major}.${minor})` : ''
  return `${textOf(item.id) ?? '?'}${version}`
}

/** The fields of an item that failed are not documented: its errors as everywhere else, or what there is. */
function saidOf(item: Fields): string {
  const errors = Array.isArray(item.errors) ? recordsAmong(item.errors) : []
  const said = errors.flatMap(error => textOf(error.message) ?? textOf(error.type) ?? [])
  return said.join(' ') || textOf(item.responseMessage) || textOf(item.responseStatus) || 'FAILURE'
}

const recordsAmong = (list: readonly unknown[]): readonly Fields[] =>
  list.flatMap((one): Fields | readonly Fields[] => recordOf(one) ?? [])

export type JobLink = { readonly rel: string; readonly href: string }

/** The links of a job that can be asked for what it made. */
export function linksIn(job: Pick<RemoteJob, 'raw'>): readonly JobLink[] {
  const links = Array.isArray(job.raw.links) ? recordsAmong(job.raw.links) : []
  return links.flatMap(link => {
    const [rel, href] = [textOf(link.rel), textOf(link.href)]
    const method = textOf(link.method) ?? 'GET'
    const tells = rel !== null && /^(?:artifacts?|results?)$/i.test(rel) && method.toUpperCase() === 'GET'
    return tells && href !== null ? [{ rel, href }] : []
  })
}
