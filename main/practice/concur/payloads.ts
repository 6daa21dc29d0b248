import type { Definition } from './definitions.ts'
import { statusAt } from './jobs.ts'
import type { Job } from './state.ts'

/*
 * The answers of the Extract API with the quirks that public samples and clients show. They depend on the job's
 * number, so that a list has several of them and every run has the same ones.
 *
 *   number % 2   links with an explicit :443; a stray `>` at the end of the id in job details
 *   number % 3   status-link under /api/extract/v1.0
 *   number % 4   how times are written; a blank before the file-link in lists
 *   number % 5   a no-break space after the status-link element, at % 10 decoded wrongly
 */
const HOST = 'https://www.concursolutions.com'
const PATH = '/api/expense/extract/v1.0'
const STATUS_ALIAS = '/api/extract/v1.0'
const NAMESPACE = 'http://www.concursolutions.com/api/expense/extract/2010/02'
const NBSP = '\u00a0'

type Field = Readonly<{ name: string; value: string | number; after?: string }>

/** XML unless the Accept header names application/json, which is undocumented but in use. */
export type Format = 'xml' | 'json'

/** Lists and details say Complete, the status resource says Completed. Undocumented JSON habit: the number 2. */
type View = 'list' | 'details' | 'status' | 'created'

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

const elements = (fields: readonly Field[], indent: string) =>
  fields
    .map(({ name, value, after = '' }) => `${indent}<${name}>${escapeXml(String(value))}</${name}>${after}`)
    .join('\n')

const object = (fields: readonly Field[]) =>
  Object.fromEntries(fields.map(({ name, value }) => [name, value]))

const document = (element: string, namespace: string, inside: string) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<${element} ${namespace}>\n${inside}\n</${element}>\n`

/** Times are UTC whether they say so or not. */
function time(ms: number, job: Job, view: View): string {
  const iso = new Date(ms).toISOString()
  const seconds = iso.slice(0, 19)
  if (view === 'status') return job.number % 2 === 0 ? iso.slice(0, 23) : iso.slice(0, 22)
  if (view === 'created') return `${seconds}Z`
  return [`${seconds}Z`, seconds, `${iso.slice(0, 22)}Z`, iso.slice(0, 23)][job.number % 4] ?? seconds
}

/** The job's own address, as its Location has it. */
export const jobUri = (definition: string, job: Job, host = HOST) =>
  `${host}${PATH}/${definition}/job/${job.id}`

function fields(
  definition: string,
  job: Job,
  now: number,
  view: View,
  hasFileLink: boolean,
  format: Format,
): Field[] {
  const n = job.number
  const status = statusAt(job, now)
  const completed = status.finished && job.ends === 'Completed'
  const host = view === 'list' && n % 2 === 0 ? `${HOST}:443` : HOST
  const uri = jobUri(definition, job, host)
  const statusUri = n % 3 === 0 && view !== 'created' ? uri.replace(PATH, STATUS_ALIAS) : uri
  const blankBefore = (wanted: boolean, text: string) => (wanted ? ` ${text}` : text)
  const id: Field = { name: 'id', value: view === 'details' && n % 2 === 1 ? `${uri}>` : uri }
  const statusLink: Field = {
    name: 'status-link',
    value: blankBefore(view === 'created', `${statusUri}/status`),
    ...(view === 'list' && n % 5 === 2 ? { after: n % 10 === 7 ? `\u00c2${NBSP}` : NBSP } : {}),
  }
  const word = completed && view !== 'status' ? 'Complete' : status.text
  const state: Field = {
    name: 'status',
    value: completed && view === 'status' && format === 'json' ? 2 : word,
  }
  const times: Field[] = [{ name: 'start-time', value: time(job.createdAt, job, view) }]
  if (status.finished) times.push({ name: 'stop-time', value: time(status.stoppedAt, job, view) })
  const blank = view === 'details' || (view === 'list' && n % 4 === 1)
  const file: Field[] =
    completed && hasFileLink ? [{ name: 'file-link', value: blankBefore(blank, `${uri}/file`) }] : []
  return view === 'details'
    ? [state, id, ...times, ...file, statusLink]
    : [id, statusLink, ...times, state, ...file]
}

const namespaces: Record<View, string> = {
  list: `xmlns="${NAMESPACE}"`,
  details: 'xmlns="..."',
  status: `xmlns="${NAMESPACE}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"`,
  created: `xmlns="${NAMESPACE}"`,
}

/** One job as an answer's body. `definition` is its id. */
export function jobBody(
  definition: string,
  job: Job,
  now: number,
  view: Exclude<View, 'list'>,
  hasFileLink: boolean,
  format: Format,
): string {
  const shown = fields(definition, job, now, view, hasFileLink, format)
  return format === 'json'
    ? JSON.stringify(object(shown))
    : document('job', namespaces[view], elements(shown, '  '))
}

/** A definition's jobs, in the order given; in JSON a bare array. `id` is the definition's. */
export function jobListBody(
  definition: Definition,
  id: string,
  jobs: readonly Job[],
  now: number,
  hasFileLink: boolean,
  format: Format,
): string {
  const shown = jobs.map(job => fields(id, job, now, 'list', hasFileLink, format))
  if (definition.listsIdlessJob) {
    const idless = ['id', 'status-link', 'start-time', 'status'].map(name => ({ name, value: '' }))
    shown.splice(1, 0, idless)
  }
  if (format === 'json') return JSON.stringify(shown.map(object))
  const items = shown.map(job => `  <job>\n${elements(job, '    ')}\n  </job>`)
  return document('jobs', namespaces.list, items.join('\n'))
}

function definitionFields(definition: Definition, id: string): [id: Field, link: Field, name: Field] {
  const uri = `${HOST}${PATH}/${id}`
  return [
    { name: 'id', value: uri },
    { name: 'job-link', value: definition.jobLinkHasTail ? `${uri}/job` : uri },
    { name: 'name', value: definition.name },
  ]
}

/** All definitions with their ids; in JSON a bare array. */
export function definitionListBody(list: readonly (readonly [Definition, string])[], format: Format): string {
  const shown = list.map(([definition, id]) => definitionFields(definition, id))
  if (format === 'json') return JSON.stringify(shown.map(object))
  const items = shown.map(one => `  <definition>\n${elements(one, '    ')}\n  </definition>`)
  return document('definitions', namespaces.list, items.join('\n'))
}

/** Details have the same elements as the list, in another order. */
export function definitionBody(definition: Definition, id: string, format: Format): string {
  const [idField, link, name] = definitionFields(definition, id)
  const shown = [idField, name, link]
  return format === 'json'
    ? JSON.stringify(object(shown))
    : document('definition', namespaces.status, elements(shown, '  '))
}
