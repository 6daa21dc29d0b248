/**
 * The three systems as far as a watcher asks them: the answers of their job lists, by the clock. Jobs begin and end when
 * the case says so; every request is counted, takes its time, and holds up nothing else.
 */
import type { Clock, HttpRequest } from '../../../main/core/ports.ts'
import { addMillis, type Instant, isoOf, type Millis, minutes } from '../../../main/core/time.ts'
import type { SystemName } from '../../../preload/contract/words.ts'

/** One run at the system. */
export type Run = {
  readonly id: string
  /** The definition's id at the server (Concur). */
  readonly definition: string
  readonly from: Instant
  readonly until: Instant
}

export type Server = {
  /** The answer's body; a request that the system has no answer to is a fault of the bench. */
  answer(request: HttpRequest): string
}

export const origin = 'https://www-us2.api.concursolutions.com'

export const servers: Readonly<Record<SystemName, (clock: Clock, runs: readonly Run[]) => Server>> = {
  concur: concurServer,
  icws: icwsServer,
  vault: vaultServer,
}

const unexpected = ({ method, url }: HttpRequest): never => {
  throw new Error(`The modelled system has no answer to ${method} ${url}`)
}
const begun = (runs: readonly Run[], now: Instant) => runs.filter(run => run.from <= now)

/** One list a definition. */
function concurServer(clock: Clock, runs: readonly Run[]): Server {
  const byDefinition = new Map<string, Run[]>()
  for (const run of runs) byDefinition.set(run.definition, [...(byDefinition.get(run.definition) ?? []), run])
  return {
    answer(request) {
      const [, definition] = /\/v1\.0\/([^/]+)\/job$/.exec(request.url) ?? []
      if (definition === undefined) return unexpected(request)
      const now = clock.now()
      const jobs = begun(byDefinition.get(definition) ?? [], now).map(run => {
        const ended = run.until <= now
        const link = `${origin}/api/expense/extract/v1.0/${definition}/job/${run.id}`
        const end = ended
          ? `<stop-time>${isoOf(run.until)}</stop-time><file-link>${link}/file</file-link>`
          : ''
        const status = ended ? 'Completed' : 'Running'
        return `<job><id>${link}</id><status>${status}</status><start-time>${isoOf(run.from)}</start-time>${end}</job>`
      })
      return `<jobs>${jobs.join('')}</jobs>`
    },
  }
}

/** Pages of 30, single jobs, and messages about those that were subscribed to. */
function icwsServer(clock: Clock, runs: readonly Run[]): Server {
  let subscribed: readonly Run[] = []
  const told = new Set<string>()

  const status = (run: Run, now: Instant) => ({
    id: run.id,
    name: run.definition,
    submittedUserId: 'fin',
    submittedUserSiteId: 1,
    submitTime: isoOf(run.from),
    state: run.until <= now ? 5 : 2,
    ...(run.until <= now ? { finishedTime: isoOf(run.until), outputFolder: `\\\\ic\\x\\${run.id}` } : {}),
  })
  const job = (run: Run, now: Instant) => ({ jobStatus: status(run, now) })

  function messages(now: Instant) {
    const news = subscribed.filter(run => run.until <= now && !told.has(run.id))
    for (const { id } of news) told.add(id)
    if (news.length === 0) return []
    const type = 'urn:inin.com:dataExtractor:jobStatusMessage'
    return [{ __type: type, isDelta: true, jobStatusList: news.map(run => status(run, now)) }]
  }

  return {
    answer(request) {
      const now = clock.now()
      const url = new URL(request.url)
      const [, single] = /\/data-extractor\/jobs\/([^/]+)$/.exec(url.pathname) ?? []
      if (url.pathname.endsWith('/messaging/messages')) return JSON.stringify(messages(now))
      if (request.method === 'PUT') {
        const { jobIds } = JSON.parse(request.body ?? '') as { readonly jobIds: readonly string[] }
        const wanted = new Set(jobIds)
        subscribed = runs.filter(run => wanted.has(run.id))
        return '{}'
      }
      if (single) return JSON.stringify(job(runs.find(run => run.id === single) ?? unexpected(request), now))
      const newestFirst = begun(runs, now).toSorted((a, b) => b.from - a.from || Number(b.id) - Number(a.id))
      const before = url.searchParams.get('fromJobId')
      const start = before === null ? 0 : newestFirst.findIndex(run => run.id === before) + 1
      const count = Number(url.searchParams.get('jobCount'))
      return JSON.stringify({ jobList: newestFirst.slice(start, start + count).map(run => job(run, now)) })
    },
  }
}

