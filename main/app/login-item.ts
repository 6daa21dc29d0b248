import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'
import { autostartEntry } from '../core/desktop/autostart-entry.ts'
import { hiddenWord } from '../core/desktop/start-options.ts'

/**
 * Returns what has the system start the app at sign-in, in the tray, or no longer. Does nothing for a checkout: the
 * entry would outlive it.
 */
export function installLoginItem(profile: string): (startAtLogin: boolean) => void {
  const words = [hiddenWord, `--profile=${profile}`]
  // Off at first: what another profile has set is not taken away by this one.
  let applied = false
  return startAtLogin => {
    if (!app.isPackaged || startAtLogin === applied) return
    applied = startAtLogin
    if (process.platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: startAtLogin, args: words })
      return
    }
    const folder = join(app.getPath('appData'), 'autostart')
    const file = join(folder, 'extract-desk.desktop')
    if (!startAtLogin) {
      rmSync(file, { force: true })
      return
    }
    mkdirSync(folder, { recursive: true })
    // An AppImage runs from a mount point that is another one each time; it names its file here.
    const program = process.env.APPIMAGE ?? process.execPath
    writeFileSync(file, autostartEntry(app.name, [program, ...words]))
  }
}
