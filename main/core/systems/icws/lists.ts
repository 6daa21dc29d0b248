import { AppError, isAppError } from '../../errors.ts'
import type { RemoteId } from '../../ids.ts'
import type { Clock } from '../../ports.ts'
import { addMillis, hours, type Instant, type Millis, minutes } from '../../time.ts'
import type { JobList, ListedJob, ListQuestion, Session } from '../system.ts'
import { jobPagePath, jobPath, messagesPath, subscriptionPath } from './addresses.ts'
import type { IcwsClient } from './client.ts'
import { targetOfRun, wantedOf } from './equal.ts'
import {
  folderOf,
  type IcwsJob,
  isOfOther,
  type JobPage,
  mergedWith,
  nameOf,
  readJob,
  readJobPage,
  readMessages,
  remoteJobOf,
  statusOf,
  submissionOf,
} from './transform.ts'

/** The server's own default: a page cannot come out shorter than this but at the end of the list. */
const pageSize = 30
/** 9,000 jobs. The first list ends there; a later one that does not come to its end by then is none. */
const mostPages = 300
/** A list goes back so far behind the last complete one that no start of ours can have been before that and be open. */
const reachBack: Millis = hours(24 * 31)
/** Messages may get lost with the answer that brought them, and tell nothing of jobs that others start. */
const completeEvery: Millis = minutes(10)
/** More are asked for with pages rather than one by one. */
const mostOneByOne = 5

/** What is remembered of a session: it ends with it. */
type Watch = {
  /** Open jobs as they were last seen: messages bring only what changed. */
  readonly open: Map<RemoteId, IcwsJob>
  readonly folders: Map<RemoteId, string>
  /** The jobs that messages tell of; null: to be asked for anew. */
  subscribed: ReadonlySet<RemoteId> | null
  /** The server has messages about jobs. */
  offered: boolean
}

export type IcwsLists = {
  ask(session: Session, question: ListQuestion): Promise<JobList>
  job(session: Session, id: RemoteId): Promise<IcwsJob>
  /** The folder of a job's files, as the server sees it; empty where it names none. */
  folder(session: Session, id: RemoteId): Promise<string>
}

/**
 * The job list of a connection.
 *
 *   complete, or nothing open, or the last complete list is old ─► all pages, newest first
 *   else, all open jobs are subscribed to ──────────────────────► messages, merged into what is known
 *         some are not yet, or a message was lost ──────────────► subscribe, then ask for each of those
 *         the server has no such messages ──────────────────────► ask for each
 */
