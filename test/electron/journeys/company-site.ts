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

export type CompanySite = {
  /** What stands in the form: https, by a certificate that the company's computers trust. */
  readonly url: string
  readonly practice: Practice
  /** What it takes by refresh token. */
  readonly secrets: RefreshSecrets
  /** The next answers that fit stop on their way. */
  hold(stop: Stop): Held
  close(): Promise<void>
}

/**
 * The simulator outside the app, behind TLS as a real system is: a connection to it can be marked production, and what
 * it saw and started is still known when the app was killed.
 */
export async function openCompanySite(options: PracticeOptions): Promise<CompanySite> {
  const practice = await startPractice(options)
  let gate: (Stop & { readonly open: Promise<void>; reach(): void }) | null = null

  async function forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request
    const onward = requestOf(`${practice.concur.url}${path}`, { method, headers })
    request.pipe(onward)
    response.on('close', () => onward.destroy())
    const [answer] = (await once(onward, 'response')) as [IncomingMessage]
    const stop = gate?.method === method && gate.path.test(path) ? gate : null
    if (stop?.afterBytes === null) {
      stop.reach()
      await stop.open
    }
    if (path.startsWith('/oauth2/')) return sendToken(answer, response)
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
    const body = (await text(answer)).replaceAll(practice.concur.url, url)
    const headers = { ...answer.headers, 'content-length': Buffer.byteLength(body) }
    response.writeHead(answer.statusCode ?? 502, headers).end(body)
  }

  const server = createServer(serverTls, (request, response) => {
    // One side went away in the middle: so does the other.
    forward(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `https://localhost:${(server.address() as AddressInfo).port}`

  const { clientId = '', clientSecret = '', refreshToken = '' } = practice.concur.signIn['refresh-token']

  return {
    url,
    practice,
    secrets: { clientId, clientSecret, refreshToken },
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
      await practice.close()
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
