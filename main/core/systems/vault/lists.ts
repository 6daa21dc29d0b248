import { AppError, isAppError } from '../../errors.ts'
import type { RemoteId } from '../../ids.ts'
import type { Clock } from '../../ports.ts'
import { addMillis, hours, type Instant, isoOf } from '../../time.ts'
import type { JobList, ListedJob, ListQuestion, RemoteJob, Session, Target } from '../system.ts'
import { at, linkPath } from './addresses.ts'
import type { VaultClient } from './client.ts'
import { fileJobId, fileNameIn, filesPath, jobOfFile, readFiles, windowOf } from './direct-data.ts'
import { savedRequest } from './request.ts'
import { isRefusal } from './results.ts'
import { type JobPage, readJobPage } from './transform.ts'

/** So many jobs are asked for one by one; for more, the lists of what is unfinished and of what has ended are. */
const few = 5
/** What ends now began within the last day, or is not waited for any more; a day more, for times of another zone. */
const openFor = hours(48)
/** The first list looks back so far, later ones a day behind the last one (times may be of another zone), at least a week. */
const firstLook = hours(30 * 24)
const leastLook = hours(7 * 24)
const overlap = hours(24)
/** Pages of 200; a loop ends here. */
const mostPages = 100

export type Lists = (session: Session, question: ListQuestion) => Promise<JobList>

/**
 * What becomes of the jobs that are waited for, and, where the question asks for all, of every job of the vault since
 * the last list. Unfinished ones are read first: a job that ends in between is in both lists, and its end counts.
 */
export function createLists(
  client: VaultClient,
  clock: Pick<Clock, 'now'>,
  job: (session: Session, target: Target, id: RemoteId) => Promise<RemoteJob>,
): Lists {
  const ofNone: Target = { id: '*' as RemoteId, name: '', request: null }

  /** The files that Direct Data offers. Where one definition is refused, the others are told all the same. */
  async function offered(session: Session, targets: readonly Target[]) {
    const jobs: ListedJob[] = []
    let complete = true
    for (const target of targets) {
      const request = savedRequest(target.request)
      if (request?.kind !== 'direct-data') continue
      const window = windowOf(request, clock.now())
      try {
        const files = readFiles(await client.get(session, filesPath(session, window)), window)
        jobs.push(
          ...files.map(file => ({ ...jobOfFile(file, fileJobId(file.name, target)), target: target.id })),
        )
      } catch (error) {
        if (!isRefusal(error)) throw error
        complete = false
      }
    }
    return { jobs, complete }
  }

  async function pages(session: Session, first: string): Promise<Omit<JobPage, 'next'>> {
    const read: JobPage[] = []
    for (let path: string | null = first; path !== null; ) {
      if (read.length >= mostPages) throw new AppError('answer-too-large', { facts: { pages: mostPages } })
      const page: JobPage = readJobPage(await client.get(session, path))
      read.push(page)
      path = page.next === null ? null : linkPath(session, page.next)
    }
    return { jobs: read.flatMap(({ jobs }) => jobs), nameless: read.flatMap(({ nameless }) => nameless) }
  }

  /** The single questions; null for a job that is not there, `later` where it was asked about a moment ago elsewhere. */
  async function askedFor(session: Session, question: ListQuestion, id: RemoteId) {
    const owner = question.owners?.get(id)
    const target = question.targets.find(one => one.id === owner) ?? ofNone
    try {
      return { ...(await job(session, target, id)), target: owner ?? null }
    } catch (error) {
      if (isAppError(error, 'not-found')) return null
      // Another computer watches it too: the limit is the job's, not ours.
      if (isAppError(error, 'rate-limited')) return 'later'
      throw error
    }
  }

  return async (session, question) => {
    const files = await offered(session, question.targets)
    const known = new Set(files.jobs.map(({ id }) => id))
    const waited = question.complete ? question.open : (question.due ?? question.open)
    const open = waited.filter(id => !known.has(id))
    const whole = question.complete || open.filter(id => fileNameIn(id) === null).length > few
    const monitors = whole ? await pages(session, listPath(session, 'monitors', null)) : noPage
    const unfinished = new Set(monitors.jobs.map(({ id }) => id))
    const since = question.complete
      ? lookBack(question.since, clock.now())
      : whole && open.filter(id => !unfinished.has(id)).length > few
        ? addMillis(clock.now(), -openFor)
        : null
    const histories = since === null ? noPage : await pages(session, listPath(session, 'histories', since))
    const place = placing(question)
    const ended = new Map(histories.jobs.map(one => [one.id, place(one)]))
    const needless = (id: RemoteId) => ended.get(id)?.hasFiles ?? unfinished.has(id)
    const asked = new Map<RemoteId, ListedJob>()
    let { complete } = files
    for (const id of open.filter(one => !needless(one))) {
      const answer = await askedFor(session, question, id)
      if (answer === 'later') complete = false
      else if (answer !== null) asked.set(id, answer)
    }
    const listed = new Map(monitors.jobs.map(one => [one.id, place(one)]))
    const jobs = [...new Map([...listed, ...ended, ...asked]).values(), ...files.jobs]
    return {
      jobs: jobs.sort((a, b) => startOf(b) - startOf(a)),
      nameless: [...monitors.nameless, ...histories.nameless],
      complete: question.complete && complete,
    }
  }
}

const noPage = { jobs: [], nameless: [] } as const

/** Those without a start come first, since one that was just started must not be overlooked. */
const startOf = (job: RemoteJob): number => job.startedAt?.at ?? Number.MAX_SAFE_INTEGER

/**
 * Whose a listed job is, by the journal; else of the definition that names its id. One that is scheduled is not a run
 * of it yet: to start it now is what that definition is for. Of an export that went well it is known that it made files;
 * what else a job came to, only its own answers tell.
 */
function placing({ owners, targets }: ListQuestion): (job: RemoteJob) => ListedJob {
  const named = new Map<string, RemoteId>()
  const exporting = new Set<RemoteId>()
  for (const { id, request: saved } of targets) {
    const request = savedRequest(saved)
    if (request?.kind === 'job' && !named.has(request.jobId)) named.set(request.jobId, id)
    if (request !== null && request.kind !== 'job') exporting.add(id)
  }
  return job => {
    const status = job.rawStatus.toUpperCase()
    const target = owners?.get(job.id) ?? (status === 'SCHEDULED' ? null : (named.get(job.id) ?? null))
    const madeFiles = status === 'SUCCESS' && target !== null && exporting.has(target)
    return { ...job, target, hasFiles: job.hasFiles || madeFiles }
  }
}

function listPath(session: Session, list: 'monitors' | 'histories', since: Instant | null): string {
  const query = new URLSearchParams({ limit: '200' })
  if (since !== null) query.set('start_date', `${isoOf(since).slice(0, 19)}Z`)
  return at(session, `/services/jobs/${list}?${query}`)
}

function lookBack(since: Instant | null, now: Instant): Instant {
  if (since === null) return addMillis(now, -firstLook)
  const [last, least] = [addMillis(since, -overlap), addMillis(now, -leastLook)]
  return last < least ? last : least
}
