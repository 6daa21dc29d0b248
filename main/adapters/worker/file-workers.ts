import { Worker } from 'node:worker_threads'
import type {
  ArchiveEntry,
  Extracted,
  FileWork,
  Hashed,
  WorkOptions,
} from '../../core/deliveries/file-work.ts'
import type { Answer, Ask } from '../../core/deliveries/thread-protocol.ts'
import type { InsideAnswers, InsideAsk, InsideWork } from '../../core/inside/inside-work.ts'
import { receiveIn } from './receive-in.ts'
import { createThread, type Thread } from './thread.ts'

export type FileWorkers = FileWork &
  InsideWork & {
    /** Ends the threads; what they were at fails. */
    close(): Promise<void>
  }

/** More threads than this would only wait for the disk. */
const mostThreads = 2

/**
 * The port FileWork on worker threads, each started when it is first needed, and again after it has died.
 * `file` is main/worker/index.ts as the bundler made it.
 */
export function openFileWorkers(file: string | URL): FileWorkers {
  let threads: readonly Thread[] = []

  /** The one that has least to do; a new one where all are busy and there may be more. */
  function thread(): Thread {
    threads = threads.filter(one => one.alive())
    const idle = threads.find(one => one.load() === 0)
    if (idle) return idle
    if (threads.length < mostThreads) {
      const made = createThread(new Worker(file))
      threads = [...threads, made]
      return made
    }
    return threads.reduce((least, one) => (one.load() < least.load() ? one : least))
  }

  async function ask<T extends Answer>(asked: Ask, { signal, onProgress }: WorkOptions): Promise<T> {
    const call = thread().call(asked, onProgress)
    const cancel = () => call.say({ say: 'cancel' })
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    try {
      // What is asked for decides what is answered (main/worker/serve.ts).
      return (await call.answer) as T
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }

  return {
    receive: (path, resumeAt) => receiveIn(thread().call({ kind: 'receive', path, resumeAt }, () => {})),
    survey: (archive, rules, options) =>
      ask<readonly ArchiveEntry[]>({ kind: 'survey', archive, rules }, options),
    extract: (archive, tasks, options) =>
      ask<readonly Extracted[]>({ kind: 'extract', archive, tasks }, options),
    hash: (path, options) => ask<Hashed>({ kind: 'hash', path }, options),
    inside: <W extends InsideAsk['what']>(wanted: InsideAsk & { readonly what: W }, options: WorkOptions) =>
      ask<InsideAnswers[W]>({ kind: 'inside', ask: wanted }, options),
    async close() {
      await Promise.all(threads.map(one => one.close()))
      threads = []
    },
  }
}
