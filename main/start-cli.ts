/** One command of the command line, in an Electron without a window: for its network, its keychain and its power. */
import { join, resolve } from 'node:path'
import { app } from 'electron'
import { makeFolder } from './adapters/files/make-folder.ts'
import { processTerminal } from './adapters/terminal.ts'
import { prepareSession } from './app/session.ts'
import { type ExitCode, exits } from './cli/exit-codes.ts'
import { runCommandLine } from './cli/main.ts'
import type { CommandDesk } from './compose-cli.ts'
import type { OpenHistory } from './compose-history.ts'
import { startOptions } from './core/desktop/start-options.ts'
import { AppError } from './core/errors.ts'

/** The folder that the words were typed in; npm calls scripts from the checkout's own. */
const folder = process.env.EXTRACT_DESK_FOLDER ?? process.cwd()

export function startCommand(words: readonly string[]): void {
  const usual = app.getPath('userData')
  const profile = startOptions(words, folder, usual)?.profile ?? usual
  app.setPath('userData', profile)
  app.setPath('sessionData', join(profile, 'chromium'))
  prepareSession(app)
  // On macOS a program without a window has no place in the Dock either.
  if (process.platform === 'darwin') app.setActivationPolicy('prohibited')
  const interrupted = new AbortController()
  app.on('before-quit', event => {
    event.preventDefault()
    interrupted.abort(exits.terminated)
  })
  void app.whenReady().then(() => {
    // Electron takes the signals for itself until it is ready, and quits on them without a word.
    process.on('SIGINT', () => interrupted.abort(exits.interrupted))
    process.on('SIGTERM', () => interrupted.abort(exits.terminated))
    process.on('SIGHUP', () => interrupted.abort(exits.terminated))
  })

  let desk: Promise<CommandDesk> | null = null
  let history: OpenHistory | null = null
  process.on('uncaughtException', error => void fault(error).finally(() => end(exits.fault)))
  process.on('unhandledRejection', error => void fault(error))

  /** Before anything else is made in it. */
  function profileMade(): void {
    try {
      makeFolder(profile)
    } catch (cause) {
      throw new AppError('folder-not-writable', { facts: { folder: profile }, cause })
    }
  }

  async function fault(error: unknown): Promise<void> {
    const { composeLog } = await import('./compose-log.ts')
    composeLog(profile).log.write('error', 'cli.fault', { error })
  }

  void runCommandLine(words, {
    terminal: { ...processTerminal, folder: resolve(folder), platform: process.platform },
    interrupted: interrupted.signal,
    logFolder: join(profile, 'logs'),
    async open(ended) {
      profileMade()
      const [{ openCommandDesk }] = await Promise.all([import('./compose-cli.ts'), app.whenReady()])
      desk = openCommandDesk(profile, ended)
      return (await desk).open
    },
    async openHistory() {
      profileMade()
      history = (await import('./compose-history.ts')).openHistory(profile)
      return history.history
    },
    close: async () => {
      history?.close()
      await desk?.then(opened => opened.stop()).catch(() => {})
    },
    practise: async options => (await import('./serve-practice.ts')).servePractice(options),
    fault,
  })
    .catch(async error => {
      await fault(error)
      return exits.fault
    })
    .then(end)
}

/**
 * Ends with our exit code, once all that was said has left. The database is closed by then, or is to be left alone.
 *
 * `app.exit`, and `process.exit`, which is the same in Electron, take Chromium down piece by piece, and where that
 * crashes the exit code is the crash's: 139 was seen after a run whose files were delivered, and a script would have run
 * it again. Node's own end leaves all of that to the system. It asks the C library to end and not the kernel, so
 * Chromium's helpers see their pipes close and go as well. Ruled out: a signal to ourselves, whose exit code is its own.
 * On Windows nothing of this was run; there it is ended as Electron says.
 */
async function end(code: ExitCode): Promise<void> {
  await processTerminal.flushed()
  // Chromium may crash where it is ended while it still starts.
  await app.whenReady()
  if (process.platform !== 'win32') (process as NodeJS.Process & OwnEnd).reallyExit(code)
  app.exit(code)
}

/** What Node's own `process.exit` ends in. */
type OwnEnd = { reallyExit(code: number): never }
