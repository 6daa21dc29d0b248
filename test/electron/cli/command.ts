import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { commandLine } from '../../../build/cli/command-line.mjs'
import { startAs } from '../../../build/session/account.mjs'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import type { AppUnderTest } from '../../../build/session/launch-app.mjs'
import { typed } from '../session/typed-secrets.ts'

export type Ended = {
  /** A signal's name where one ended it. */
  readonly exit: number | string | null
  readonly out: string
  readonly err: string
}
export type Running = {
  readonly child: ChildProcess
  /** The first line on standard output. */
  line(): Promise<string>
  readonly ended: Promise<Ended>
}

/** How a command is started: Electron with the words of build/cli, or the packaged app's launcher. */
export type Program = { readonly app: AppUnderTest } | { readonly launcher: string }

export function start(
  session: DesktopSession,
  program: Program,
  words: readonly string[],
  stdin = '',
  more: Readonly<Record<string, string>> = {},
): Running {
  // A command reads nothing but secrets there.
  if (stdin !== '') typed(session.description.folder, JSON.parse(stdin))
  const started =
    'app' in program
      ? [program.app.program, ...commandLine(program.app, words)]
      : [program.launcher, ...words]
  const [command = '', ...args] = [...startAs(session.account), ...started]
  // No display: a command must never need one.
  const { DISPLAY: _, ...env } = session.env
  const child = spawn(command, args, {
    cwd: session.description.folder,
    env: { ...env, ...more },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text
  })
  child.stdin.end(stdin)
  const ended = once(child, 'close').then(([exit, signal]): Ended => ({ exit: signal ?? exit, out, err }))
  return {
    child,
    ended,
    async line() {
      while (!out.includes('\n')) {
        const over = await Promise.race([once(child.stdout, 'data'), ended])
        if (!Array.isArray(over)) throw new Error(`It ended with ${over.exit}: ${over.err}`)
      }
      return out.slice(0, out.indexOf('\n'))
    },
  }
}
