/**
 * What the server's answers mean. Pure: text in, our words out, and nothing is thrown but AppError. The vendor's client
 * nests a job (`jobStatus`, `jobConfig`), the help pages show it flat: both are read.
 */
import type { JobStatus } from '../../../../preload/contract/words.ts'
import { AppError } from '../../errors.ts'
import type { RemoteId } from '../../ids.ts'
import type { Instant, SystemTime } from '../../time.ts'
import type { RemoteJob } from '../system.ts'
import { jobIdOf } from './addresses.ts'
import { readConfig } from './config.ts'
import { readTime } from './times.ts'
import type { ConnectionAnswer, JobConfig } from './types.ts'

export type Fields = Readonly<Record<string, unknown>>

/** A job as the server has it; a message about it brings the fields that changed. */
export type IcwsJob = { readonly id: RemoteId; readonly status: Fields; readonly config: JobConfig | null }

/** The answer to POST /icws/connection. Throws `answer-not-understood` where there is no session in it. */
export function readConnection(text: string): ConnectionAnswer {
  const answer = objectIn(text)
  const [sessionId, csrfToken] = [textOf(answer.sessionId), textOf(answer.csrfToken)]
  // They become a path and a header: what would break out of these is none.
  if (!/^[\w.~-]{1,200}$/.test(sessionId) || !/^[\x21-\x7e]{1,2000}$/.test(csrfToken))
    throw notUnderstood('no-session')
  const days = answer.daysUntilPasswordExpiration
  return {
    sessionId,
    csrfToken,
    user: textOf(answer.userID),
    passwordDays: typeof days === 'number' && days >= 0 ? days : null,
    features: Array.isArray(answer.features) ? featuresIn(answer.features) : null,
    serverTime: readTime(textOf(fieldsOf(answer.serverTimeInfo).serverUtcTime))?.at ?? null,
  }
}

const featuresIn = (list: readonly unknown[]): ReadonlyMap<string, number> =>
  new Map(list.map(fieldsOf).map(one => [textOf(one.featureId), Number(one.version ?? 0)]))

/**
 * All cookies of an answer as a request sends them; names and attributes are not documented, so every one is kept.
 * Several headers come joined with a comma, which a cookie's date has too.
 */
export const cookiesOf = (setCookie: string | undefined): string =>
  (setCookie ?? '')
    .split(/,(?=\s*[^\s;,=]+=)/)
    .map(cookie => cookie.split(';', 1)[0]?.trim() ?? '')
    .filter(cookie => /^[^\s=]+=/.test(cookie))
    .join('; ')

export type JobPage = {
  readonly jobs: readonly IcwsJob[]
  /** When those were submitted that have no id. */
  readonly nameless: readonly (SystemTime | null)[]
}

/** GET …/jobs, in the order that it came in. */
export function readJobPage(text: string): JobPage {
  const { jobList } = objectIn(text)
  if (!Array.isArray(jobList)) throw notUnderstood('no-list')
  const read = jobList.map(fieldsOf).map(jobIn)
  return {
    jobs: read.filter((job): job is IcwsJob => job.id !== null),
    nameless: read.filter(({ id }) => id === null).map(({ status }) => submittedAt(status)),
  }
}

/** GET …/jobs/{id}. An answer about another job is not understood, rather than renamed. */
export function readJob(text: string, asked: RemoteId): IcwsJob {
  const job = jobIn(objectIn(text))
  if ((job.id ?? asked) !== asked) throw notUnderstood('another-id')
  return { ...job, id: asked }
}

/** The answer to POST …/jobs. */
export function readStartedId(text: string): RemoteId {
  const id = jobIdOf(objectIn(text).id)
  if (id === null) throw notUnderstood('no-id')
  return id
}

function jobIn(job: Fields): Omit<IcwsJob, 'id'> & { readonly id: RemoteId | null } {
  const nested = 'jobStatus' in job || 'jobConfig' in job
  const config = nested ? fieldsOf(job.jobConfig) : job
  const { tables, views, startTimeFilter, endTimeFilter, siteIdFilters, ...flat } = job
  const status = nested ? fieldsOf(job.jobStatus) : flat
  return { id: jobIdOf(status.id) ?? jobIdOf(config.id), status, config: readConfig(config) }
}

export type Messages = {
  /** The server says that the connection is no longer up. */
  readonly ended: boolean
  readonly changes: readonly { readonly isDelta: boolean; readonly id: RemoteId; readonly status: Fields }[]
}

