/**
 * What Concur's answers mean. Pure: text in, our words out, and nothing is thrown but AppError. The quirks survived
 * here were all seen in public material (docs/facts-concur.md, section 1.7).
 */
import type { JobStatus } from '../../../../preload/contract/words.ts'
import { AppError } from '../../errors.ts'
import type { RemoteId } from '../../ids.ts'
import { addMillis, type Instant, minutes, type SystemTime } from '../../time.ts'
import type { JobList, RemoteDefinition, RemoteJob } from '../system.ts'
import { thousandthsOf, utcInstant } from '../utc.ts'
import { parseXml, type XmlElement } from '../xml.ts'
import { definitionIdOf, definitionPath, jobIdOf } from './addresses.ts'
import type { Fields } from './types.ts'

/** GET /: every definition, in the order of the list. */
export function readDefinitions(text: string): readonly RemoteDefinition[] {
  return readList(text, 'definitions', 'definition').flatMap(fields => {
    const id = idOf(fields, definitionIdOf)
    return id === null ? [] : [definitionOf(fields, id)]
  })
}

/** GET /{DefId}. */
export function readDefinition(text: string): RemoteDefinition {
  const fields = readOne(text, 'definition')
  const id = idOf(fields, definitionIdOf)
  if (id === null) throw notUnderstood('no-id')
  return definitionOf(fields, id)
}

/**
 * GET /{DefId}/job, newest first. The order of the list is not documented, so it is sorted; jobs without a readable
 * start come first, since one that was just started must not be overlooked. Jobs with an empty id are left out, as
 * SAP's own sample does, but that there were some is said; an entry that says nothing at all is none.
 */
export function readJobs(text: string): { readonly jobs: readonly RemoteJob[] } & Pick<JobList, 'nameless'> {
  const jobs: RemoteJob[] = []
  const nameless: (SystemTime | null)[] = []
  for (const fields of readList(text, 'jobs', 'job')) {
    const id = idOf(fields, jobIdOf)
    if (fields.every(([, value]) => value.trim() === '')) continue
    if (id === null) nameless.push(startOf(fields))
    else jobs.push(jobOf(fields, id))
  }
  const beganAt = (job: RemoteJob) => job.startedAt?.at ?? Number.POSITIVE_INFINITY
  return { jobs: jobs.sort((a, b) => compare(beganAt(b), beganAt(a))), nameless }
}

// Not a subtraction: the difference of two infinities is no number, and the order of equals must stay.
const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1)

/** GET /{DefId}/job/{JobId} and …/status. An answer about another job is not understood, rather than renamed. */
export function readJob(text: string, asked: RemoteId): RemoteJob {
  const fields = readOne(text, 'job')
  if ((idOf(fields, jobIdOf) ?? asked) !== asked) throw notUnderstood('another-id')
  return jobOf(fields, asked)
}

/**
 * The answer to POST /{DefId}/job. The body's id decides; the Location header helps out where the body has none, and
 * is ignored where it names the definition, as in one documented sample.
 */
export function readStartedJob(text: string, location: string | undefined): RemoteJob {
  const fields = readOne(text, 'job')
  const id = readableId(fields, jobIdOf) ?? jobIdOf(location ?? '')
  if (id === null) throw notUnderstood('no-id')
  return jobOf(fields, id)
}

const namespace = 'http://www.concursolutions.com/api/expense/extract/2010/02'

/** The body of POST /{DefId}/job. SAP's own collection posts none; the documents require it. */
export function startBody(origin: string, definition: RemoteId): string {
  return `<definition xmlns="${namespace}"><id>${origin}${definitionPath(definition)}</id></definition>`
}

const notUnderstood = (why: string, cause?: unknown) =>
  new AppError('answer-not-understood', { facts: { why }, cause })

/** Longer than any field that means something; it bounds what the patterns below have to look at. */
const longestField = 4096

/** Far more than a list has (100 jobs): reading a hundred thousand would hold up the whole app for seconds. */
const mostEntries = 5000
/** Start and end of an entry and of each of its fields, and some to spare. */
const mostTags = mostEntries * 32

/** Throws `answer-too-large` before anything that takes long, and `answer-not-understood`. */
function readList(text: string, list: string, item: string): readonly Fields[] {
  if (!isXml(text)) {
    const value = parsedJson(text)
    if (!Array.isArray(value)) throw notUnderstood('no-list')
    if (value.length > mostEntries) throw tooLarge()
    return value.map(fieldsOfJson)
  }
  if (hasMoreTags(text, mostTags)) throw tooLarge()
  const root = parseXml(text)
  if (root.name !== list) throw notUnderstood('root')
  if (root.children.length > mostEntries) throw tooLarge()
  // `<jobs><error>…` is no empty list: nothing may be done as if there were no jobs.
  if (trimmed(root.text) !== '' || root.children.some(child => child.name !== item))
    throw notUnderstood('no-list')
  return root.children.map(fieldsOfXml)
}