const exported = JSON.stringify({
  responseStatus: 'SUCCESS',
  data: [{ responseStatus: 'SUCCESS', id: 1, file: '/1/1/0_1/a.pdf', user_id__v: 1 }],
})

/** Monitors and histories in pages, and single jobs: each of those once in 10 s, or the call is refused. */
function vaultServer(clock: Clock, runs: readonly Run[]): Server {
  const asked = new Map<string, Instant>()

  const fields = (run: Run, now: Instant) => ({
    status: run.until <= now ? 'SUCCESS' : 'RUNNING',
    created_date: isoOf(run.from),
    run_start_date: isoOf(run.from),
    ...(run.until <= now ? { run_end_date: isoOf(run.until) } : {}),
  })

  function page(url: URL, now: Instant): string {
    const ended = url.pathname.endsWith('/histories')
    const since = Date.parse(url.searchParams.get('start_date') ?? isoOf(addMillis(now, -minutes(60 * 24))))
    const all = begun(runs, now).filter(run => run.until <= now === ended && (!ended || run.from >= since))
    const limit = Number(url.searchParams.get('limit'))
    const offset = Number(url.searchParams.get('offset') ?? 0)
    url.searchParams.set('offset', String(offset + limit))
    const next = offset + limit < all.length ? { next_page: `${url.pathname}${url.search}` } : {}
    return JSON.stringify({
      responseStatus: 'SUCCESS',
      responseDetails: { total: all.length, limit, offset, ...next },
      jobs: all.slice(offset, offset + limit).map(run => ({ job_id: Number(run.id), ...fields(run, now) })),
    })
  }

  return {
    answer(request) {
      const now = clock.now()
      const url = new URL(request.url)
      if (/\/jobs\/(?:monitors|histories)$/.test(url.pathname)) return page(url, now)
      if (url.pathname.endsWith('/results')) return exported
      const [, id = ''] = /\/services\/jobs\/(\d+)$/.exec(url.pathname) ?? []
      const run = runs.find(one => one.id === id) ?? unexpected(request)
      const last = asked.get(id)
      if (last !== undefined && now < addMillis(last, 10_000))
        throw new Error(`Job ${id} was asked about twice within ${now - last} ms`)
      asked.set(id, now)
      const method = { id: Number(id), method: 'POST' }
      return JSON.stringify({ responseStatus: 'SUCCESS', data: { ...method, ...fields(run, now) } })
    },
  }
}

export type Traffic = {
  /** When each request went out. */
  readonly sentAt: readonly Instant[]
  readonly mostInFlight: () => number
  send(request: HttpRequest): Promise<string>
}

/** Requests to a server over a network that takes its time. */
export function trafficTo(server: Server, clock: Clock, latency: () => Millis): Traffic {
  const sentAt: Instant[] = []
  let inFlight = 0
  let most = 0
  const pass = (ms: Millis) => new Promise<void>(resolve => clock.wake(addMillis(clock.now(), ms), resolve))
  return {
    sentAt,
    mostInFlight: () => most,
    async send(request) {
      sentAt.push(clock.now())
      inFlight += 1
      most = Math.max(most, inFlight)
      const whole = Math.round(latency())
      const there = Math.round(whole / 2)
      await pass(there)
      const body = server.answer(request)
      await pass(whole - there)
      inFlight -= 1
      return body
    },
  }
}