/** GET …/messages: what is not about jobs or the connection is nobody's business here. */
export function readMessages(text: string): Messages {
  const list: unknown = parsed(text)
  if (!Array.isArray(list)) throw notUnderstood('no-list')
  const messages = list.map(fieldsOf)
  return {
    ended: messages.some(message => isOf(message, 'connectionStateChangeMessage') && isDown(message)),
    changes: messages
      .filter(message => isOf(message, 'jobStatusMessage') && Array.isArray(message.jobStatusList))
      .flatMap(({ isDelta, jobStatusList }) =>
        (jobStatusList as readonly unknown[]).map(fieldsOf).flatMap(status => {
          const id = jobIdOf(status.id)
          return id === null ? [] : [{ isDelta: isDelta !== false, id, status }]
        }),
      ),
  }
}

const isOf = ({ __type }: Fields, type: string): boolean => textOf(__type).endsWith(`:${type}`)

/** 2, and in a sample of the vendor's the word. */
const isDown = ({ newConnectionState }: Fields): boolean => /^(?:2|down)$/i.test(textOf(newConnectionState))

/** A job after a message: in a delta, what did not change is missing. */
export const mergedWith = (job: IcwsJob, status: Fields, isDelta: boolean): IcwsJob => ({
  ...job,
  status: isDelta ? { ...job.status, ...status } : status,
})

const states: readonly JobStatus[] = ['submitted', 'queued', 'running', 'failed', 'cancelled', 'completed']
const words = ['submitted', 'queued', 'started', 'failed', 'canceled', 'finished']

/** The number is what is on the wire; the documents show the word beside it. Missing or anything else: unknown. */
export function statusOf(raw: string): JobStatus {
  const index = /^\d$/.test(raw) ? Number(raw) : words.indexOf(raw.toLowerCase())
  return states[index] ?? 'unknown'
}

/** When it was submitted, or the earliest time that there is: every one of them is optional. */
export const submittedAt = (status: Fields): SystemTime | null =>
  ['submitTime', 'queuedTime', 'startedTime', 'stateChangedTime']
    .map(name => readTime(textOf(status[name])))
    .find(time => time !== null) ?? null

const endTimes: Partial<Record<JobStatus, string>> = {
  failed: 'failedTime',
  cancelled: 'canceledTime',
  completed: 'finishedTime',
}

function endedAt(status: Fields, state: JobStatus): SystemTime | null {
  const name = endTimes[state]
  return name === undefined
    ? null
    : (readTime(textOf(status[name])) ?? readTime(textOf(status.stateChangedTime)))
}

/** Where the server put a job's files, as the server sees it; empty where it does not say. */
export const folderOf = ({ status }: Pick<IcwsJob, 'status'>): string => textOf(status.outputFolder).trim()

/** @param mask of the server's own fields; the configuration holds names of tables and columns alone */
export function remoteJobOf(job: IcwsJob, mask: (value: unknown) => unknown): RemoteJob {
  const { id, status, config } = job
  const rawStatus = textOf(status.state)
  const state = statusOf(rawStatus)
  const masked = mask(status)
  const raw = { ...(typeof masked === 'object' ? masked : {}), ...(config ? { jobConfig: config } : {}) }
  const { errorInfo, cancelUserId } = raw as Fields
  return {
    id,
    status: state,
    rawStatus,
    startedAt: submittedAt(status),
    endedAt: endedAt(status, state),
    hasFiles: folderOf(job) !== '',
    ...(textOf(errorInfo) === '' ? {} : { said: textOf(errorInfo) }),
    ...(textOf(cancelUserId) === '' ? {} : { endedBy: textOf(cancelUserId) }),
    raw,
  }
}

/** The moment to hold a job's range against; null where it has no time at all. */
export const submissionOf = (job: IcwsJob): Instant | null => submittedAt(job.status)?.at ?? null

/** Whether the server names another account than ours; names of accounts are one name in upper and lower case. */
export const isOfOther = ({ status }: Pick<IcwsJob, 'status'>, user: string): boolean => {
  const by = textOf(status.submittedUserId).trim()
  return by !== '' && user !== '' && by.toLowerCase() !== user.toLowerCase()
}

export const nameOf = ({ status, config }: IcwsJob): string => textOf(status.name) || (config?.name ?? '')

const longestField = 8192
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.slice(0, longestField) : typeof value === 'number' ? String(value) : ''

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

const notUnderstood = (why: string, cause?: unknown) =>
  new AppError('answer-not-understood', { facts: { why }, cause })

function objectIn(text: string): Fields {
  const value = parsed(text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw notUnderstood('no-object')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notUnderstood('not-well-formed', cause)
  }
}
