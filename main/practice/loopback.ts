import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { PracticeSystem, RequestLog } from './requests.ts'

export type Incoming = Readonly<{
  method: string
  url: URL
  headers: IncomingMessage['headers']
  body: string
}>

/** What a system wants done with a request. Handlers decide, this file alone touches the socket. */
export type Answer =
  | Readonly<{
      kind: 'reply'
      status: number
      /** Several values of a name are several headers. */
      headers: Readonly<Record<string, string | string[]>>
      /** A buffer is sent with its Content-Length, a stream in chunks. */
      body: string | Buffer | AsyncIterable<Buffer>
      /** The connection is cut after so many bytes of the body. */
      cutAfter?: number
    }>
  | Readonly<{ kind: 'drop' }>
  | Readonly<{ kind: 'silence' }>

export type Handler = (request: Incoming) => Answer | Promise<Answer>

export type LoopbackServer = { origin: string; port: number; close(): Promise<void> }

const LARGEST_BODY = 1_000_000

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > LARGEST_BODY)
      throw new Error('The request body is larger than any that the real service takes.')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

async function* until(limit: number, body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = limit
  for await (const part of body) {
    if (part.length >= left) {
      yield part.subarray(0, left)
      return
    }
    left -= part.length
    yield part
  }
}

async function send(response: ServerResponse, answer: Extract<Answer, { kind: 'reply' }>): Promise<void> {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body, 'utf8') : answer.body
  const length = Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {}
  response.writeHead(answer.status, { ...answer.headers, ...length })
  const source = Buffer.isBuffer(body)
    ? Readable.from([body], { objectMode: false })
    : Readable.from(body, { objectMode: false })
  if (answer.cutAfter === undefined) {
    await pipeline(source, response)
    return
  }
  for await (const part of until(answer.cutAfter, source)) {
    await new Promise<void>((resolve, reject) =>
      response.write(part, error => (error ? reject(error) : resolve())),
    )
  }
  response.destroy()
}

/** A request, or its answer, on its way. */
export type Leg = Readonly<{ system: PracticeSystem; method: string; path: string; way: 'there' | 'back' }>
export type Transit = (leg: Leg) => Promise<void>

export type LoopbackOptions = Readonly<{
  system: PracticeSystem
  /** 0 takes any. */
  port: number
  log: RequestLog
  now: () => number
  transit: Transit
  handler: Handler
}>

/** Serves a system on 127.0.0.1. A port in use rejects with EADDRINUSE. */
export async function listen({
  system,
  port,
  log,
  now,
  transit,
  handler,
}: LoopbackOptions): Promise<LoopbackServer> {
  let origin = ''
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const method = request.method ?? 'GET'
    const path = request.url ?? '/'
    const body = await readBody(request)
    const entry = log.add({ system, method, path, headers: request.headers, body, at: now() })
    response.on('close', () =>
      entry.end(
        response.writableFinished ? 'answered' : 'dropped',
        response.headersSent ? response.statusCode : null,
      ),
    )
    await transit({ system, method, path, way: 'there' })
    const decided = await handler({ method, url: new URL(path, origin), headers: request.headers, body })
    await transit({ system, method, path, way: 'back' })
    if (decided.kind === 'silence') return
    if (decided.kind === 'drop') request.socket.destroy()
    else await send(response, decided)
  }
  const server = createServer((request, response) => {
    // A client that goes away in the middle ends up here too: its connection is all there is to clear up.
    answer(request, response).catch(() => request.socket.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The practice server has no port.')
  origin = `http://127.0.0.1:${address.port}`
  return {
    origin,
    port: address.port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        // Without this, close() would wait for idle keep-alive connections and for requests left in silence.
        server.closeAllConnections()
      }),
  }
}

/** The port of the last run, so that saved connections keep working, or any where that one is taken. */
export async function again<T>(port: number, serve: (port: number) => Promise<T>): Promise<T> {
  try {
    return await serve(port)
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    return serve(0)
  }
}
