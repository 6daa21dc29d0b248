import type { Readable } from 'node:stream'
import { AppError } from '../../core/errors.ts'
import type { Millis } from '../../core/time.ts'
import { piecesOf } from './pieces.ts'

export type BodyOptions = {
  /** How long a read may wait for the next piece. Time in which nobody reads does not count. */
  readonly stallAfter: Millis
  /** The number of bytes that must come; null where the answer does not say or its bytes were decoded on the way. */
  readonly length: number | null
  /** What an error of the stream means. */
  readonly errorOf: (error: unknown) => AppError
  /** Stops the exchange; called when the body ended, failed or was left, perhaps more than once. */
  readonly release: () => void
}

/**
 * The body of an answer, read piece by piece: a piece is taken from the network only when it is asked for, since
 * both stacks' streams stop reading when their small buffer is full.
 */
export function bodyOf(stream: Readable, options: BodyOptions): AsyncIterable<Uint8Array> {
  // It listens for errors from now on: one that comes while nobody reads would otherwise end the process.
  const nextPiece = piecesOf(stream)
  let received = 0

  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const stalled = new AppError('timed-out', { facts: { what: 'body', received, sent: true } })
    const timer = setTimeout(() => stream.destroy(stalled), options.stallAfter)
    try {
      const piece = await nextPiece()
      if (piece !== null) {
        received += piece.length
        return { done: false, value: piece }
      }
      if (options.length !== null && received < options.length) throw cut(received, options.length)
      options.release()
      return { done: true, value: undefined }
    } catch (error) {
      options.release()
      throw options.errorOf(error)
    } finally {
      clearTimeout(timer)
    }
  }

  const leave = async (): Promise<IteratorResult<Uint8Array>> => {
    options.release()
    stream.destroy()
    return { done: true, value: undefined }
  }

  return { [Symbol.asyncIterator]: () => ({ next, return: leave }) }
}

/** What a redirect's body is for us: it is never read. */
export const emptyBody: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
}

/** The length that the body must have; null where it is not stated or the stack decodes the body (gzip, br). */
export function statedLength(headers: Readonly<Record<string, string>>): number | null {
  const encoding = headers['content-encoding'] ?? 'identity'
  const length = headers['content-length']
  if (encoding !== 'identity' || length === undefined || !/^\d+$/.test(length)) return null
  return Number(length)
}

const cut = (received: number, length: number) =>
  new AppError('connection-cut', { facts: { received, length, sent: true } })
