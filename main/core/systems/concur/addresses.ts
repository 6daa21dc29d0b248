/**
 * Concur's ids and the addresses made of them. An id comes as a whole address whose host, port and path vary: another
 * host than was called, an explicit `:443`, `/api/extract` for `/api/expense/extract`, blanks around it, a `>` behind
 * it. What stays the same are the path segments {DefId} and {JobId}, so those are our ids.
 *
 * Every address is built from them and the session's origin. A link out of an answer is never called as it is, not
 * even rebased: some are known to be wrong (a job-link without `/job`), and whoever wrote one would choose the path
 * that a token goes to.
 */
import { AppError } from '../../errors.ts'
import { type RemoteId, remoteId } from '../../ids.ts'

const root = '/api/expense/extract/v1.0'

export const definitionsPath = `${root}/`
export const definitionPath = (definition: RemoteId) => `${root}/${pathSegment(definition)}`
export const jobsPath = (definition: RemoteId) => `${definitionPath(definition)}/job`
export const jobPath = (definition: RemoteId, job: RemoteId) => `${jobsPath(definition)}/${pathSegment(job)}`
export const statusPath = (definition: RemoteId, job: RemoteId) => `${jobPath(definition, job)}/status`
export const filePath = (definition: RemoteId, job: RemoteId) => `${jobPath(definition, job)}/file`

const address = /\/api\/(?:expense\/)?extract\/v1\.0\/([^\s/?#>\u00c2]+)(?:\/job(?:\/([^\s/?#>\u00c2]*))?)?/i

/** {DefId} of an address or of the bare segment; null where there is none. Case is kept: ids may differ in it alone. */
export function definitionIdOf(text: string): RemoteId | null {
  return segmentOf(address.exec(text)?.[1] ?? bareSegment(text))
}

/** {JobId}, likewise; null for the address of a definition. */
export function jobIdOf(text: string): RemoteId | null {
  const match = address.exec(text)
  return segmentOf(match ? match[2] : bareSegment(text))
}

const bareSegment = (text: string) => (/[/:]/.test(text) ? undefined : text.trim().replace(/>$/, ''))

const segmentPattern = /^[\w$.~!*'()+,;=@-]{1,512}$/

function segmentOf(text: string | undefined): RemoteId | null {
  const decoded = text === undefined ? '' : decodedSegment(text)
  return segmentPattern.test(decoded) && !/^\.+$/.test(decoded) ? remoteId(decoded) : null
}

/** `$` may come as `%24`: both spell one id. */
function decodedSegment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Throws `bad-input` for an id that would leave its place in the path (`..`, `a/b`). */
function pathSegment(id: RemoteId): string {
  if (segmentOf(id) !== id) throw new AppError('bad-input', { facts: { field: 'remoteId', sent: false } })
  return encodeURIComponent(id).replaceAll('%24', '$')
}
