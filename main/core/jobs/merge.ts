/**
 * What a list of the system changes in the journal. Pure: rows and list in, changes out.
 */
import type { Definition } from '../definitions/types.ts'
import type { JobId, RemoteId } from '../ids.ts'
import type { Capabilities, RemoteJob } from '../systems/system.ts'
import { addMillis, type Instant, type Millis, minutes } from '../time.ts'
import { evidence, zoneMargin } from './evidence.ts'
import { advance, foundElsewhere, type JobEvent, stages } from './job.ts'
import type { DefinitionList } from './parts.ts'
import {
  type Asked,
  askAfter,
  deadlineAfter,
  elapsedUnknown,
  filesWithin,
  isDue,
  lateEvery,
  lateUntil,
  listsUntilGone,
} from './poll-policy.ts'
import { wasRefused } from './refusal.ts'
import type { Job, JobChange } from './types.ts'

export type Now = {
  readonly capabilities: Capabilities
  /** The rows that a list concerns, read after it was asked for (JobsRepository.concerned). */
  readonly known: readonly Job[]
  readonly usual: Millis | null
  readonly skew: Millis
  readonly now: Instant
  /** When the system was asked; the wait until the next time counts from here, however long the answer took. */
  readonly asked: Instant
}

export type ListNews = Now & {
  readonly definition: Definition
  /** As the system gave it; each job once. */
  readonly list: DefinitionList
  /** Whether an earlier list came: what is new in this one happened since. */
  readonly seenBefore: boolean
  /** Lists in a row, this one included, that did not show a job. */
  readonly missedIn: (id: JobId) => number
  readonly newId: () => JobId
}

export function mergeList(news: ListNews): readonly JobChange[] {
  // A list of some jobs proves nothing of a start that was lost: neither which it is, nor that there is none.
  const adopted = news.list.complete ? adoptions(news) : []
  const byRemote = new Map(news.known.flatMap(job => (job.remoteId === null ? [] : [[job.remoteId, job]])))
  const adoptedIds = new Set(adopted.map(change => change.job.remoteId))
  const listedIds = new Set(news.list.jobs.map(remote => remote.id))
  // While a start is in flight, a new job in the list may be the one whose answer is still to come.
  const held = news.known.find(job => job.state === 'starting')?.listedBefore ?? null

  // Oldest first, so that rows stand in the order in which things happened.
  const seen = [...news.list.jobs].reverse().flatMap((remote): readonly JobChange[] => {
    if (adoptedIds.has(remote.id)) return []
    const job = byRemote.get(remote.id)
    if (job) return observedChange(news, job, remote)
    if (held && !held.includes(remote.id)) return []
    return [elsewhere(news, remote)]
  })
  const unlisted = news.known.filter(job => job.remoteId !== null && !listedIds.has(job.remoteId))
  const unseen = unlisted.flatMap(job =>
    news.list.complete ? unlistedChange(news, job) : unansweredChange(news, job),
  )
  return [...adopted, ...seen, ...unseen]
}

/** Starts whose answer was lost for good, told by this list after all. */
function adoptions(news: ListNews): readonly JobChange[] {
  const late = addMillis(news.now, -lateWithin)
  const lost = news.known.filter(
    job =>
      job.state === 'start-unknown' ||
      (job.state === 'not-started' && !wasRefused(job) && job.sentAt !== null && job.sentAt > late),
  )
  const taken = startedHere(news.known)
  return lost.flatMap(job => {
    const { list, known, now } = news
    const limit = news.capabilities.jobListLimit
    const found = evidence(job, { list, limit, taken, knownSince: knownSince(known), now })
    if (found.kind === 'one') {
      taken.add(found.remote.id)
      return adopt(news, job, found.remote)
    }
    const provenNot =
      found.kind === 'none' && job.state === 'start-unknown' && news.capabilities.listTellsStarts
    if (!provenNot) return []
    const events: JobEvent[] = [{ kind: 'not-started', error: job.error, at: news.now }]
    return [change(news, job, events, 'the list shows no such job')]
  })
}
/** A list may lag behind a start; it does not for longer than this. */
const lateWithin = minutes(30)

