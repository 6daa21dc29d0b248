import type { Worker } from 'node:worker_threads'
import {
  type Answer,
  type Ask,
  errorOf,
  type ToMain,
  type ToWorker,
} from '../../core/deliveries/thread-protocol.ts'
import type { Millis } from '../../core/time.ts'

/** `ToWorker` without the number of the call. */
export type Saying = ToWorker extends infer Message
  ? Message extends unknown
    ? Omit<Message, 'call'>
    : never
  : never

export type Call = {
  readonly answer: Promise<Answer>
  say(message: Saying, transfer?: readonly ArrayBuffer[]): void
  /** For what comes before the answer; at most one listener. */
  onMessage(listen: (message: ToMain) => void): void
}

export type Thread = {
  call(asked: Ask, onProgress: (bytes: number) => void): Call
  /** Calls that are not answered yet. */
  load(): number
  alive(): boolean
  close(): Promise<void>
}

/**
 * A thread that says nothing for so long while it owes an answer is stuck, most likely in a share that went away: file
 * calls on one never return. It is given up, and what it was at can be tried again.
 */
const longestSilence: Millis = 5 * 60_000

type Pending = {
  readonly onProgress: (bytes: number) => void
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
  listen: (message: ToMain) => void
}

export function createThread(worker: Worker): Thread {
  const pending = new Map<number, Pending>()
  let next = 1
  let alive = true
  let silence: NodeJS.Timeout | null = null

  /** An idle thread must not keep the process from ending, and a busy one must. */
  function settle(): void {
    if (silence) clearTimeout(silence)
    silence = null
    if (pending.size === 0) {
      worker.unref()
      return
    }
    worker.ref()
    silence = setTimeout(
      () => fail(Object.assign(new Error('The worker is stuck'), { code: 'ETIMEDOUT' })),
      longestSilence,
    )
    silence.unref()
  }

  function fail(error: Error): void {
    alive = false
    for (const one of pending.values()) one.reject(error)
    pending.clear()
    settle()
    void worker.terminate()
  }

  worker.on('message', (message: ToMain) => {
    const one = pending.get(message.call)
    if (!one) return
    if (message.say === 'progress') one.onProgress(message.bytes)
    else if (message.say === 'done') {
      pending.delete(message.call)
      one.resolve(message.answer)
    } else if (message.say === 'failed') {
      pending.delete(message.call)
      one.reject(errorOf(message.failure))
    }
    one.listen(message)
    settle()
  })
  worker.on('error', fail)
  worker.on('exit', code => fail(new Error(`The worker ended with ${code}`)))
  settle()

  return {
    call(ask, onProgress) {
      const call = next
      next += 1
      const answer = new Promise<Answer>((resolve, reject) => {
        pending.set(call, { onProgress, resolve, reject, listen: () => {} })
      })
      // Whoever waits hears of it; a call whose answer nobody waits for any more must not end the process.
      answer.catch(() => {})
      const say = (message: Saying, transfer: readonly ArrayBuffer[] = []) =>
        worker.postMessage({ ...message, call }, [...transfer])
      say({ say: 'ask', ask })
      settle()
      return {
        answer,
        say,
        onMessage(listen) {
          const one = pending.get(call)
          if (one) one.listen = listen
        },
      }
    },
    load: () => pending.size,
    alive: () => alive,
    async close() {
      alive = false
      for (const one of pending.values()) one.reject(new Error('The workers were closed'))
      pending.clear()
      settle()
      await worker.terminate()
    },
  }
}
