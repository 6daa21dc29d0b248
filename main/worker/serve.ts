import type { FileWork, Receiving, WorkOptions } from '../core/deliveries/file-work.ts'
import {
  type Answer,
  type Ask,
  failureOf,
  type ToMain,
  type ToWorker,
} from '../core/deliveries/thread-protocol.ts'

/** Progress is said when so many bytes were worked on: often enough for a bar, seldom enough to cost nothing. */
const progressEvery = 4 * 1024 * 1024

type Call = {
  readonly abort: AbortController
  /** What a download is written to; null for other calls. */
  readonly opened: Promise<Receiving> | null
  /** Pieces are written one after the other; it fails with the first that could not be. */
  written: Promise<void>
}

/** The worker's side: does what main asks for, several things side by side, and sends what came of them. */
export function serve(work: FileWork, send: (message: ToMain, transfer: readonly ArrayBuffer[]) => void) {
  const calls = new Map<number, Call>()

  function options(call: number, signal: AbortSignal): WorkOptions {
    let unsaid = 0
    return {
      signal,
      onProgress(bytes) {
        unsaid += bytes
        if (unsaid < progressEvery) return
        send({ call, say: 'progress', bytes: unsaid }, [])
        unsaid = 0
      },
    }
  }

  async function answer(call: number, work: () => Promise<Answer>): Promise<void> {
    try {
      send({ call, say: 'done', answer: await work() }, [])
    } catch (error) {
      send({ call, say: 'failed', failure: failureOf(error) }, [])
    } finally {
      calls.delete(call)
    }
  }

  function ask(call: number, asked: Ask): void {
    const abort = new AbortController()
    const opened = asked.kind === 'receive' ? work.receive(asked.path, asked.resumeAt) : null
    calls.set(call, { abort, opened, written: Promise.resolve() })
    const working = options(call, abort.signal)
    switch (asked.kind) {
      case 'survey':
        void answer(call, () => work.survey(asked.archive, asked.rules, working))
        break
      case 'extract':
        void answer(call, () => work.extract(asked.archive, asked.tasks, working))
        break
      case 'hash':
        void answer(call, () => work.hash(asked.path, working))
        break
      case 'inside':
        void answer(call, async () => {
          const { lookInside } = await import('./inside/inside.ts')
          return lookInside(asked.ask, working)
        })
        break
      case 'receive':
        opened?.then(
          () => send({ call, say: 'ready' }, []),
          (error: unknown) => {
            calls.delete(call)
            send({ call, say: 'failed', failure: failureOf(error) }, [])
          },
        )
    }
  }

  function take(
    call: number,
    one: Call,
    opened: Promise<Receiving>,
    buffer: ArrayBuffer,
    bytes: number,
  ): void {
    one.written = one.written.then(async () => (await opened).write(new Uint8Array(buffer, 0, bytes)))
    one.written.then(
      () => send({ call, say: 'taken', buffer }, [buffer]),
      (error: unknown) => send({ call, say: 'not-taken', failure: failureOf(error) }, []),
    )
  }

  return (message: ToWorker): void => {
    const { call } = message
    if (message.say === 'ask') ask(call, message.ask)
    const one = calls.get(call)
    if (message.say === 'cancel') one?.abort.abort()
    const { opened } = one ?? {}
    if (!one || !opened) return
    if (message.say === 'piece') take(call, one, opened, message.buffer, message.bytes)
    if (message.say === 'finish') {
      void answer(call, async () => {
        await one.written
        return (await opened).finish()
      })
    }
    if (message.say === 'leave') {
      void answer(call, async () => {
        await one.written.catch(() => {})
        return (await opened).leave()
      })
    }
  }
}