/** Remote ids that are known to be starts of ours. */
export const startedHere = (jobs: readonly Job[]): Set<string> =>
  new Set(jobs.flatMap(job => (job.remoteId !== null && job.sentAt !== null ? [job.remoteId] : [])))

/** When each remote job came into the journal, by our own clock. */
export const knownSince = (jobs: readonly Job[]): ((id: RemoteId) => Instant | null) => {
  const since = new Map(jobs.map(job => [job.remoteId, job.knownAt]))
  return id => since.get(id) ?? null
}

/** The lost start is this remote job. Where a row tells of that one already, the two become one. */
export function adopt(news: Now, lost: Job, remote: RemoteJob): readonly JobChange[] {
  const row = news.known.find(job => job.remoteId === remote.id)
  if (row === undefined) {
    const events: JobEvent[] = [{ kind: 'found', remote, origin: 'here', at: news.now }]
    return [change(news, lost, events, 'the list shows it')]
  }
  if (stages[lost.state] !== 'before') return []
  const same: JobEvent[] =
    row.origin === 'elsewhere' ? [{ kind: 'ours', by: lost.startedBy, sentAt: lost.sentAt }] : []
  const wanted: JobEvent[] = lost.wanted && !row.wanted ? [{ kind: 'wanted', wanted: lost.wanted }] : []
  const seen: JobEvent = { kind: 'seen', remote, at: news.now }
  return [
    { job: joined(lost, row.id, news.now), from: lost.state, why: `it is job ${row.id}` },
    {
      job: schedule(news, [...same, ...wanted, seen].reduce(advance, row)),
      from: row.state,
      why: 'it was ours',
    },
  ]
}

/** A row that ends because another one tells of the same run. */
export const joined = (job: Job, other: JobId, at: Instant): Job =>
  advance(job, { kind: 'not-started', error: { code: 'already-running', facts: { jobId: other } }, at })

/** What the system says of a job that has a row; nothing where that is what the row says. */
export function observedChange(
  news: Omit<Now, 'known'>,
  job: Job,
  remote: RemoteJob,
  why = 'the list says so',
): readonly JobChange[] {
  const next = change(news, job, [{ kind: 'seen', remote, at: news.now }], why)
  return sameFacts(next.job, job) ? [] : [next]
}

function elsewhere(news: ListNews, remote: RemoteJob): JobChange {
  const { definition, now } = news
  const isNews = news.seenBefore || stages[remote.status] === 'open'
  const wanted = definition.watch && isNews ? { by: watchedBy, destination: definition.destination } : null
  const job = foundElsewhere(news.newId(), definition, remote, wanted, now)
  return { job: schedule(news, job), from: null, why: 'found in the list' }
}
/** Who asked for the files of a job that was started elsewhere. */
export const watchedBy = 'watch'

function unlistedChange(news: ListNews, job: Job): readonly JobChange[] {
  const stage = stages[job.state]
  if (stage !== 'open') {
    if (!job.listed && job.nextAskAt === null) return []
    return [askedLater(news, advance(job, { kind: 'unlisted' }))]
  }
  if (news.missedIn(job.id) >= listsUntilGone) {
    return [change(news, job, [{ kind: 'vanished', at: news.now }], 'no longer in the list')]
  }
  return [askedLater(news, job)]
}

/** What a list of some jobs does not show may be there all the same: asked again in its time, until its deadline. */
function unansweredChange(news: ListNews, job: Job): readonly JobChange[] {
  const { asked, capabilities } = news
  const wasAsked =
    job.nextAskAt !== null && isDue({ ...job, nextAskAt: job.nextAskAt }, asked, capabilities.pollFloor)
  return wasAsked ? [askedLater(news, job)] : []
}

