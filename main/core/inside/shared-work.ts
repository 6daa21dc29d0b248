import type { WorkOptions } from '../deliveries/file-work.ts'
import { AppError } from '../errors.ts'

/**
 * A work that several wait for. Were it bound to the one that began it, cancelling that one would end it for all.
 *
 *   idle ──join──► running ──(the last one left: aborted)──► idle
 *                     └───────(done, or it failed)─────────► idle
 */
export type SharedWork<T> = {
  readonly isRunning: () => boolean
  /** Waits for what is under way, or begins it. Who leaves by his signal gets `cancelled`; the others wait on. */
  readonly join: (options: WorkOptions, begin: (options: WorkOptions) => Promise<T>) => Promise<T>
}

type Running<T> = {
  readonly abort: AbortController
  readonly result: Promise<T>
  readonly waiting: Set<WorkOptions>
  /** Bytes that were worked on so far: told at once to who comes later. */
  readonly done: () => number
}

export function createSharedWork<T>(): SharedWork<T> {
  let running: Running<T> | null = null

  function start(begin: (options: WorkOptions) => Promise<T>): Running<T> {
    const abort = new AbortController()
    const waiting = new Set<WorkOptions>()
    let done = 0
    const onProgress = (bytes: number) => {
      done += bytes
      for (const one of waiting) one.onProgress(bytes)
    }
    const result = begin({ signal: abort.signal, onProgress }).finally(() => forget(begun))
    const begun: Running<T> = { abort, result, waiting, done: () => done }
    return begun
  }
  function forget(one: Running<T>): void {
    if (running === one) running = null
  }

  async function join(options: WorkOptions, begin: (options: WorkOptions) => Promise<T>): Promise<T> {
    const { signal, onProgress } = options
    if (signal.aborted) throw new AppError('cancelled')
    running ??= start(begin)
    const joined = running
    joined.waiting.add(options)
    if (joined.done() > 0) onProgress(joined.done())
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        joined.waiting.delete(options)
        if (joined.waiting.size > 0) return reject(new AppError('cancelled'))
        // The last one waits until nothing is under way any more; whoever comes meanwhile begins anew.
        forget(joined)
        joined.abort.abort()
      }
      signal.addEventListener('abort', leave, { once: true })
      joined.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
    })
  }

  return { isRunning: () => running !== null, join }
}