export function createIcwsLists(
  client: IcwsClient,
  clock: Clock,
  mask: (value: unknown) => unknown,
): IcwsLists {
  const watches = new WeakMap<object, Watch>()

  function watchOf({ headers }: Session): Watch {
    const known = watches.get(headers)
    if (known) return known
    const made: Watch = { open: new Map(), folders: new Map(), subscribed: null, offered: true }
    watches.set(headers, made)
    return made
  }

  function note(session: Session, job: IcwsJob): IcwsJob {
    const watch = watchOf(session)
    const folder = folderOf(job)
    if (folder !== '') watch.folders.set(job.id, folder)
    if (['completed', 'failed', 'cancelled'].includes(statusOf(String(job.status.state ?? ''))))
      watch.open.delete(job.id)
    else watch.open.set(job.id, job)
    return job
  }

  const one = async (session: Session, id: RemoteId): Promise<IcwsJob> =>
    note(session, await client.get(session, jobPath(id), text => readJob(text, id)))

  async function pages(session: Session, since: Instant | null, open: readonly RemoteId[]) {
    const until = since === null ? null : addMillis(since, -reachBack)
    const jobs = new Map<RemoteId, IcwsJob>()
    const nameless: JobPage['nameless'][number][] = []
    let before: RemoteId | null = null
    for (let n = 0; n < mostPages; n += 1) {
      const page: JobPage = await client.get(session, jobPagePath(pageSize, before), readJobPage)
      const fresh = page.jobs.filter(({ id }) => !jobs.has(id))
      for (const job of fresh) jobs.set(job.id, note(session, job))
      nameless.push(...page.nameless)
      if (page.jobs.length + page.nameless.length < pageSize) return { jobs, nameless }
      // A server that shows one page for ever shows less than there is.
      if (fresh.length === 0)
        throw new AppError('answer-not-understood', { facts: { why: 'one-page-for-ever' } })
      const isOld = (job: IcwsJob) => until !== null && (submissionOf(job) ?? until) < until
      if (page.jobs.every(isOld) && open.every(id => jobs.has(id))) {
        // Pages shift: what only the last one showed would look new where an earlier list ended before it.
        for (const job of jobs.values()) if (isOld(job) && !open.includes(job.id)) jobs.delete(job.id)
        return { jobs, nameless }
      }
      before = oldestOf(page.jobs)
    }
    // The newest ones are what matters, and the next list goes back no further than a month behind this one.
    if (since === null && open.every(id => jobs.has(id))) return { jobs, nameless }
    throw new AppError('answer-too-large', { facts: { jobs: mostPages * pageSize } })
  }

  async function whole(session: Session, { since, open, targets }: ListQuestion): Promise<JobList> {
    const { jobs, nameless } = await pages(session, since, open)
    return { jobs: listed(session, [...jobs.values()], targets), nameless, complete: true }
  }

  function listed(
    { own }: Session,
    jobs: readonly IcwsJob[],
    targets: ListQuestion['targets'],
  ): readonly ListedJob[] {
    const wanted = wantedOf(targets)
    // One that does not say when it was submitted comes first: it may be the newest.
    const submitted = (job: IcwsJob) => submissionOf(job) ?? Number.POSITIVE_INFINITY
    return jobs
      .toSorted((a, b) => (submitted(a) === submitted(b) ? 0 : submitted(a) < submitted(b) ? 1 : -1))
      .map(job => {
        const run = { name: nameOf(job), config: job.config, at: submissionOf(job) }
        return {
          ...remoteJobOf(job, mask),
          ...(isOfOther(job, own.user ?? '') ? { byOther: true } : {}),
          target: targetOfRun(run, wanted),
        }
      })
  }

  async function oneByOne(session: Session, question: ListQuestion): Promise<JobList> {
    if (question.open.length > mostOneByOne) return whole(session, question)
    const found: IcwsJob[] = []
    for (const id of question.open) {
      const job = await one(session, id).catch(error => {
        // Whether it is gone for good is for a complete list to say.
        if (isAppError(error, 'not-found')) return null
        throw error
      })
      if (job) found.push(job)
    }
    return { jobs: listed(session, found, question.targets), nameless: [], complete: false }
  }

  /** Tells the server which jobs to send messages about. A server without them is one that is asked instead. */
  async function subscribe(session: Session, watch: Watch, open: readonly RemoteId[]): Promise<void> {
    watch.subscribed = null
    const body = JSON.stringify({ jobIds: open })
    const change = { method: 'PUT', path: subscriptionPath, body, expected: [200, 201, 204] } as const
    try {
      await client.change(session, change, () => null)
      watch.subscribed = new Set(open)
    } catch (error) {
      if (!isAppError(error, 'not-found', 'not-supported', 'request-refused', 'permission-missing'))
        throw error
      watch.offered = false
    }
  }

  async function heard(session: Session, watch: Watch, question: ListQuestion): Promise<JobList> {
    const messages = await client.get(session, messagesPath, readMessages).catch((error: unknown) => {
      // Reading empties the queue, and this answer may have been the one.
      watch.subscribed = null
      throw error
    })
    if (messages.ended) throw new AppError('session-expired', { facts: { why: 'connection-state' } })
    const changed = new Map<RemoteId, IcwsJob>()
    for (const { id, status, isDelta } of messages.changes) {
      if (!question.open.includes(id)) continue
      const known = changed.get(id) ?? watch.open.get(id)
      changed.set(id, note(session, known ? mergedWith(known, status, isDelta) : await one(session, id)))
    }
    return { jobs: listed(session, [...changed.values()], question.targets), nameless: [], complete: false }
  }

  return {
    async ask(session, question) {
      const { open, since, complete } = question
      const isRecent = since !== null && clock.now() < addMillis(since, completeEvery)
      if (complete || open.length === 0 || !isRecent) return whole(session, question)
      const watch = watchOf(session)
      const told = watch.subscribed
      if (watch.offered && told !== null && open.every(id => told.has(id)))
        return heard(session, watch, question)
      if (watch.offered) await subscribe(session, watch, open)
      // Of those that it told about before, the messages go on.
      const fresh = watch.offered && told !== null ? open.filter(id => !told.has(id)) : open
      return oneByOne(session, { ...question, open: fresh })
    },
    job: one,
    async folder(session, id) {
      return watchOf(session).folders.get(id) ?? folderOf(await one(session, id))
    },
  }
}

/** Where the next page begins: pages are documented to hold the most recent jobs, but not in which order. */
function oldestOf(jobs: readonly IcwsJob[]): RemoteId | null {
  const submitted = (job: IcwsJob) => submissionOf(job) ?? Number.POSITIVE_INFINITY
  const oldest = jobs.reduce<IcwsJob | null>(
    (found, job) => (found === null || submitted(job) <= submitted(found) ? job : found),
    null,
  )
  return oldest?.id ?? null
}
