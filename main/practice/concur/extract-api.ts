import type { Answer, Incoming } from '../loopback.ts'
import { randomFrom, uuidFrom } from '../random.ts'
import { authenticate } from './access-tokens.ts'
import { type Definition, definitionId, definitions } from './definitions.ts'
import { fileAnswer } from './file.ts'
import { findJob, listJobs, startJob } from './jobs.ts'
import { definitionBody, definitionListBody, type Format, jobBody, jobListBody, jobUri } from './payloads.ts'
import { failure, formatted, maintenance, tooMany } from './replies.ts'
import { revoke, signIn } from './sign-in.ts'
import { count, type Region, type World } from './world.ts'

const ROUTE = /^\/api\/expense\/extract\/v1\.0(?:\/([^/]+)(?:\/job(?:\/([^/]+)(?:\/(status|file))?)?)?)?\/?$/
/** Some status-links of the real service leave out `/expense`. */
const STATUS_ALIAS = /^\/api\/extract\/v1\.0\/([^/]+)\/job\/([^/]+)\/(status)$/

/** Answers one request at one of the two regions, as SAP Concur would under the current scenario. */
export async function answer(world: World, region: Region, request: Incoming): Promise<Answer> {
  const answered = await decide(world, region, request)
  if (answered.kind !== 'reply') return answered
  const id =
    request.headers['concur-correlationid'] ??
    uuidFrom(randomFrom(world.seed, 'correlation', nextSerial(world)))
  // The letter case of this header varies on the real service.
  const name = answered.status < 300 ? 'Concur-Correlationid' : 'concur-correlationid'
  return { ...answered, headers: { ...answered.headers, [name]: String(id) } }
}

async function decide(world: World, region: Region, request: Incoming): Promise<Answer> {
  const { host } = world.scenario()
  if (host === 'silent') return { kind: 'silence' }
  if (host === 'maintenance') return maintenance()
  const format: Format = request.headers.accept?.includes('application/json') ? 'json' : 'xml'
  const fail = (status: number, message: string) => {
    const id = uuidFrom(randomFrom(world.seed, 'error', nextSerial(world)))
    return failure(status, format, message, id, world.now())
  }
  if (request.headers['transfer-encoding'] !== undefined)
    return fail(400, 'Chunked requests are not supported')
  const path = decoded(request.url.pathname)
  if (path === '/oauth2/v0/token') {
    return request.method === 'POST' ? signIn(world, region, request) : fail(405, 'Method not allowed')
  }
  const caller = authenticate(world, region, request.headers.authorization)
  if (caller === 'missing') return fail(401, 'Authorization is required')
  if (caller === 'rejected') return fail(403, 'The access token is expired, revoked or unknown')
  if (path === '/app-mgmt/v0/connections' && request.method === 'DELETE') return revoke(world, caller.account)
  if (world.scenario().api === 'rate-limited') {
    const turn = count(world.turns, `${request.method} ${path}`) % 3
    if (turn === 0) return tooMany(path, world.now())
    if (turn === 1) return fail(400, 'Request limit exceeded')
  }
  const route = ROUTE.exec(path) ?? STATUS_ALIAS.exec(path)
  if (route === null) return fail(404, 'No such resource')
  return extract(world, request, route, path, format, fail)
}

function nextSerial({ store }: World): number {
  store.state.serial += 1
  return store.state.serial
}

/** Clients may send `$` as it is or as %24. What cannot be decoded is no resource. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

type Fail = (status: number, message: string) => Answer

function extract(
  world: World,
  request: Incoming,
  [, id, jobId, tail]: readonly (string | undefined)[],
  path: string,
  format: Format,
  fail: Fail,
): Answer | Promise<Answer> {
  const allowed = request.method === 'GET' || (request.method === 'POST' && /\/job\/?$/.test(path))
  if (!allowed) return fail(405, 'Method not allowed')
  if (id === undefined) {
    const list = definitions.map(one => [one, definitionId(world.seed, one)] as const)
    return formatted(200, format, definitionListBody(list, format))
  }
  const definition = definitions.find(one => definitionId(world.seed, one) === id)
  if (definition === undefined) return fail(404, 'No extract definition has this id')
  const { fileLink } = world.scenario()
  const now = world.now()
  if (jobId === undefined) {
    if (!/\/job\/?$/.test(path)) return formatted(200, format, definitionBody(definition, id, format))
    if (request.method === 'POST') return run(world, definition, id, request, format, fail)
    const jobs = listJobs(world, definition)
    return formatted(200, format, jobListBody(definition, id, jobs, now, fileLink, format))
  }
  const job = findJob(world, definition, jobId)
  if (job === undefined) return fail(404, 'No extract job has this id')
  if (tail === 'file') return fileAnswer(world, definition, job, fail)
  return formatted(
    200,
    format,
    jobBody(id, job, now, tail === 'status' ? 'status' : 'details', fileLink, format),
  )
}

/** POST of a job. The body may be missing, as in SAP's own collection; if there is one it names a definition. */
function run(
  world: World,
  definition: Definition,
  id: string,
  request: Incoming,
  format: Format,
  fail: Fail,
): Answer {
  if (request.body.trim() !== '' && !/<(?:\w+:)?definition[\s>]/.test(request.body)) {
    return fail(400, 'The body is not a definition element')
  }
  const { post } = world.scenario()
  const conflict = () => fail(409, 'A job of this extract definition is already queued or running')
  if (post === 'conflict') return conflict()
  if (post === 'lost-before') return { kind: 'drop' }
  const job = startJob(world, definition)
  if (job === 'conflict') return conflict()
  if (post === 'lost-after') return { kind: 'drop' }
  const body = jobBody(id, job, world.now(), 'created', false, format)
  return formatted(201, format, body, { location: jobUri(id, job) })
}
