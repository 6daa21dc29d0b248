import { dialog } from 'electron'
import { desktop } from '../../preload/contract/text/desktop.ts'
import type { Settings } from '../../preload/contract/types.ts'
import { onClose } from '../core/desktop/window-life.ts'
import type { Quit } from './quit.ts'
import type { DeskWindow } from './window.ts'
import type { WindowMemory } from './window-memory.ts'

export type ClosingParts = {
  readonly window: DeskWindow
  readonly memory: WindowMemory
  /** Waits until the profile is open; null where it cannot be opened. */
  readonly settings: () => Promise<Settings | null>
  readonly keepInTray: (keep: boolean) => Promise<unknown>
  readonly quit: Quit
}

/** What happens when the user closes the window: first what would be lost with it, then what closing means. */
export function installClosing(parts: ClosingParts): () => Promise<void> {
  const { window, memory, settings, keepInTray, quit } = parts
  let deciding = false

  async function decide(): Promise<void> {
    if (!(await window.mayGo())) return
    const known = await settings()
    const choice = onClose(known, memory.read().askedAboutClosing)
    const answer = choice === 'ask' ? await ask(window) : choice
    if (choice === 'ask' && answer !== null) {
      memory.remember({ askedAboutClosing: true })
      await keepInTray(answer === 'keep')
    }
    if (answer === 'keep') window.destroy()
    if (answer === 'quit') await quit({ letGo: true })
  }

  return async () => {
    if (deciding) return
    deciding = true
    try {
      await decide()
    } finally {
      deciding = false
    }
  }
}

/** Null where the question was not answered: the window stays, and it is asked again. */
async function ask(window: DeskWindow): Promise<'keep' | 'quit' | null> {
  const { message, detail, keep, quit } = desktop.native.firstClose
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message,
    detail,
    buttons: [keep, quit],
    defaultId: 0,
    cancelId: 2,
  }
  const parent = window.current()
  if (parent === null) return null
  const { response } = await dialog.showMessageBox(parent, options)
  return (['keep', 'quit'] as const)[response] ?? null
}
