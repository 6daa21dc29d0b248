import { app, BrowserWindow, dialog, nativeTheme, screen, type WebContents } from 'electron'
import { desktop } from '../../preload/contract/text/desktop.ts'
import { minimumSize, openingBounds } from '../core/desktop/bounds.ts'
import { windowPage } from '../core/policy/navigation.ts'
import type { WindowMemory } from './window-memory.ts'

export type DeskWindow = {
  /** Opens the window, or brings the open one to the front. */
  show(): void
  /** The page of the open window, or null. */
  contents(): WebContents | null
  /** The open window, as parent of a dialog. */
  current(): BrowserWindow | null
  /** Whether something was typed in it and not saved. */
  setUnsaved(there: boolean): void
  /** Asks where something that was typed would be lost with it. */
  mayGo(): Promise<boolean>
  /** Takes the window away without asking; with it goes its renderer process. */
  destroy(): void
}

export type WindowParts = {
  readonly preload: string
  readonly memory: WindowMemory
  /** The user wants it closed: what that means is decided, and may be asked, before it goes. */
  readonly onClose: () => void
  readonly onClosed: () => void
  readonly onPageGone: (reason: string) => void
}

/**
 * Chromium says that a page hangs when it has not answered a key or a click for half a minute. After as long again
 * without a sign it is taken for lost, and with it what was typed into a form: work in main never waits for it.
 */
const HANGS_FOR_MS = 30_000

/** look.md, "ground": what is seen until the page has drawn, so that nothing flashes. */
const ground = () => (nativeTheme.shouldUseDarkColors ? '#151614' : '#FAFAF8')

/** The one window. It opens when it is first shown; while it is closed no renderer lives. */
export function installWindow(parts: WindowParts): DeskWindow {
  let window: BrowserWindow | null = null
  let unsaved = false
  // Without a listener Electron quits when the last window is closed.
  app.on('window-all-closed', () => {})

  function open(): BrowserWindow {
    unsaved = false
    const { bounds, maximized } = parts.memory.read()
    const opened = new BrowserWindow({
      ...openingBounds(
        bounds,
        screen.getAllDisplays().map(({ workArea }) => workArea),
      ),
      minWidth: minimumSize.width,
      minHeight: minimumSize.height,
      show: false,
      backgroundColor: ground(),
      autoHideMenuBar: true,
      webPreferences: {
        preload: parts.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        devTools: !app.isPackaged,
      },
    })
    if (maximized) opened.maximize()
    opened.once('ready-to-show', () => opened.show())
    opened.on('close', event => {
      event.preventDefault()
      parts.onClose()
    })
    opened.on('closed', () => {
      if (window === opened) window = null
      parts.onClosed()
    })
    opened.webContents.on('render-process-gone', (_gone, { reason }) => {
      if (window !== opened) return
      window = null
      opened.destroy()
      parts.onPageGone(reason)
    })
    let hanging: NodeJS.Timeout | undefined
    opened.on('unresponsive', () => {
      clearTimeout(hanging)
      // Goes on as any crash of a page does: written down, and opened again.
      hanging = setTimeout(() => opened.webContents.forcefullyCrashRenderer(), HANGS_FOR_MS)
    })
    opened.on('responsive', () => clearTimeout(hanging))
    opened.on('closed', () => clearTimeout(hanging))
    void opened.loadURL(windowPage).catch(() => opened.isDestroyed() || opened.show())
    return opened
  }

  function remember(closing: BrowserWindow): void {
    parts.memory.remember({ bounds: closing.getNormalBounds(), maximized: closing.isMaximized() })
  }

  return {
    show() {
      if (window === null) {
        window = open()
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    contents: () => window?.webContents ?? null,
    current: () => window,
    setUnsaved(there) {
      unsaved = there
    },
    mayGo: async () => window === null || !unsaved || userLetsGo(window),
    destroy() {
      if (window === null) return
      const going = window
      window = null
      remember(going)
      going.destroy()
    },
  }
}

/** To stay is the safe answer, and what Esc gives. */
async function userLetsGo(window: BrowserWindow): Promise<boolean> {
  const { message, detail, discard, stay } = desktop.native.unsaved
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message,
    detail,
    buttons: [stay, discard],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}