const tooLarge = () => new AppError('answer-too-large', { facts: { mostEntries } })

function hasMoreTags(text: string, most: number): boolean {
  let count = 0
  for (let at = text.indexOf('<'); at >= 0 && count <= most; at = text.indexOf('<', at + 1)) count += 1
  return count > most
}

function readOne(text: string, item: string): Fields {
  if (!isXml(text)) return fieldsOfJson(parsedJson(text))
  const root = parseXml(text)
  if (root.name !== item) throw notUnderstood('root')
  return fieldsOfXml(root)
}

/** By its first character, not by its Content-Type: a gateway may say the one and send the other. */
const isXml = (text: string) => text.trimStart().startsWith('<')

/** JSON is undocumented here, and two public clients depend on it: a bare list, the keys with their hyphens. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notUnderstood('not-well-formed', cause)
  }
}

function fieldsOfJson(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw notUnderstood('no-object')
  return Object.entries(value).flatMap(([name, field]) =>
    ['string', 'number', 'boolean'].includes(typeof field)
      ? [[name, String(field).slice(0, longestField)] as const]
      : [],
  )
}

const fieldsOfXml = (element: XmlElement): Fields =>
  element.children.map(child => [child.name, child.text.slice(0, longestField)] as const)

const allOf = (fields: Fields, name: string) =>
  fields.filter(([field]) => field === name).map(([, text]) => trimmed(text))

const textOf = (fields: Fields, name: string) => allOf(fields, name)[0] ?? ''

/** Without blanks and no-break spaces around it, nor one that was decoded wrongly and became `Â` and a blank. */
const trimmed = (text: string) => text.replace(/^(?:\u00c2?\s)+/, '').replace(/(?:\u00c2?\s)+$/, '')

/** The first id that can be read: the documents list `id` twice for a status, the job's and its definition's. */
function readableId(fields: Fields, read: (text: string) => RemoteId | null): RemoteId | null {
  return allOf(fields, 'id').reduce<RemoteId | null>((found, text) => found ?? read(text), null)
}

/** Null for no id or an empty one. One that cannot be read is an error: leaving it out would hide a job in silence. */
function idOf(fields: Fields, read: (text: string) => RemoteId | null): RemoteId | null {
  const id = readableId(fields, read)
  if (id === null && allOf(fields, 'id').some(text => text !== '')) throw notUnderstood('id')
  return id
}

const definitionOf = (fields: Fields, id: RemoteId): RemoteDefinition => ({
  id,
  name: textOf(fields, 'name') || id,
})

function jobOf(fields: Fields, id: RemoteId): RemoteJob {
  const rawStatus = textOf(fields, 'status')
  return {
    id,
    status: statusOf(rawStatus),
    rawStatus,
    startedAt: startOf(fields),
    endedAt: readTime(textOf(fields, 'stop-time')),
    hasFiles: textOf(fields, 'file-link') !== '',
    // Links too, as they came: for the support bundle, never to be called.
    raw: Object.fromEntries(fields),
  }
}

const startOf = (fields: Fields): SystemTime | null => readTime(textOf(fields, 'start-time'))

const statuses: ReadonlyMap<string, JobStatus> = new Map([
  ['queued', 'queued'],
  ['running', 'running'],
  ['complete', 'completed'],
  ['completed', 'completed'],
  ['2', 'completed'],
  ['failed', 'failed'],
])

/** `Complete` and `Completed` are both documented, 2 was seen in JSON. Anything else is unknown, and not an end. */
export function statusOf(raw: string): JobStatus {
  return statuses.get(raw.toLowerCase()) ?? 'unknown'
}

const timePattern =
  /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:(Z)|([+-])(\d\d):?(\d\d))?$/i

/**
 * A time as Concur writes it: with Z, or without a zone, which means UTC (and says so), with two or three digits of
 * a second, or none. `new Date(text)` was ruled out: it reads a time without a zone as local time. Null for no text.
 */
export function readTime(raw: string): SystemTime | null {
  if (raw === '') return null
  const match = timePattern.exec(raw)
  const at = match ? instantOf(match) : null
  return { raw, at, zoneAssumed: at !== null && match?.[8] === undefined && match?.[9] === undefined }
}

function instantOf(match: RegExpExecArray): Instant | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const at = utcInstant([year, month, day, hour, minute, second, thousandthsOf(match[7])])
  const offset = Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0)
  return at === null ? null : addMillis(at, minutes(match[9] === '-' ? offset : -offset))
}
