import type { Answer, Incoming } from '../loopback.ts'
import { cancel, configBody, findJob, pageOf, statusBody, submit } from './jobs.ts'
import { failure, json } from './replies.ts'
import type { JobConfig } from './samples.ts'
import { connect, messagesOf, parsed, type Session, sessionOf } from './sessions.ts'
import type { Job } from './state.ts'
import type { World } from './world.ts'

/** Answers one request as a PureConnect server would under the current scenario. */
export function answer(world: World, request: Incoming): Answer {
  const { host, api } = world.scenario()
  if (host === 'silent') return { kind: 'silence' }
  const { pathname } = request.url
  if (host === 'maintenance') {
    return failure(
      503,
      { errorId: 'error.server.notAcceptingConnections', message: 'The server is stopping.' },
      {
        alternateHostList: [],
      },
    )
  }
  if (pathname === '/icws/connection' && request.method === 'POST') return connect(world, request)
  const route = /^\/icws\/([^/]+)\/(.+)$/.exec(pathname)
  if (route === null) return unsupported()
  const [, id = '', path = ''] = route
  const session = sessionOf(world, request, id)
  if ('kind' in session) return session
  if (api === 'rate-limited') {
    const turn = (world.turns.get(path) ?? 0) % 3
    world.turns.set(path, turn + 1)
    if (turn === 0) return failure(500, { errorCode: -2147467259, message: 'Unspecified error' })
    if (turn === 1) return failure(503, { errorId: 'error.server.unavailable', message: 'Busy' })
  }
  world.writer.write()
  return withSession(world, request, session, path)
}

function withSession(world: World, request: Incoming, session: Session, path: string): Answer {
  const { method } = request
  switch (`${method} ${path}`) {
    case 'GET connection':
      return json(200, { connectionState: 1, reason: '', shouldReconnect: false })
    case 'DELETE connection':
      world.sessions.delete(session.id)
      return json(200, {})
    case 'POST messaging/heartbeat':
      return json(200, {})
    case 'GET messaging/messages':
      return json(200, messagesOf(world, session))
    case 'PUT messaging/subscriptions/data-extractor/jobs-statuses':
      return subscribe(world, request, session)
    case 'DELETE messaging/subscriptions/data-extractor/jobs-statuses':
      session.told.clear()
      return json(200, {})
  }
  if (!path.startsWith('data-extractor/jobs')) return unsupported()
  if (world.habits.features !== 'all' && world.habits.features !== 'not-named') return unsupported()
  if (world.habits.removed) return failure(410, { message: 'This resource was removed.' })
  if (!world.habits.right) {
    return failure(403, {
      errorId: 'error.request.accessDenied',
      message: 'Data Extractor access is required.',
    })
  }
  return extractor(world, request, path)
}

function subscribe(world: World, request: Incoming, session: Session): Answer {
  if (!world.habits.messages) return unsupported()
  const { jobIds } = parsed(request.body)
  if (!Array.isArray(jobIds)) return invalid('jobIds')
  const before = new Map(session.told)
  session.told.clear()
  for (const id of jobIds) session.told.set(String(id), before.get(String(id)) ?? null)
  return json(200, {})
}

function extractor(world: World, request: Incoming, path: string): Answer {
  const { method, url } = request
  const [, id] = /^data-extractor\/jobs\/([^/]+)$/.exec(path) ?? []
  const mode = url.searchParams.get('jobsResponseMode')
  if (mode !== null && !['configuration', 'status', 'all'].includes(mode)) return invalid('jobsResponseMode')
  if (id !== undefined) {
    const job = findJob(world, decodeURIComponent(id))
    if (job === undefined) return noSuchJob()
    if (method === 'GET') return json(200, jobBody(world, job, mode ?? 'all'))
    if (method !== 'DELETE') return notAllowed()
    return cancel(world, job)
      ? { kind: 'reply', status: 200, headers: {}, body: '' }
      : failure(400, { errorId: 'error.request.invalid', message: 'The job has already ended.' })
  }
  if (path !== 'data-extractor/jobs') return unsupported()
  if (method === 'POST') return start(world, request)
  if (method !== 'GET') return notAllowed()
  const count = Number(url.searchParams.get('jobCount') ?? 30)
  if (!Number.isInteger(count) || count < 1) return invalid('jobCount')
  const jobs = pageOf(world, count, url.searchParams.get('fromJobId'))
  return jobs === undefined
    ? noSuchJob()
    : json(200, { jobList: jobs.map(job => jobBody(world, job, mode ?? 'status')) })
}

const jobBody = (world: World, job: Job, mode: string) => ({
  ...(mode === 'configuration' ? {} : { jobStatus: statusBody(world, job) }),
  ...(mode === 'status' ? {} : { jobConfig: configBody(job) }),
})

function start(world: World, request: Incoming): Answer {
  const asked = parsed(request.body)
  const config = asked as unknown as JobConfig
  if (typeof asked.name !== 'string') return invalid('name')
  if (typeof asked.submittedUserId !== 'string') return invalid('submittedUserId')
  const sources = [...(config.tables?.tableList ?? []), ...(config.views?.viewList ?? [])]
  if (sources.length === 0 || sources.some(({ column }) => !Array.isArray(column) || column.length === 0)) {
    return invalid('tables')
  }
  const { post } = world.scenario()
  if (post === 'lost-before') return { kind: 'drop' }
  const { submittedUserId: _, ...kept } = config
  const job = submit(world, kept)
  return post === 'lost-after' ? { kind: 'drop' } : json(201, { id: job.id })
}

const invalid = (propertyName: string): Answer =>
  failure(400, {
    errorId: 'error.request.invalidProperty',
    message: `${propertyName} is invalid.`,
    propertyName,
  })
/** Not a 404: this is how an ICWS server says it. */
const noSuchJob = (): Answer => failure(400, { errorId: '-2147221496', message: 'The job was not found.' })
const notAllowed = (): Answer =>
  failure(405, { errorId: 'error.request.accessDenied.httpMethodNotAllowed', message: 'Method not allowed.' })
const unsupported = (): Answer =>
  failure(404, { errorId: 'error.request.unsupported', message: 'No such resource.' })
