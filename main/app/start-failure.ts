import { app, dialog, shell } from 'electron'
import { desktop, errorText } from '../../preload/contract/text/desktop.ts'
import { errorView } from '../core/errors.ts'
import type { Log } from '../core/ports.ts'

/**
 * Says why the profile could not be opened (it is damaged, locked, or was written by a newer version), what is safe
 * and what to do; then ends. Nothing of it was written: only people decide what becomes of a profile.
 */
export function installStartFailure(profile: string, log: Log): (error: unknown) => Promise<void> {
  return async error => {
    log.write('error', 'start-failed', { error })
    const { what, safe, next } = errorText(errorView(error))
    const { showFolder, quit } = desktop.native.startFailed
    // Whoever quits meanwhile (the system at sign-out, a signal) has not answered it: a native dialog that is still open
    // while Chromium is taken down may hold that up.
    const quitting = new AbortController()
    app.once('before-quit', () => quitting.abort())
    const { response } = await dialog.showMessageBox({
      signal: quitting.signal,
      type: 'error',
      message: what,
      detail: `${safe}\n\n${next}\n\n${profile}`,
      buttons: [quit, showFolder],
      defaultId: 0,
      cancelId: 0,
    })
    if (quitting.signal.aborted) return
    if (response === 1) await shell.openPath(profile)
    app.exit(12)
  }
}
