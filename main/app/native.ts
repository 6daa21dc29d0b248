import { dialog, shell } from 'electron'
import { desktop } from '../../preload/contract/text/desktop.ts'
import type { Native } from '../core/desktop/native.ts'
import { AppError } from '../core/errors.ts'
import type { DeskWindow } from './window.ts'

/** What only the desktop can do for the window: the folder picker, and the file manager. */
export function installNative(window: DeskWindow): Native {
  return {
    async chooseFolder(startIn) {
      const parent = window.current()
      const { title, button } = desktop.native.chooseFolder
      const options: Electron.OpenDialogOptions = {
        title,
        buttonLabel: button,
        properties: ['openDirectory', 'createDirectory'],
        ...(startIn === null ? {} : { defaultPath: startIn }),
      }
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options))
      return canceled ? null : (filePaths[0] ?? null)
    },
    showInFolder: path => shell.showItemInFolder(path),
    async openFolder(path) {
      const failure = await shell.openPath(path)
      if (failure !== '') throw new AppError('folder-missing', { facts: { folder: path }, said: failure })
    },
  }
}
