import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { commandLine } from '../../../build/cli/command-line.mjs'
import { startAs } from '../../../build/session/account.mjs'
import type { DesktopSession } from '../../../build/session/attached-session.mjs'
import type { AppUnderTest } from '../../../build/session/launch-app.mjs'

export type EndedProcess = {
  readonly exit: number | string | null
  readonly out: string
  readonly err: string
}

export type LaunchedApp = {
  readonly ended: Promise<EndedProcess>
  isOver(): boolean
  /** Ends every process of it, at once and without a word. Resolves when they are gone. */
  kill(): Promise<void>
  /** Asks it to end. */
  terminate(): Promise<EndedProcess>
}

export type AppAndSession = { readonly session: DesktopSession; readonly app: AppUnderTest }

/** Starts one command of the real app, in a process group of its own. */
export const launchCommand = (
  { session, app }: AppAndSession,
  words: readonly string[],
  stdin = '',
): LaunchedApp => {
  // No display: a command must never need one.
  const { DISPLAY: _, ...env } = session.env
  return launched(session, env, [app.program, ...commandLine(app, words)], stdin)
}

/** Starts the app with its window, on the session's own display; it goes on with whatever the profile holds. */
export const launchWindow = ({ session, app }: AppAndSession, profile: string): LaunchedApp => {
  const folder = app.folder === undefined ? [] : [app.folder]
  return launched(session, session.env, [app.program, ...folder, '--profile', profile], '')
}

function launched(
  session: DesktopSession,
  env: Readonly<Record<string, string>>,
  program: readonly string[],
  stdin: string,
): LaunchedApp {
  const [command = '', ...words] = [...startAs(session.account), ...program]
  const child = spawn(command, words, {
    cwd: session.description.folder,
    env: { ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  let over = false
  const ended = once(child, 'close').then(([exit, signal]): EndedProcess => {
    over = true
    return { exit: signal ?? exit, out, err }
  })
  return {
    ended,
    isOver: () => over,
    async kill() {
      if (!over) signalGroup(child, 'SIGKILL')
      await ended
    },
    async terminate() {
      if (!over) child.kill('SIGTERM')
      return ended
    },
  }
}

/** Of every process in it; those that ended meanwhile are none. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
