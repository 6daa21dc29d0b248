/**
 * Where calls go. A session lives on the one host that took it, so every address is made of that host's origin, the
 * path that a web proxy puts before `/icws`, and the session's id.
 */
import { AppError } from '../../errors.ts'
import { type RemoteId, remoteId } from '../../ids.ts'
import { originOf, parseUrl } from '../../policy/url.ts'
import type { Session } from '../system.ts'
import type { Place } from './types.ts'

/** `include` has been there since version 3 of the feature connection; older servers take no notice of it. */
export const connectPath = '/icws/connection?include=version,features,server-time'
/** Answers without a session (api: GET /icws/connection/version). */
export const versionPath = '/icws/connection/version'
export const connectionPath = '/connection'
export const heartbeatPath = '/messaging/heartbeat'
export const messagesPath = '/messaging/messages'
export const jobsPath = '/data-extractor/jobs'
export const subscriptionPath = '/messaging/subscriptions/data-extractor/jobs-statuses'
export const jobPath = (job: RemoteId) => `${jobsPath}/${pathSegment(job)}`

/** The newest jobs, or the ones before that job, with configuration and status. */
export const jobPagePath = (count: number, before: RemoteId | null) => {
  const from = before === null ? '' : `&fromJobId=${encodeURIComponent(before)}`
  return `${jobsPath}?jobCount=${count}&jobsResponseMode=all${from}`
}

/** The URL of a session's call. */
export const sessionUrl = ({ origin, own }: Pick<Session, 'origin' | 'own'>, path: string): string =>
  `${origin}${own.base ?? ''}/icws/${encodeURIComponent(own.sessionId ?? '')}${path}`

/** The connection's own place. Throws `bad-input` for what is no address. */
export function placeOf(url: string): Place {
  const origin = originOf(url)
  const parsed = parseUrl(url)
  if (origin === null || parsed === null)
    throw new AppError('bad-input', { facts: { field: 'url', sent: false } })
  return { origin, base: parsed.pathname.replace(/\/(?:icws\/?)?$/i, '').replace(/\/$/, '') }
}

const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9](?:[a-z0-9-]{0,62}))*$/i

/**
 * The place of an alternate host, which an answer names without scheme and port: the same ones as before. Behind a web
 * proxy (`{proxy}/{server}/icws`) the last segment of the path names the server, and the origin stays. Null for what
 * is no host's name: `evil.example/x` and `a@b` would make another address of it.
 */
export function alternateOf({ origin, base }: Place, host: string): Place | null {
  if (!hostName.test(host)) return null
  if (base !== '') return { origin, base: `${base.slice(0, base.lastIndexOf('/'))}/${host.toLowerCase()}` }
  const url = new URL(origin)
  url.hostname = host
  const named = originOf(url.href)
  return named === null ? null : { origin: named, base }
}

export const samePlace = (a: Place, b: Place): boolean => a.origin === b.origin && a.base === b.base

const segment = /^[\w$.~!*'()+,;=@{}-]{1,256}$/

/** A job's id as it came, text or number; null for none or for one that would leave its place in a path. */
export function jobIdOf(value: unknown): RemoteId | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return segment.test(text) && !/^\.+$/.test(text) ? remoteId(text) : null
}

function pathSegment(id: RemoteId): string {
  if (jobIdOf(id) !== id) throw new AppError('bad-input', { facts: { field: 'remoteId', sent: false } })
  return encodeURIComponent(id)
}
