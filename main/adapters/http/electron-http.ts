import type { Readable } from 'node:stream'
import { type ClientRequest, type IncomingMessage, net, type Session } from 'electron'
import { AppError, isAppError } from '../../core/errors.ts'
import type { ProxySignIn } from '../../core/policy/proxy-sign-in.ts'
import type { Http, HttpAnswer, HttpRequest } from '../../core/ports.ts'
import { bodyOf, emptyBody, statedLength } from './body.ts'
import type { CertificateFindings } from './certificates.ts'
import type { BorrowedSession, HttpSessions } from './http-sessions.ts'
import { cutOf, netError } from './net-errors.ts'
import { answerProxies, NeedsOwnSession } from './proxy-dialogue.ts'

export type ElectronHttpParts = {
  /** The sessions of requests that trust this certificate too; null: none beside those of the computer. */
  readonly sessionsFor: (certificateSha256: string | null) => Promise<HttpSessions>
  readonly certificates: CertificateFindings
  readonly proxySignIn: ProxySignIn
}

/**
 * The port Http on Chromium's stack, which knows the proxies and certificates of the computer. `net.request` and not
 * `net.fetch`: that one followed a redirect to another host with the Authorization header.
 */
export class ElectronHttp implements Http {
  readonly #parts: ElectronHttpParts

  constructor(parts: ElectronHttpParts) {
    this.#parts = parts
  }

  async send(request: HttpRequest): Promise<HttpAnswer> {
    const sessions = await this.#parts.sessionsFor(request.certificateSha256 ?? null)
    if (request.method !== 'GET' || request.fresh) return this.#exchange(request, await sessions.alone())
    try {
      return await this.#exchange(request, await sessions.shared())
    } catch (error) {
      if (!(error instanceof NeedsOwnSession)) throw error
      return this.#exchange(request, await sessions.alone())
    }
  }

  async #exchange(request: HttpRequest, borrowed: BorrowedSession): Promise<HttpAnswer> {
    if (request.signal?.aborted) {
      borrowed.giveBack()
      throw cancelled(false)
    }
    return exchange(request, borrowed, this.#parts)
  }
}

async function exchange(
  request: HttpRequest,
  { session, shared, giveBack }: BorrowedSession,
  { certificates, proxySignIn }: ElectronHttpParts,
): Promise<HttpAnswer> {
  const { signal, answerWithin, stallAfter } = request
  const outgoing = open(request, session)
  if (outgoing === null) {
    giveBack()
    throw new AppError('bad-input', { facts: { field: 'request', sent: false } })
  }
  const { host, hostname } = new URL(request.url)
  const wasOnline = net.isOnline()
  const attempt = proxySignIn.begin(session, shared)
  const proxies = answerProxies(outgoing, attempt)

  const errorOf = (error: unknown): AppError => {
    if (isAppError(error)) return error
    if (signal?.aborted) return cancelled(true)
    const surroundings = { host, wasOnline, certificate: () => certificates.factsOf(hostname) }
    return proxies.refusal() ?? netError(error, surroundings)
  }

  return new Promise((resolve, reject) => {
    let settled = false
    const settle = (outcome: HttpAnswer | AppError) => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      attempt.end(!isAppError(outcome))
      if (!isAppError(outcome)) return resolve(outcome)
      release()
      reject(outcome)
    }
    /** The exchange failed, or its body was read to the end, failed or was left. */
    const release = () => {
      signal?.removeEventListener('abort', onAbort)
      outgoing.abort()
      giveBack()
    }
    const onAbort = () => {
      settle(cancelled(true))
      release()
    }
    const onTime = () => settle(new AppError('timed-out', { facts: { what: 'answer', host, sent: true } }))
    const timer = setTimeout(onTime, answerWithin)
    signal?.addEventListener('abort', onAbort, { once: true })

    outgoing.on('error', error => void proxies.answered().then(() => settle(errorOf(error))))
    // Not followed: Electron ends the request by itself when this listener does nothing about it.
    outgoing.on('redirect', (status, _method, _url, headers) => {
      settle({ status, headers: joined(headers), body: emptyBody })
      release()
    })
    outgoing.on('response', incoming => {
      const { statusCode: status } = incoming
      if (status === 407) return settle(proxies.refusal() ?? unaskedSignIn(host))
      const headers = joined(incoming.headers)
      const length = statedLength(headers)
      const body = bodyOf(readable(incoming), {
        stallAfter,
        length,
        errorOf: error => cutOf(errorOf(error)),
        release,
      })
      settle({ status, headers, body })
    })
    outgoing.end(request.body)
  })
}

/** Null where the request cannot be sent as it is: a token with a line end in it, say. Electron's error would quote it. */
function open({ method, url, headers }: HttpRequest, session: Session): ClientRequest | null {
  try {
    return net.request({
      method,
      url,
      session,
      headers: { ...headers },
      redirect: 'manual',
      // Neither cookies nor the user's Windows sign-in for a server; proxies are signed in to all the same.
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
  } catch {
    return null
  }
}

const cancelled = (sent: boolean) => new AppError('cancelled', { facts: { sent } })

/** A 407 that came without a question to answer, so perhaps not from a proxy at all. */
const unaskedSignIn = (host: string) => new AppError('proxy-sign-in', { facts: { host, sent: true } })

function joined(headers: Readonly<Record<string, string | string[]>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(', ') : value,
  ])
  return Object.fromEntries(entries)
}

/** Electron documents that its messages are readable streams, but declares only their events. */
const readable = (incoming: IncomingMessage) => incoming as unknown as Readable
