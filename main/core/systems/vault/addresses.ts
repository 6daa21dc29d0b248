/**
 * The addresses of a vault. They are built from ids and the session's origin. Two things are taken out of answers, for
 * there is no other way to know them: the next page of a list and the results of a job, of which only path and query
 * are used, on the connection's own origin, and only below /api/.
 */
import { AppError } from '../../errors.ts'
import { type RemoteId, remoteId } from '../../ids.ts'
import { rebase } from '../../policy/trust.ts'
import { originOf } from '../../policy/url.ts'
import type { Session, SignInTarget } from '../system.ts'
import { notUnderstood } from './fields.ts'

type Versioned = Pick<Session, 'own'>

/** A call's path below the version that the sign-in agreed upon. */
export const at = ({ own }: Versioned, path: string): string => `/api/${own.version ?? ''}${path}`

export const jobPath = (session: Versioned, id: RemoteId): string =>
  at(session, `/services/jobs/${digits(id)}`)

export const exportResultsPath = (session: Versioned, id: RemoteId): string =>
  at(session, `/objects/documents/batch/actions/fileextract/${digits(id)}/results`)

export const binderResultsPath = (session: Versioned, id: RemoteId): string =>
  at(session, `/objects/binders/actions/export/${digits(id)}/results`)

export const tasksPath = (session: Versioned, id: RemoteId): string => `${jobPath(session, id)}/tasks`

export const taskResultsPath = (session: Versioned, id: RemoteId, task: string): string =>
  at(session, `/services/loader/${digits(id)}/tasks/${segment(task)}/results`)

export const partPath = (session: Versioned, part: string): string =>
  at(session, `/services/directdata/files/${segment(part)}`)

/** The content of a staged file. Names hold blanks and apostrophes: every segment is encoded by itself. */
export function stagedPath(session: Versioned, path: string): string {
  const segments = path.split('/').filter(part => part !== '')
  if (segments.length === 0 || segments.some(part => part === '.' || part === '..')) {
    throw notUnderstood('file')
  }
  return at(session, `/services/file_staging/items/content/${segments.map(segment).join('/')}`)
}

/** encodeURIComponent leaves some marks that a path may not have as they are in the eyes of some servers. */
const segment = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** A job's id: digits, as a number here and as text there. Null for anything else. */
export const jobIdOf = (text: string | null): RemoteId | null =>
  text !== null && /^[1-9]\d{0,17}$/.test(text) ? remoteId(text) : null

function digits(id: RemoteId): string {
  if (jobIdOf(id) === null) throw new AppError('bad-input', { facts: { field: 'remoteId', sent: false } })
  return id
}

/** A link out of an answer, as a path on the connection's origin. Throws `answer-not-understood`. */
export function linkPath({ origin }: Pick<Session, 'origin'>, link: string): string {
  const path = rebase(link, origin).slice(origin.length)
  if (!/^\/api\/v\d+\.\d+\//.test(path)) throw notUnderstood('link')
  return path
}

/** The connection's own origin: the DNS that the user typed. */
export function ownOrigin({ url }: Pick<SignInTarget, 'url'>): string {
  const origin = originOf(url)
  if (origin === null) throw new AppError('bad-input', { facts: { field: 'url', sent: false } })
  return origin
}
