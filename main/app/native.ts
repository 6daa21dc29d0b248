import { open, rename, rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { app, dialog, shell } from 'electron'
import { desktop } from '../../preload/contract/text/desktop.ts'
import type { Native } from '../core/desktop/native.ts'
import { AppError } from '../core/errors.ts'
import type { DeskWindow } from './window.ts'

/** What only the desktop can do for the window: the folder picker, and the file manager. */
export function installNative(window: DeskWindow): Native {
  async function chooseFile(
    { title, button, kind }: { readonly title: string; readonly button: string; readonly kind: string },
    extensions: string[],
  ): Promise<string | null> {
    const parent = window.current()
    const options: Electron.OpenDialogOptions = {
      title,
      buttonLabel: button,
      properties: ['openFile'],
      filters: [{ name: kind, extensions }],
    }
    const { canceled, filePaths } = await (parent === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(parent, options))
    return canceled ? null : (filePaths[0] ?? null)
  }

  async function chooseSaved(
    name: string,
    { title, button }: { readonly title: string; readonly button: string },
  ): Promise<string | null> {
    const parent = window.current()
    const extension = extname(name).slice(1)
    const options: Electron.SaveDialogOptions = {
      title,
      buttonLabel: button,
      defaultPath: join(app.getPath('documents'), name),
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    }
    const { canceled, filePath } = await (parent === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(parent, options))
    return canceled || !filePath ? null : filePath
  }

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
    async readJson() {
      const path = await chooseFile(desktop.native.readJson, ['json'])
      return path === null ? null : { path, value: jsonIn(await readText(path, largestJson)) }
    },
    async readCalendar() {
      const path = await chooseFile(desktop.native.readCalendar, ['ics', 'ical'])
      return path === null ? null : readText(path, largestCalendar)
    },
    async saveFile(name, bytes) {
      const filePath = await chooseSaved(name, desktop.native.saveFile)
      if (filePath === null) return null
      await writeWhole(filePath, await bytes())
      return filePath
    },
    chooseCopy: name => chooseSaved(name, desktop.native.saveCopy),
    showInFolder: path => shell.showItemInFolder(path),
    async openFolder(path) {
      const failure = await shell.openPath(path)
      if (failure !== '') throw new AppError('folder-missing', { facts: { folder: path }, said: failure })
    },
  }
}

/** As much as a call of the page may carry: it comes back through there when it is added. */
const largestJson = 500_000

/** Ten years of a country's holidays are some 100 kB. */
const largestCalendar = 5_000_000

async function readText(path: string, largest: number): Promise<string> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw new AppError('not-found', { facts: { path }, cause })
  })
  try {
    if ((await handle.stat()).size > largest) throw new AppError('too-large', { facts: { path } })
    // Windows' own editor begins a file with a byte order mark, which is neither JSON nor a calendar.
    return (await handle.readFile('utf8')).replace(/^\uFEFF/, '')
  } finally {
    await handle.close()
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad-input', { facts: { field: 'file' }, cause })
  }
}

/** What is there is replaced only by a whole file: the user has said yes to that, not to losing both. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.part`
  try {
    const handle = await open(draft, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw new AppError('not-written', { facts: { path }, cause: error })
  }
}
