import { once } from 'node:events'
import { type IncomingMessage, request as requestOf, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Practice, type PracticeOptions, startPractice } from '../../../main/practice/index.ts'
import { serverTls } from '../http/tls-files.ts'

/** Where an answer is to stop: before its first byte, or after so many of its body. */
export type Stop = { readonly method: string; readonly path: RegExp; readonly afterBytes: number | null }

export type Held = {
  /** Resolves when an answer has come so far; the system has done its part by then. */
  readonly reached: Promise<void>
  /** Lets that answer go on, and the next ones pass. */
  release(): void
}

export type RefreshSecrets = Readonly<Record<'clientId' | 'clientSecret' | 'refreshToken', string>>

/** A system behind TLS, as a real one is. */
export type Site = {
  /** What stands in the form. */
  readonly url: string
  /** The next answers that fit stop on their way. */
  hold(stop: Stop): Held
  close(): Promise<void>
}

export type CompanySite = Site & {
  readonly practice: Practice
  /** What it takes by refresh token. */
  readonly secrets: RefreshSecrets
}

/**
 * The simulator outside the app, behind TLS as a real system is: a connection to it can be marked production, and what
 * it saw and started is still known when the app was killed. Its certificate is one that the company's computers trust.
 */
export async function openCompanySite(options: PracticeOptions): Promise<CompanySite> {
  const practice = await startPractice(options)
  const site = await openSite(practice.concur.url, serverTls)
  const { clientId = '', clientSecret = '', refreshToken = '' } = practice.concur.signIn['refresh-token']
  return {
    ...site,
    practice,
    secrets: { clientId, clientSecret, refreshToken },
    async close() {
      await site.close()
      await practice.close()
    },
  }
}

/** Calls that answer with the place to go on with. */
const signIns = /^\/oauth2\/|^\/api\/[^/]+\/auth$/

/** Serves what is served at `origin`, by https. */
export async function openSite(
  origin: string,
  tls: { readonly key: string; readonly cert: string },
): Promise<Site> {
  let gate: (Stop & { readonly open: Promise<void>; reach(): void }) | null = null

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request
    const onward = requestOf(`${origin}${path}`, { method, headers })
    request.pipe(onward)
    response.on('close', () => onward.destroy())
    const [answer] = (await once(onward, 'response')) as [IncomingMessage]
    const stop = gate?.method === method && gate.path.test(path) ? gate : null
    if (stop?.afterBytes === null) {
      stop.reach()
      await stop.open
    }
    if (signIns.test(path)) return sendToken(answer, response)
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    let sent = 0
    for await (const piece of answer) {
      if (!response.write(piece)) await once(response, 'drain')
      sent += piece.length
      if (stop === null || stop.afterBytes === null || sent < stop.afterBytes) continue
      stop.reach()
      await stop.open
    }
    response.end()
  }

  /** A sign-in names the place to go on with: here it is this one. */
  async function sendToken(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await text(answer)).replaceAll(origin, url)
    const headers = { ...answer.headers, 'content-length': Buffer.byteLength(body) }
    response.writeHead(answer.statusCode ?? 502, headers).end(body)
  }

  const server = createServer(tls, (request, response) => {
    // One side went away in the middle: so does the other.
    forward(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://localhost:${(server.address() as AddressInfo).port}`

  return {
    url,
    hold(stop) {
      const reached = bell()
      const open = bell()
      const held = { ...stop, open: open.rung, reach: reached.ring }
      gate = held
      return {
        reached: reached.rung,
        release() {
          if (gate === held) gate = null
          open.ring()
        },
      }
    },
    async close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function bell(): { readonly rung: Promise<void>; readonly ring: () => void } {
  let ring = () => {}
  const rung = new Promise<void>(resolve => {
    ring = resolve
  })
  return { rung, ring: () => ring() }
}
