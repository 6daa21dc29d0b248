import type { Answer, Incoming } from '../loopback.ts'
import { directDataFiles, directDataPart } from './direct-data.ts'
import {
  binderResults,
  exportBinder,
  exportDocuments,
  exportResults,
  extractObjects,
  jobTasks,
  queryDocuments,
  taskResults,
} from './exports.ts'
import { jobList, jobStatus, startNow } from './jobs.ts'
import { invalidSession, limitExceeded, maintenance, noSuchPath, withVaultHeaders } from './replies.ts'
import { account, authenticate, offeredVersions, signIn, versions } from './sign-in.ts'
import { stagedContent } from './staging.ts'
import { type Caller, count, type World } from './world.ts'

/** Answers one request as a vault would under the current scenario. */
export async function answer(world: World, request: Incoming): Promise<Answer> {
  const { host } = world.scenario()
  if (host === 'silent') return { kind: 'silence' }
  if (host === 'maintenance') return maintenance()
  const [, version = '', path = ''] = /^\/api\/(v\d+\.\d+)(\/.*)$/.exec(request.url.pathname) ?? []
  const known = versions.some(one => one === version)
  const caller = authenticate(world, request, version)
  const answered = await decide(world, request, caller, known ? path : '')
  return answered.kind === 'reply' ? withVaultHeaders(world, answered, caller?.account.id ?? null) : answered
}

async function decide(world: World, request: Incoming, caller: Caller | null, path: string): Promise<Answer> {
  const { method, url } = request
  if (url.pathname === '/api/' || url.pathname === '/api') return offeredVersions(world, caller)
  if (method === 'POST' && path === '/auth') return signIn(world, request)
  if (path === '') return noSuchPath()
  if (caller === null) return invalidSession()
  if (world.scenario().api === 'rate-limited') {
    const turn = count(world.turns, `${method} ${path}`) % 3
    if (turn < 2) return limitExceeded(turn === 0 ? 429 : 200)
  }
  return account(world, caller, method, path) ?? (await routed(world, caller, request, path)) ?? noSuchPath()
}

type Route = readonly [
  method: string,
  path: RegExp,
  handle: (
    world: World,
    caller: Caller,
    request: Incoming,
    ids: readonly string[],
  ) => Answer | Promise<Answer>,
]

const routes: readonly Route[] = [
  [
    'GET',
    /^\/services\/jobs\/(monitors|histories)$/,
    (world, caller, { url }, [list]) =>
      jobList(world, caller, list === 'monitors' ? list : 'histories', url.searchParams),
  ],
  ['GET', /^\/services\/jobs\/(\d+)$/, (world, caller, _, [id = '']) => jobStatus(world, caller, id)],
  ['GET', /^\/services\/jobs\/(\d+)\/tasks$/, (world, _caller, _, [id = '']) => jobTasks(world, id)],
  [
    'POST',
    /^\/services\/jobs\/start_now\/(\d+)$/,
    (world, caller, _, [id = '']) => startNow(world, caller, id),
  ],
  [
    'POST',
    /^\/objects\/documents\/(versions\/)?batch\/actions\/fileextract$/,
    (world, caller, request, [versions]) => exportDocuments(world, caller, request, versions !== ''),
  ],
  [
    'GET',
    /^\/objects\/documents\/batch\/actions\/fileextract\/(\d+)\/results$/,
    (world, caller, _, [id = '']) => exportResults(world, caller, id),
  ],
  [
    'POST',
    /^\/objects\/binders\/(\d+)\/actions\/export$/,
    (world, caller, _, [id = '']) => exportBinder(world, caller, id),
  ],
  [
    'GET',
    /^\/objects\/binders\/actions\/export\/(\d+)\/results$/,
    (world, caller, _, [id = '']) => binderResults(world, caller, id),
  ],
  // Stands for the many places that the artifacts of a job may have.
  [
    'GET',
    /^\/practice\/artifacts\/(\d+)$/,
    (world, caller, _, [id = '']) => exportResults(world, caller, id),
  ],
  [
    'POST',
    /^\/services\/loader\/extract$/,
    (world, caller, request) => extractObjects(world, caller, request),
  ],
  [
    'GET',
    /^\/services\/loader\/(\d+)\/tasks\/(\d+)\/results$/,
    (world, _caller, _, [id = '', task = '']) => taskResults(world, id, task),
  ],
  [
    'POST',
    /^\/query$/,
    (_world, caller, { body }) => queryDocuments(caller, new URLSearchParams(body).get('q') ?? '', 0),
  ],
  [
    'GET',
    /^\/query\/practice$/,
    (_world, caller, { url }) =>
      queryDocuments(caller, url.searchParams.get('q') ?? '', Number(url.searchParams.get('pageoffset'))),
  ],
  [
    'GET',
    /^\/services\/file_staging\/items\/content\/(.+)$/,
    (world, caller, request, [path = '']) => stagedContent(world, caller, path, request),
  ],
  [
    'GET',
    /^\/services\/directdata\/files$/,
    (world, caller, { url }) => directDataFiles(world, caller.version, url.searchParams),
  ],
  [
    'GET',
    /^\/services\/directdata\/files\/([^/]+)$/,
    (world, _caller, _, [part = '']) => directDataPart(world, part),
  ],
]

async function routed(world: World, caller: Caller, request: Incoming, path: string): Promise<Answer | null> {
  for (const [method, pattern, handle] of routes) {
    const match = method === request.method ? pattern.exec(path) : null
    if (match === null) continue
    const ids = match.slice(1).map(part => decoded(part))
    return handle(world, caller, request, ids)
  }
  return null
}

/** What cannot be decoded names nothing. */
function decoded(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '')
  } catch {
    return ''
  }
}
