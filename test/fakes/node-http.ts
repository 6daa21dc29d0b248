/**
 * The port Http on Node's own stack, for integration tests under plain Node. Main uses Electron's (main/adapters/http),
 * which knows the proxies and certificates of the computer; both pass the same cases (test/integration/http/cases.ts).
 */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { PassThrough, pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { bodyOf, statedLength } from '../../main/adapters/http/body.ts'
import { AppError, isAppError } from '../../main/core/errors.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../main/core/ports.ts'
import type { ErrorCode, ErrorFacts } from '../../preload/contract/errors.ts'

export type NodeHttpOptions = {
  /** Certificates of authorities to trust beside Node's own list. */
  readonly ca?: string
}

export function createNodeHttp(options: NodeHttpOptions = {}): Http {
  return {
    async send(request) {
      const { signal } = request
      if (signal?.aborted) throw cancelled(false)
      const outgoing = open(request, options)
      if (outgoing === null) throw new AppError('bad-input', { facts: { field: 'request', sent: false } })
      const { host } = new URL(request.url)

      return new Promise<HttpAnswer>((resolve, reject) => {
        const timer = setTimeout(
          () => outgoing.destroy(new AppError('timed-out', { facts: { what: 'answer', host, sent: true } })),
          request.answerWithin,
        )
        const onAbort = () => outgoing.destroy(cancelled(true))
        const release = () => signal?.removeEventListener('abort', onAbort)
        signal?.addEventListener('abort', onAbort, { once: true })

        outgoing.on('error', error => {
          clearTimeout(timer)
          release()
          reject(errorOf(error, host))
        })
        outgoing.on('response', incoming => {
          clearTimeout(timer)
          const headers = joined(incoming)
          const body = bodyOf(decoded(incoming), {
            stallAfter: request.stallAfter,
            length: statedLength(headers),
            errorOf: error => (signal?.aborted ? cancelled(true) : bodyErrorOf(error, host)),
            release: () => {
              release()
              outgoing.destroy()
            },
          })
          resolve({ status: incoming.statusCode ?? 0, headers, body })
        })
        outgoing.end(request.body)
      })
    },
  }
}

/** Null where the request cannot be sent as it is. */
function open(request: HttpRequest, { ca }: NodeHttpOptions): ClientRequest | null {
  const start = request.url.startsWith('https:') ? httpsRequest : httpRequest
  try {
    return start(request.url, {
      method: request.method,
      headers: headersOf(request),
      // A socket of its own for each request: then nothing is sent on one that the server is about to close.
      agent: false,
      ...(ca === undefined ? {} : { ca }),
    })
  } catch {
    return null
  }
}

function headersOf({ headers, method, body }: HttpRequest): Record<string, string> {
  const length = body === undefined ? (method === 'GET' ? undefined : 0) : Buffer.byteLength(body)
  return length === undefined ? { ...headers } : { ...headers, 'content-length': String(length) }
}

function joined(incoming: IncomingMessage): Record<string, string> {
  const entries = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return Object.fromEntries(entries)
}

/** As Chromium does, which decodes what a server compressed on the way. */
function decoded(incoming: IncomingMessage): Readable {
  if (incoming.headers['content-encoding'] !== 'gzip') return incoming
  return pipeline(incoming, createGunzip(), new PassThrough(), () => {})
}

const cancelled = (sent: boolean) => new AppError('cancelled', { facts: { sent } })

const codes: Readonly<Record<string, readonly [ErrorCode, sent: boolean]>> = {
  ENOTFOUND: ['host-not-found', false],
  EAI_AGAIN: ['host-not-found', false],
  ECONNREFUSED: ['connection-failed', false],
  ETIMEDOUT: ['timed-out', true],
}

function errorOf(error: Error, host: string): AppError {
  if (isAppError(error)) return error
  const reason = (error as NodeJS.ErrnoException).code ?? error.message
  const facts: ErrorFacts = { host, reason }
  const known = codes[reason]
  if (known) return new AppError(known[0], { facts: { ...facts, sent: known[1] } })
  if (/CERT|SIGNATURE|ISSUER/.test(reason))
    return new AppError('certificate', { facts: { ...facts, sent: false } })
  if (reason.startsWith('HPE_'))
    return new AppError('answer-not-understood', { facts: { ...facts, sent: true } })
  // Node says "socket hang up" where the server closed without an answer.
  const hungUp = error.message === 'socket hang up'
  return new AppError(hungUp ? 'connection-cut' : 'connection-failed', { facts: { ...facts, sent: true } })
}

function bodyErrorOf(error: unknown, host: string): AppError {
  if (isAppError(error)) return error
  const reason = (error as NodeJS.ErrnoException).code ?? 'unknown'
  return new AppError('connection-cut', { facts: { host, reason, sent: true } })
}
