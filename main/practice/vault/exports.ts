import type { Answer, Incoming } from '../loopback.ts'
import { collect } from '../samples/sample.ts'
import { documents, findDocument, objectRows, unexportable } from './documents.ts'
import { findJob, standingOf, startJob, type Wanted } from './jobs.ts'
import { failure, loginPage, reply, success } from './replies.ts'
import type { Job } from './state.ts'
import type { Caller, World } from './world.ts'

/** What a start is answered with: the id as text for documents, as a number elsewhere. */
type Started = (job: Job) => Answer

const at = ({ version }: Caller, job: Job) => `/api/${version}/services/jobs/${job.id}`

/** Starts a job as the scenario wants it: not at all, without an answer, or refused. */
function started(world: World, wanted: Wanted, ends: string, answer: Started): Answer {
  const { post } = world.scenario()
  if (post === 'conflict') return failure('OPERATION_IN_PROGRESS', 'The operation is already in progress.')
  if (post === 'lost-before') return { kind: 'drop' }
  const job = startJob(world, wanted, ends)
  return post === 'lost-after' ? { kind: 'drop' } : answer(job)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
const listIn = (body: string): readonly Fields[] | null => {
  const value = parsed(body)
  return Array.isArray(value) && value.length > 0 && value.every(isFields) ? value : null
}

/** POST …/fileextract, of documents or of versions. Items that cannot be exported fail one by one. */
export function exportDocuments(
  world: World,
  caller: Caller,
  request: Incoming,
  ofVersions: boolean,
): Answer {
  const list = listIn(request.body)
  if (list === null) return failure('PARAMETER_REQUIRED', 'The body has to be a list of documents.')
  const items = list.map(one =>
    ofVersions ? `${one.id}/${one.major_version_number__v}_${one.minor_version_number__v}` : String(one.id),
  )
  const options = ['source', 'renditions', 'allversions', 'text'].filter(
    name => (request.url.searchParams.get(name) ?? String(name === 'source')) === 'true',
  )
  const failing = items.some(item => item.split('/')[0] === unexportable)
  const kind = ofVersions ? 'versions' : 'documents'
  const wanted: Wanted = { kind, title: 'Export Documents', userId: caller.account.id, items, options }
  return started(world, wanted, failing ? 'ERRORS_ENCOUNTERED' : 'SUCCESS', job =>
    success({ url: at(caller, job), job_id: String(job.id) }),
  )
}

/** POST …/binders/{id}/actions/export: the key is in capitals, and the address whole. */
export function exportBinder(world: World, caller: Caller, binder: string): Answer {
  if (binder !== '454') return failure('INVALID_DATA', `The binder [${binder}] does not exist.`)
  const wanted: Wanted = {
    kind: 'binder',
    title: 'Binder Export',
    userId: caller.account.id,
    items: [binder],
    options: [],
  }
  return started(world, wanted, 'SUCCESS', job =>
    success({
      responseMessage: 'Job for Binder Export Started',
      URL: `${world.origin()}${at(caller, job)}`,
      job_id: job.id,
    }),
  )
}

/** The object that the Loader cannot extract. */
const brokenObject = 'broken__c'

/** POST /services/loader/extract, at most ten objects. The key of their kind was renamed in v26.1. */
export function extractObjects(world: World, caller: Caller, request: Incoming): Answer {
  const list = listIn(request.body)
  if (list === null || list.length > 10)
    return failure('INVALID_DATA', 'Between 1 and 10 objects are extracted.')
  const key = caller.version < 'v26.1' ? 'object_type' : 'entity_type'
  if (list.some(one => typeof one[key] !== 'string'))
    return failure('PARAMETER_REQUIRED', `${key} is missing.`)
  const items = list.map(one => {
    const object = String(one.object ?? one[key])
    const fields = Array.isArray(one.fields) ? one.fields.map(String) : ['id']
    return `${object}:${fields.join(',')}`
  })
  const failing = items.some(item => item.startsWith(brokenObject))
  const wanted: Wanted = {
    kind: 'loader',
    title: 'Loader Extract',
    userId: caller.account.id,
    items,
    options: [],
  }
  return started(world, wanted, failing ? 'ERRORS_ENCOUNTERED' : 'SUCCESS', job =>
    success({
      url: at(caller, job),
      job_id: job.id,
      tasks: list.map((one, index) => ({ ...one, task_id: String(index + 1) })),
    }),
  )
}

/** Where a job's file lies below its user's folder of the staging server. */
export const stagedFile = (job: Job, item: string): string => {
  if (job.kind === 'binder') return `/${job.id}/${item}/1_0/Package.zip`
  const document = findDocument(item.split('/')[0] ?? '')
  return `/${job.id}/${document?.id}/${document?.major}_${document?.minor}/${document?.name}`
}

/** The answer about an export that has ended, to whoever may see what it brought. */
function ofFinished(
  world: World,
  { account }: Caller,
  id: string,
  kinds: readonly Job['kind'][],
  answer: (job: Job) => Answer,
): Answer {
  const job = findJob(world.store.state, id)
  if (job === undefined || !kinds.includes(job.kind)) return failure('INVALID_DATA', `No export job [${id}].`)
  if (!standingOf(job, world.now()).finished) {
    return failure('OPERATION_NOT_ALLOWED', 'The job has not completed.')
  }
  return account.profile === 'vault_owner__v' || account.id === job.userId
    ? answer(job)
    : failure('INSUFFICIENT_ACCESS', 'Only the initiator may see the results.')
}

const exports: readonly Job['kind'][] = ['documents', 'versions', 'controlled-copy', 'submission-export']

/** GET …/fileextract/{id}/results. */
export const exportResults = (world: World, caller: Caller, id: string): Answer =>
  ofFinished(world, caller, id, exports, job => {
    const nothing = !world.scenario().fileLink || job.fill === 'empty'
    return success({ data: nothing ? [] : job.items.map(item => itemResult(job, item)) })
  })

function itemResult(job: Job, item: string) {
  const document = findDocument(item.split('/')[0] ?? '')
  if (document === undefined) {
    const errors = [{ type: 'INVALID_DATA', message: `The document [${item}] has no source file.` }]
    return { responseStatus: 'FAILURE', id: Number(item.split('/')[0]), errors }
  }
  return {
    responseStatus: 'SUCCESS',
    id: Number(document.id),
    major_version_number__v: document.major,
    minor_version_number__v: document.minor,
    file: stagedFile(job, item),
    user_id__v: job.userId,
  }
}

/** GET …/binders/actions/export/{id}/results: one item, flat. */
export const binderResults = (world: World, caller: Caller, id: string): Answer =>
  ofFinished(world, caller, id, ['binder'], job =>
    success({
      job_id: job.id,
      id: Number(job.items[0]),
      major_version_number__v: 1,
      minor_version_number__v: 0,
      file: stagedFile(job, job.items[0] ?? ''),
      user_id__v: job.userId,
    }),
  )

/** GET /services/loader/{job}/tasks/{task}/results: nothing at all where the task failed. */
export async function taskResults(world: World, id: string, task: string): Promise<Answer> {
  const job = findJob(world.store.state, id)
  const item = job?.kind === 'loader' ? job.items[Number(task) - 1] : undefined
  if (job === undefined || item === undefined)
    return failure('INVALID_DATA', `No task [${task}] of job [${id}].`)
  const { file } = world.scenario()
  if (file === 'html') return loginPage()
  if (file === 'json-error') return failure('UNEXPECTED_ERROR', 'The file could not be read.')
  const [object = '', columns = ''] = item.split(':')
  const rows = job.fill === 'empty' ? 0 : 250 + (job.id % 50)
  const body =
    object === brokenObject
      ? Buffer.alloc(0)
      : await collect({ name: object, chunks: () => objectRows(object, columns.split(','), rows) })
  return {
    ...reply(200, 'text/csv;charset=UTF-8', body),
    ...(file === 'cut' ? { cutAfter: Math.floor(body.length / 2) } : {}),
  }
}

/** GET /services/jobs/{id}/tasks: jobs of the Java SDK have some; for others the list is empty. */
export function jobTasks(world: World, id: string): Answer {
  const job = findJob(world.store.state, id)
  if (job === undefined) return failure('INVALID_DATA', `The job [${id}] does not exist.`)
  const tasks = job.kind === 'controlled-copy' ? [{ id: '1', state: 'SUCCESS' }] : []
  return success({ job_id: job.id, responseDetails: { total: tasks.length }, tasks })
}

const PAGE = 3

/** POST /query and its further pages: all documents of the vault, three at a time. */
export function queryDocuments(caller: Caller, query: string, offset: number): Answer {
  if (!/^\s*select\s+[\s\S]*\sfrom\s+documents\b/i.test(query)) {
    return failure('INCORRECT_QUERY_SYNTAX_ERROR', `The query cannot be read: ${query.slice(0, 100)}`)
  }
  const none = /\bwhere\s+id\s*=\s*0\b/i.test(query)
  const found = none ? [] : documents
  const data = found.slice(offset, offset + PAGE).map(({ id, name }) => ({ id: Number(id), name__v: name }))
  const next = offset + PAGE
  return success({
    responseDetails: {
      pagesize: PAGE,
      pageoffset: offset,
      size: data.length,
      total: found.length,
      ...(next < found.length
        ? {
            next_page: `/api/${caller.version}/query/practice?pagesize=${PAGE}&pageoffset=${next}&q=${encodeURIComponent(query)}`,
          }
        : {}),
    },
    data,
  })
}
