import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Stage } from '../../../../build/named-runs.mjs'
import { startAs } from '../../../../build/session/account.mjs'
import type { Answer, Beats, Command, Delivered, Receipted } from './protocol.ts'

export type BenchApp = {
  /** Of its main process. */
  readonly pid: number
  deliver(url: string, folder: string): Promise<Delivered>
  beat(): Promise<void>
  still(): Promise<Beats>
  receipt(): Promise<Receipted>
  close(): Promise<void>
}

/** Starts the app under the bench on a profile of its own, without a window, as the session's user. */
export async function startBenchApp(
  { runtime, session, say }: Pick<Stage, 'runtime' | 'session' | 'say'>,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<BenchApp> {
  const profile = session.newFolder('profile')
  const [command = '', ...before] = [...startAs(session.account), runtime.program]
  const words = ['--ozone-platform=headless', folder, `--user-data-dir=${profile}`]
  const child = spawn(command, [...before, ...words], {
    cwd: session.newFolder('cwd'),
    env: { ...session.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  createInterface({ input: child.stderr }).on('line', line => {
    // Chromium complains of buses and screens that there are none of here; each line begins with its process.
    if (line !== '' && !/^\[\d+:/.test(line)) say(line)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()

  async function answer(): Promise<Answer> {
    for (;;) {
      const next = await Promise.race([
        lines.next(),
        ended.then(([status]) => Promise.reject(new Error(`The app ended with ${status}`))),
      ])
      if (next.done) throw new Error('The app says nothing more')
      // Chromium may have something to say too.
      if (next.value.startsWith('{')) return JSON.parse(next.value)
    }
  }

  async function ask<T extends Answer>(command: Command): Promise<T> {
    child.stdin.write(`${JSON.stringify(command)}\n`)
    return (await answer()) as T
  }

  await answer()
  if (child.pid === undefined) throw new Error('A process that answers has an id')
  return {
    pid: child.pid,
    deliver: (url, folder) => ask<Delivered>({ do: 'deliver', url, folder }),
    beat: async () => void (await ask({ do: 'beat' })),
    still: () => ask<Beats>({ do: 'still' }),
    receipt: () => ask<Receipted>({ do: 'receipt' }),
    async close() {
      child.stdin.end()
      await ended
    },
  }
}
