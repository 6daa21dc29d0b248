import { type AppError, isAppError } from '../../errors.ts'
import type { JobFiles, RemoteFile, RemoteJob, Session, Target } from '../system.ts'
import { binderResultsPath, exportResultsPath, linkPath, taskResultsPath, tasksPath } from './addresses.ts'
import type { VaultClient } from './client.ts'
import { recordOf, recordsIn, textOf } from './fields.ts'
import { savedRequest } from './request.ts'
import { linksIn, readResults } from './transform.ts'
import type { Results, StagedPath, VaultRequest } from './types.ts'

/** Where a file of a job is; its text is the id of a RemoteFile. */
export type Place =
  | { readonly kind: 'staged'; readonly file: StagedPath }
  | { readonly kind: 'task'; readonly task: string }
  | { readonly kind: 'link'; readonly path: string }

export const placeId = (place: Place): string => JSON.stringify(place)

export function placeIn(id: string): Place {
  return JSON.parse(id) as Place
}

/** What a job made, by the kind of its definition; of a job of no definition, by what it tells itself. */
export type ResultsOf = (session: Session, target: Target, job: RemoteJob) => Promise<JobFiles>

export function createResults(client: VaultClient): ResultsOf {
  /** @param unspoken what was asked for, without the items that the results speak of */
  async function exported(
    session: Session,
    path: string,
    unspoken: (told: readonly string[]) => readonly { readonly id: string }[] = () => [],
  ): Promise<JobFiles> {
    const answer = await client.get(session, path)
    const results = readResults(answer)
    const { told } = results
    // Results that speak of no item at all are an export that brought nothing, and are told as that.
    const more = told.length === 0 ? [] : unspoken(told).map(({ id }) => ({ item: id, said: notTold }))
    return filesOf({ ...results, missing: [...results.missing, ...more] }, answer.warnings)
  }

  /** Its tasks are numbered from 1; the list of tasks says more, where there is one (Java SDK jobs have it). */
  async function loaded(
    session: Session,
    objects: readonly { object: string }[],
    job: RemoteJob,
  ): Promise<JobFiles> {
    const states = await taskStates(session, job)
    const files: RemoteFile[] = []
    const missing: { item: string; said: string }[] = []
    for (const [index, { object }] of objects.entries()) {
      const task = String(index + 1)
      if (await hasText(session, taskResultsPath(session, job.id, task))) {
        files.push({ id: placeId({ kind: 'task', task }), name: `${object}.csv` })
      } else missing.push({ item: object, said: states.get(task) ?? job.rawStatus })
    }
    return { files, missing }
  }

  async function taskStates(session: Session, job: RemoteJob): Promise<ReadonlyMap<string, string>> {
    try {
      const { fields } = await client.get(session, tasksPath(session, job.id))
      const tasks = recordsIn(fields.tasks ?? recordOf(fields.data)?.tasks ?? [], 'tasks')
      return new Map(
        tasks.flatMap(one => [[textOf(one.id) ?? textOf(one.task_id) ?? '', textOf(one.state) ?? '']]),
      )
    } catch (error) {
      if (!isRefusal(error)) throw error
      return new Map()
    }
  }

  /** A task that failed answers with nothing: not even the line of its columns, which an empty extract has. */
  async function hasText(session: Session, path: string): Promise<boolean> {
    const { body } = await client.open(session, path, null)
    const pieces = body[Symbol.asyncIterator]()
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
      if (next.value.byteLength === 0) continue
      await pieces.return?.()
      return true
    }
    return false
  }

  /** By its links where it has some, else by what the two kinds of exports answer to its id. */
  async function told(session: Session, job: RemoteJob): Promise<JobFiles> {
    const links = linksIn(job)
    if (links.length === 0) {
      for (const path of [exportResultsPath(session, job.id), binderResultsPath(session, job.id)]) {
        const found = await exported(session, path).catch((error: unknown) => {
          if (isRefusal(error)) return none
          throw error
        })
        if (found.files.length + found.missing.length > 0) return found
      }
      return none
    }
    const found: JobFiles[] = []
    for (const { href } of links) found.push(await linked(session, linkPath(session, href)))
    return {
      files: found.flatMap(({ files }) => files),
      missing: found.flatMap(({ missing }) => missing),
      warned: found.flatMap(({ warned }) => warned ?? []),
    }
  }

  async function linked(session: Session, path: string): Promise<JobFiles> {
    const answer = await client.look(session, path)
    if (answer !== 'file') return filesOf(readResults(answer), answer.warnings)
    return { files: [{ id: placeId({ kind: 'link', path }), name: null }], missing: [] }
  }

  function byRequest(session: Session, request: VaultRequest | null, job: RemoteJob): Promise<JobFiles> {
    switch (request?.kind) {
      case 'documents':
        return exported(session, exportResultsPath(session, job.id), told => {
          const known = new Set(told)
          return (request.documents ?? []).filter(({ id }) => !known.has(id))
        })
      case 'versions':
        return exported(session, exportResultsPath(session, job.id), told => beyond(request.versions, told))
      case 'binder':
        return exported(session, binderResultsPath(session, job.id))
      case 'loader':
        return loaded(session, request.objects, job)
      default:
        return told(session, job)
    }
  }

  return async (session, target, job) => {
    const found = await byRequest(session, savedRequest(target.request), job)
    if (job.rawStatus.toUpperCase() !== 'ERRORS_ENCOUNTERED') return found
    return { ...found, warned: [...(found.warned ?? []), job.rawStatus] }
  }
}

/** Said by us: the vault has no words for it. */
const notTold = 'not in the results'

/** Of all versions of documents those that are more than the results have of them; which one it is they may not say. */
function beyond<T extends { readonly id: string }>(
  asked: readonly T[],
  told: readonly string[],
): readonly T[] {
  const left = new Map<string, number>()
  for (const id of told) left.set(id, (left.get(id) ?? 0) + 1)
  return asked.filter(({ id }) => {
    const rest = left.get(id) ?? 0
    left.set(id, rest - 1)
    return rest <= 0
  })
}

const none: JobFiles = { files: [], missing: [] }

function filesOf({ files, missing }: Results, warned: readonly string[]): JobFiles {
  return {
    files: files.map(file => ({
      id: placeId({ kind: 'staged', file }),
      name: file.path.replace(/^\/+/, ''),
    })),
    missing,
    ...(warned.length > 0 ? { warned } : {}),
  }
}

/** The vault has read the question and said no: such a thing is not there, or not for us. */
export const isRefusal = (error: unknown): error is AppError =>
  isAppError(error, 'not-found', 'request-refused', 'permission-missing')
