import { app, dialog } from 'electron'
import { errorText } from '../../preload/contract/text/desktop.ts'
import type { Log } from '../core/ports.ts'

/**
 * Writes down every fault that nothing else caught. After an exception that nobody caught, memory may be in any state
 * and must not reach the journal: the app says so and ends. A forgotten rejection has lost one answer, no state.
 */
export function installCrash(log: Log): void {
  process.on('uncaughtException', error => {
    log.write('error', 'uncaught-exception', { error })
    const { what, safe, next } = errorText({ code: 'internal', facts: {} })
    dialog.showErrorBox(what, `${safe}\n\n${next}`)
    app.exit(1)
  })
  process.on('unhandledRejection', error => log.write('error', 'unhandled-rejection', { error }))
  app.on('child-process-gone', (_gone, { type, reason, exitCode }) =>
    log.write('warn', 'child-process-gone', { type, reason, exitCode }),
  )
}
