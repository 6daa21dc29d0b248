import { app, dialog } from 'electron'
import { desktop, errorText } from '../../preload/contract/text/desktop.ts'
import type { Log } from '../core/ports.ts'

/**
 * Writes down every fault that nothing else caught. After an exception that nobody caught, memory may be in any state
 * and must not reach the journal: the app says so and ends, and starts again if that is wanted: what it was at stands
 * in the journal. The question is asked without letting anything else run. A forgotten rejection has lost one answer,
 * no state.
 */
export function installCrash(log: Log, logFolder: string): void {
  process.on('uncaughtException', error => {
    log.write('error', 'uncaught-exception', { error })
    const { what, safe, next } = errorText({ code: 'internal', facts: {} })
    const { restart, quit, written } = desktop.native.crashed
    const chosen = dialog.showMessageBoxSync({
      type: 'error',
      message: what,
      detail: `${safe}\n\n${next}\n\n${written(logFolder)}`,
      buttons: [restart, quit],
      defaultId: 0,
      cancelId: 1,
    })
    if (chosen === 0) app.relaunch()
    app.exit(1)
  })
  process.on('unhandledRejection', error => log.write('error', 'unhandled-rejection', { error }))
  app.on('child-process-gone', (_gone, { type, reason, exitCode }) =>
    log.write('warn', 'child-process-gone', { type, reason, exitCode }),
  )
}