function askedLater(news: ListNews, job: Job): JobChange {
  const later = schedule(news, job)
  const ends = later.state !== job.state || later.error !== job.error
  return { job: later, from: job.state, why: ends ? 'past its deadline' : null }
}

function change(news: Omit<Now, 'known'>, from: Job, events: readonly JobEvent[], why: string): JobChange {
  const job = schedule(news, events.reduce(advance, from))
  const told =
    job.state !== from.state ||
    job.rawStatus !== from.rawStatus ||
    job.hasFiles !== from.hasFiles ||
    job.error?.code !== from.error?.code
  return { job, from: from.state, why: told ? why : null }
}

/** When to ask about it again, or that it is not asked about any longer. */
export function schedule(news: Omit<Now, 'known'>, job: Job): Job {
  const { now, asked, capabilities, usual, skew } = news
  const floor = capabilities.pollFloor
  const askedNext = (facts: Pick<Asked, 'elapsed' | 'usual'>): Job =>
    askAt(job, latest(now, addMillis(asked, askAfter({ ...facts, floor, skew }))))
  if (stages[job.state] === 'open') {
    if (now >= addMillis(beganBy(job), deadlineAfter))
      return askedLate(news, advance(job, { kind: 'deadline', at: now }), job.nextAskAt)
    return askedNext({ elapsed: since(job.sentAt ?? job.startedAt?.at ?? job.knownAt, now), usual })
  }
  if (job.state === 'timed-out') return askedLate(news, job, job.nextAskAt)
  if (job.state === 'start-unknown') {
    return askedNext({ elapsed: since(job.sentAt ?? job.knownAt, now), usual: null })
  }
  // Nobody waits for the files of a run that was over before we knew of it.
  const waitsForFiles =
    job.state === 'completed' && !job.hasFiles && job.error === null && job.wanted !== null
  if (!waitsForFiles) return job.nextAskAt === null ? job : askAt(job, null)
  if (now >= addMillis(job.endSeenAt ?? now, filesWithin)) return advance(job, { kind: 'without-files' })
  return askedNext({ elapsed: 0, usual: null })
}

/**
 * Past its deadline, a job is asked about now and then until a week is over; and once more where nobody asked when it
 * was due: the computer slept, or its clock was set, and it may not be as late as it looks.
 */
function askedLate({ now, asked }: Pick<Now, 'now' | 'asked'>, job: Job, due: Instant | null): Job {
  const wasAway = due !== null && asked > addMillis(due, lateEvery)
  const goesOn = job.listed && (wasAway || now < addMillis(beganBy(job), lateUntil))
  return askAt(job, goesOn ? addMillis(now, lateEvery) : null)
}

const since = (began: Instant, now: Instant): Millis => (began > now ? elapsedUnknown : now - began)

/** When it had begun at the latest. A time whose zone was assumed may be hours early, and must not end a run early. */
function beganBy(job: Job): Instant {
  const at = job.startedAt?.at ?? null
  if (job.sentAt !== null || at === null) return job.sentAt ?? job.knownAt
  const started = addMillis(at, job.startedAt?.zoneAssumed ? zoneMargin : 0)
  return started < job.knownAt ? started : job.knownAt
}

const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b)
const askAt = (job: Job, at: Instant | null): Job => advance(job, { kind: 'ask-again', at })

/** Whether writing the row again would say nothing new. */
function sameFacts(a: Job, b: Job): boolean {
  return (
    a.state === b.state &&
    a.rawStatus === b.rawStatus &&
    a.hasFiles === b.hasFiles &&
    a.listed === b.listed &&
    a.nextAskAt === b.nextAskAt &&
    a.error?.code === b.error?.code &&
    a.startedAt?.raw === b.startedAt?.raw &&
    a.endedAt?.raw === b.endedAt?.raw
  )
}
