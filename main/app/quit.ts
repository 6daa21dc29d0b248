import { app, dialog } from 'electron'
import { desktop } from '../../preload/contract/text/desktop.ts'
import type { DeskWindow } from './window.ts'

export type QuitParts = {
  readonly window: DeskWindow
  /** How many jobs and deliveries are under way. */
  readonly running: () => number
  /** Takes no new work, lets what runs come to a safe point, and closes the database. */
  readonly stop: (byUser: boolean) => Promise<void>
  /** After that; it takes the time that it takes, and may ask for the administrator's password. */
  readonly installUpdate: () => Promise<void>
}

/** `letGo`: the user has said already that what was typed and not saved may be lost. */
export type Quit = (said?: { readonly letGo: boolean }) => Promise<void>

/** What runs gets so long to come to a safe point; after that the journal knows where to go on. */
const STOP_WITHIN_MS = 5_000

/**
 * Ends the app in order, whoever asks: the menu, the tray, the system at sign-out, a signal. The returned function is
 * for the user's own Quit, which says once what is under way; the system's is not held up by a question.
 */
export function installQuit({ window, running, stop, installUpdate }: QuitParts): Quit {
  let stopping = false
  let byUser = false
  app.on('before-quit', event => {
    event.preventDefault()
    if (stopping) return
    stopping = true
    window.destroy()
    const late = new Promise<'late'>(resolve => setTimeout(resolve, STOP_WITHIN_MS, 'late'))
    const stopped = Promise.race([stop(byUser), late])
    // What was cut short goes on at the next start, by the version that began it.
    void stopped.then(how => (how === 'late' ? undefined : installUpdate())).finally(() => app.exit(0))
  })

  return async said => {
    if (!said?.letGo && !(await window.mayGo())) return
    if (running() > 0 && !(await userIsSure(window, running()))) return
    byUser = true
    app.quit()
  }
}

async function userIsSure(window: DeskWindow, running: number): Promise<boolean> {
  const { message, detail, quit, stay } = desktop.native.quitWhileWorking(running)
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message,
    detail,
    buttons: [quit, stay],
    defaultId: 0,
    cancelId: 1,
  }
  const parent = window.current()
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options))
  return response === 0
}
