import type { Socket } from 'node:net'
import { setTimeout as passTime } from 'node:timers/promises'

/** One request, as it came. */
export type Asked = { readonly text: string; header(name: string): string | null }

/** What a server does with one request; below HTTP, so that it can be anything. */
export type Act = (socket: Socket, asked: Asked) => Promise<void> | void

export type Headers = Readonly<Record<string, string | number>>

export const askedOf = (text: string): Asked => ({
  text,
  header: name => new RegExp(`^${name}: (.*)\r$`, 'im').exec(text)?.[1] ?? null,
})

/** So long does a client get to read what was sent, before its connection is treated badly. */
const readingTimeMs = 150

export const headOf = (status: string, headers: Headers): string => {
  const lines = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`
}

export const csvType = {
  'content-type': 'text/csv',
  'content-disposition': 'attachment; filename="sae.txt"',
} as const
export const zipType = {
  'content-type': 'application/zip',
  'content-disposition': 'attachment; filename="sae.zip"',
} as const

/** A whole answer. */
export const whole =
  (body: Buffer | string, headers: Headers = csvType, status = '200 OK'): Act =>
  socket => {
    socket.write(headOf(status, { ...headers, 'content-length': Buffer.byteLength(body) }))
    socket.end(body)
  }

/** Exactly these bytes behind a head, then the end of the connection. */
export const raw =
  (headers: Headers, body: Buffer | string, status = '200 OK'): Act =>
  socket => {
    socket.write(headOf(status, headers))
    socket.end(body)
  }

/** What becomes of a connection. */
export type End = (socket: Socket) => void

/** A part of a body, and then what `end` does to the connection. */
export const part =
  (headers: Headers, body: Buffer, end: End, status = '200 OK'): Act =>
  async socket => {
    socket.write(headOf(status, headers))
    socket.write(body)
    await passTime(readingTimeMs)
    end(socket)
  }

export const reset: End = socket => void socket.resetAndDestroy()
export const close: End = socket => void socket.end()
/** The connection stays open, and nothing more comes. */
export const silence: End = () => {}

/** A server that knows ranges: the rest where it is asked for and the validator is still right, else the whole. */
export const ranged =
  (body: Buffer, etag: string, headers: Headers = csvType): Act =>
  (socket, asked) => {
    const from = Number(/^bytes=(\d+)-$/.exec(asked.header('range') ?? '')?.[1] ?? 0)
    const holds = from > 0 && asked.header('if-range') === etag
    if (!holds) return whole(body, { ...headers, etag })(socket, asked)
    return restFrom(body, from, { ...headers, etag })(socket, asked)
  }

/** 206 from a place on, whatever was asked for. */
export const restFrom = (body: Buffer, from: number, headers: Headers): Act => {
  const range = { 'content-range': `bytes ${from}-${body.length - 1}/${body.length}` }
  return whole(body.subarray(from), { ...headers, ...range }, '206 Partial Content')
}

/** Chunks as HTTP/1.1 has them; the last one is empty. */
export const chunks = (...bodies: readonly Buffer[]): Buffer =>
  Buffer.concat(
    bodies.flatMap(body => [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]),
  )
export const lastChunk = Buffer.alloc(0)

/** In small pieces with pauses: slow, but never standing still for long. */
export const trickle =
  (headers: Headers, body: Buffer, pieceBytes: number, pauseMs: number): Act =>
  async socket => {
    socket.write(headOf('200 OK', headers))
    for (let at = 0; at < body.length && !socket.destroyed; at += pieceBytes) {
      socket.write(body.subarray(at, at + pieceBytes))
      await passTime(pauseMs)
    }
    socket.end()
  }
