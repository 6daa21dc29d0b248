/** Files that come in parts, as bodies of one piece. Nothing here knows what it fetches; both return at once when left. */
import { createHash } from 'node:crypto'
import { AppError } from '../../errors.ts'
import type { HttpAnswer } from '../../ports.ts'
import type { Range } from '../system.ts'
import type { Bytes } from './client.ts'
import { notUnderstood } from './fields.ts'
import type { FilePart } from './types.ts'

/** Vault allows 50 MB. Smaller ones, since those that come early wait in memory for those before them. */
export const partBytes = 16 * 1024 * 1024
/** Parts that are fetched while the one before them is written. */
const ahead = 2

type Ask = (bytes: Bytes | null, signal: AbortSignal) => Promise<HttpAnswer>
type Place = { readonly from: number; readonly to: number; readonly total: number }

/**
 * Opens a file by its ranges. Whether a vault answers a range with 206 or 200 is not known, so Content-Range tells; a
 * server that has none sends the whole file, with 200. What tells two versions of the file apart is its length and
 * whatever else the vault says.
 */
export async function openInRanges(ask: Ask, range: Range | null, size = partBytes): Promise<HttpAnswer> {
  const abort = new AbortController()
  const from = range?.from ?? 0
  const first = await firstAnswer(ask, from, size, abort.signal)
  const place = placeOf(first)
  if (place === null) {
    // A part that does not say of how much it is one must not pass for the whole.
    if (first.status === 206 || first.headers['content-range'] !== undefined)
      throw await left(first, notUnderstood('content-range'))
    return { ...first, status: 200, headers: { ...first.headers, ...etagOf(first, null) } }
  }
  const { total } = place
  if (place.from !== from) throw await left(first, notUnderstood('content-range'))
  const tag = etagOf(first, total)

  async function fetched(bytes: Bytes): Promise<readonly Uint8Array[]> {
    const answer = await ask(bytes, abort.signal)
    const at = placeOf(answer)
    const same = at?.from === bytes.from && at.to === bytes.to && at.total === total
    if (!same || etagOf(answer, total).etag !== tag.etag) {
      throw await left(answer, new AppError('connection-cut', { facts: { why: 'another range' } }))
    }
    const pieces: Uint8Array[] = []
    for await (const piece of exactly(answer.body, bytes)) pieces.push(piece)
    return pieces
  }

  async function* inOrder(): AsyncGenerator<Uint8Array> {
    const rest = rangesFrom((place?.to ?? 0) + 1, total, size)
    const coming: Promise<readonly Uint8Array[]>[] = []
    const askAhead = () => {
      while (coming.length < ahead) {
        const next = rest.next()
        if (next.done) return
        const part = fetched(next.value)
        // Its error is thrown when its turn comes.
        part.catch(() => {})
        coming.push(part)
      }
    }
    askAhead()
    yield* exactly(first.body, { from, to: place?.to ?? from })
    for (let part = coming.shift(); part; part = coming.shift()) {
      const pieces = await part
      askAhead()
      yield* pieces
    }
  }

  return {
    status: range === null ? 200 : 206,
    headers: {
      ...first.headers,
      ...tag,
      'content-length': String(total - from),
      'content-range': `bytes ${from}-${total - 1}/${total}`,
    },
    body: leavable(inOrder(), abort),
  }
}

/** The error, after the body that it came with was left. */
async function left({ body }: HttpAnswer, error: AppError): Promise<AppError> {
  await body[Symbol.asyncIterator]().return?.()
  return error
}

/** An empty file has no range: then the whole of it is asked for. */
async function firstAnswer(ask: Ask, from: number, size: number, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    return await ask({ from, to: from + size - 1 }, signal)
  } catch (error) {
    if (from > 0 || !(error instanceof AppError) || error.facts.status !== 416) throw error
    return ask(null, signal)
  }
}

function* rangesFrom(from: number, total: number, size: number): Generator<Bytes> {
  for (let at = from; at < total; at += size) yield { from: at, to: Math.min(at + size, total) - 1 }
}

function placeOf({ headers }: HttpAnswer): Place | null {
  const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
  return total === undefined ? null : { from: Number(from), to: Number(to), total: Number(total) }
}

function etagOf({ headers }: HttpAnswer, total: number | null): { readonly etag?: string } {
  const bytes = total ?? headers['content-length']
  const said = headers.etag ?? headers['last-modified'] ?? ''
  return bytes === undefined ? {} : { etag: `"${bytes}${said === '' ? '' : ` ${said.replaceAll('"', '')}`}"` }
}

/** The pieces of a range, which has to be as long as it says. */
async function* exactly(body: AsyncIterable<Uint8Array>, { from, to }: Bytes): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.byteLength
    if (bytes > to - from + 1) break
    yield piece
  }
  if (bytes !== to - from + 1) throw new AppError('connection-cut', { facts: { received: bytes } })
}

/**
 * The parts of a Direct Data file as one body, in order, from byte `from` of the whole on. Each part's MD5 is held
 * against all of its bytes: where the beginning of one is here already it is fetched again and skipped, and its last
 * piece is held back until it is proven, so that what was handed on never ends behind a part that is wrong.
 * Throws `damaged-archive`.
 */
export function joined(
  parts: readonly FilePart[],
  open: (part: FilePart, signal: AbortSignal) => Promise<HttpAnswer>,
  from: number,
): AsyncIterable<Uint8Array> {
  const abort = new AbortController()

  async function* inOrder(): AsyncGenerator<Uint8Array> {
    let at = 0
    for (const part of parts) {
      const skip = Math.max(0, from - at)
      at += part.bytes
      if (skip < part.bytes) yield* proven(part, (await open(part, abort.signal)).body, skip)
    }
  }
  return leavable(inOrder(), abort)
}

async function* proven(
  { name, bytes, md5 }: FilePart,
  body: AsyncIterable<Uint8Array>,
  skip: number,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('md5')
  let received = 0
  let held: Uint8Array | null = null
  for await (const piece of body) {
    const wanted = piece.subarray(Math.min(Math.max(0, skip - received), piece.byteLength))
    received += piece.byteLength
    hash.update(piece)
    if (received > bytes) break
    if (held !== null) yield held
    held = wanted
  }
  if (received < bytes) throw new AppError('connection-cut', { facts: { received, length: bytes } })
  if (received > bytes || hash.digest('hex') !== md5) {
    throw new AppError('damaged-archive', { facts: { reason: 'its MD5 is wrong', file: name } })
  }
  if (held !== null) yield held
}

/** A generator waits for what it is asking for; leaving it must not. */
function leavable(generator: AsyncGenerator<Uint8Array>, abort: AbortController): AsyncIterable<Uint8Array> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => generator.next(),
      async return() {
        abort.abort()
        return generator.return(undefined)
      },
    }),
  }
}
