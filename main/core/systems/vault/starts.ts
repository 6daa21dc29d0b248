import { AppError } from '../../errors.ts'
import { withFacts } from '../failed-exchange.ts'
import type { RemoteJob, Session, Target } from '../system.ts'
import { at, jobIdOf, linkPath } from './addresses.ts'
import type { Body, VaultClient } from './client.ts'
import { notUnderstood, recordsIn, textOf } from './fields.ts'
import { savedRequest } from './request.ts'
import { nextPage, readStartedJob } from './transform.ts'
import type { VaultRequest } from './types.ts'

/** A loop in the pages of a query ends here: 1,000 documents a page. */
const mostPages = 500

/** Starts a run: one POST, after the query for its documents where there is one, which starts nothing. */
export async function startRun(client: VaultClient, session: Session, target: Target): Promise<RemoteJob> {
  const { path, body } = await callFor(client, session, target).catch((error: unknown) => {
    throw withFacts(error, { sent: false })
  })
  const answer = await client.post(session, path, body)
  try {
    const job = readStartedJob(answer)
    // Vault cancels the scheduled run of the interval (vault.md, 3.4): whoever looks at the job is to know.
    return savedRequest(target.request)?.kind === 'job'
      ? { ...job, raw: { ...job.raw, replacesScheduledRun: true } }
      : job
  } catch (error) {
    throw withFacts(error, { sent: true }, answer.correlationId)
  }
}

type Call = { readonly path: string; readonly body: Body | null }

async function callFor(client: VaultClient, session: Session, target: Target): Promise<Call> {
  const request = savedRequest(target.request)
  switch (request?.kind) {
    case 'documents':
      return {
        path: at(session, `/objects/documents/batch/actions/fileextract?${exportOptions(session, request)}`),
        body: json(await documentsOf(client, session, request)),
      }
    case 'versions':
      return {
        path: at(session, '/objects/documents/versions/batch/actions/fileextract'),
        body: json(
          request.versions.map(({ id, major, minor }) => ({
            id,
            major_version_number__v: major,
            minor_version_number__v: minor,
          })),
        ),
      }
    case 'binder':
      return { path: at(session, `/objects/binders/${request.binder}/actions/export`), body: null }
    case 'loader':
      return {
        path: at(session, '/services/loader/extract'),
        body: json(request.objects.map(loaderOf(session))),
      }
    case 'job':
      return { path: at(session, `/services/jobs/start_now/${request.jobId}`), body: null }
    default:
      throw new AppError('not-supported', { facts: { system: 'vault', what: 'start' } })
  }
}

const json = (value: unknown): Body => ({ type: 'json', text: JSON.stringify(value) })

type Documents = Extract<VaultRequest, { readonly kind: 'documents' }>

/** Older versions do not know `text`, and might leave it out without a word. */
function exportOptions({ own }: Session, { source, renditions, allversions, text }: Documents): string {
  if (text && own.version !== 'v26.2') {
    throw new AppError('not-supported', { facts: { what: 'text', version: own.version ?? '' } })
  }
  const options = { source, renditions, allversions, ...(text ? { text } : {}) }
  return new URLSearchParams(
    Object.entries(options).map(([name, on]): [string, string] => [name, String(on)]),
  ).toString()
}

/** Throws `empty-extract` where the query finds no document: Vault would refuse an empty list. */
async function documentsOf(client: VaultClient, session: Session, { documents, query }: Documents) {
  if (documents !== undefined) return documents
  const ids: { id: string }[] = []
  let page = await client.post(session, at(session, '/query'), {
    type: 'form',
    text: new URLSearchParams({ q: query ?? '' }).toString(),
  })
  for (let pages = 1; ; pages += 1) {
    for (const row of recordsIn(page.fields.data, 'data')) {
      const id = jobIdOf(textOf(row.id))
      if (id === null) throw notUnderstood('id')
      ids.push({ id })
    }
    const next = nextPage(page.fields)
    if (next === null) break
    if (pages >= mostPages) throw new AppError('answer-too-large', { facts: { pages } })
    page = await client.get(session, linkPath(session, next))
  }
  if (ids.length === 0) throw new AppError('empty-extract', { facts: { files: 0 } })
  // A document comes twice where the query asks for its versions.
  return [...new Map(ids.map(one => [one.id, one])).values()]
}

/** What is no object of the vault's own making has a name of its own here. */
const entities: readonly string[] = [
  'documents__v',
  'document_versions__v',
  'document_relationships__v',
  'groups__v',
]

/** The key was renamed in v26.1. */
const loaderOf =
  ({ own }: Session) =>
  ({ object, fields, where }: { object: string; fields: readonly string[]; where?: string | undefined }) => {
    const key = /^v2[0-5]\./.test(own.version ?? '') ? 'object_type' : 'entity_type'
    return {
      ...(entities.includes(object) ? { [key]: object } : { [key]: 'vobjects__v', object }),
      fields,
      ...(where === undefined ? {} : { vql_criteria__v: where }),
    }
  }
