import { dialog } from 'electron'
import { desktop } from '../../preload/contract/text/index.ts'
import type { Settings } from '../../preload/contract/types.ts'
import { onClose } from '../core/desktop/closing.ts'
import type { DeskWindow } from './window.ts'
import type { WindowMemory } from './window-memory.ts'

export type ClosingParts = {
  readonly window: DeskWindow
  readonly memory: WindowMemory
  /** Null while the profile is not open. */
  readonly settings: () => Settings | null
  readonly keepInTray: (keep: boolean) => Promise<unknown>
  readonly quit: () => Promise<void>
}

/** What happens when the user closes the window. Returns whether it may go at once. */
export function installClosing({ window, memory, settings, keepInTray, quit }: ClosingParts): () => boolean {
  let asking = false

  async function ask(): Promise<void> {
    const parent = window.current()
    if (parent === null || asking) return
    asking = true
    const { message, detail, keep, quit: quitWord } = desktop.native.firstClose
    const { response } = await dialog
      .showMessageBox(parent, {
        type: 'question',
        message,
        detail,
        buttons: [keep, quitWord],
        defaultId: 0,
        cancelId: 2,
      })
      .finally(() => {
        asking = false
      })
    // Escape: the question stays open, and so does the window.
    if (response > 1) return
    memory.remember({ askedAboutClosing: true })
    await keepInTray(response === 0)
    if (response === 0) window.destroy()
    else await quit()
  }

  return () => {
    const choice = onClose(settings(), memory.read().askedAboutClosing)
    if (choice === 'ask') void ask()
    if (choice === 'quit') void quit()
    return choice === 'keep'
  }
}
