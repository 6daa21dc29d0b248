import type { Readable } from 'node:stream'

type Waiting = { readonly take: (piece: Buffer | null) => void; readonly fail: (error: unknown) => void }

/**
 * Reads a stream piece by piece as they came, each when it is asked for; null: it has ended. The stream's own iterator
 * joins all that is buffered into a new buffer at each step, which took the main thread as long as receiving did.
 * To be asked for one piece at a time.
 */
export function piecesOf(stream: Readable): () => Promise<Buffer | null> {
  const ready: Buffer[] = []
  let ended = false
  let failure: { readonly error: unknown } | null = null
  let waiting: Waiting | null = null

  function settle(): void {
    if (!waiting) return
    const { take, fail } = waiting
    const piece = ready.shift()
    if (piece === undefined && !ended && !failure) return
    waiting = null
    if (piece !== undefined) take(piece)
    else if (failure) fail(failure.error)
    else take(null)
  }
  const failed = (error: unknown) => {
    failure ??= { error }
    settle()
  }

  // It flows only from one question to its answer.
  stream.pause()
  stream.on('data', (piece: Buffer) => {
    stream.pause()
    ready.push(piece)
    settle()
  })
  stream.on('end', () => {
    ended = true
    settle()
  })
  stream.on('error', failed)
  stream.on('close', () => {
    if (!ended) failed(new Error('The stream was closed before its end'))
  })

  return () =>
    new Promise((take, fail) => {
      waiting = { take, fail }
      settle()
      if (waiting) stream.resume()
    })
}
