import { join } from 'node:path'
import { app, dialog } from 'electron'
import { errorText } from '../../preload/contract/text/desktop.ts'
import type { Place, Settings, Slices } from '../../preload/contract/types.ts'
import { followLatest } from '../core/desktop/latest.ts'
import type { Native } from '../core/desktop/native.ts'
import { createPlaces, type Places } from '../core/desktop/places.ts'
import { mayReopen } from '../core/desktop/window-life.ts'
import type { Mirror } from '../core/mirror/mirror.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { Instant } from '../core/time.ts'
import { installClosing } from './closing.ts'
import { installLoginItem } from './login-item.ts'
import { installMenu } from './menu.ts'
import { installNative } from './native.ts'
import { installQuit } from './quit.ts'
import { installSecondInstance } from './second-instance.ts'
import { installTheme } from './theme.ts'
import { type DeskWindow, installWindow } from './window.ts'
import { installWindowMemory } from './window-memory.ts'

/** What the shell needs of the desk once that is open. */
export type OpenDesk = {
  readonly mirror: Mirror
  readonly logFolder: string
  changeSettings(patch: Partial<Settings>): Promise<unknown>
  /** Runs a favourite, or has the window ask (core/desktop/favourites.ts). */
  runFavourite(definitionId: string): Promise<void>
  /** `byUser`: not the computer, which signs out or shuts down. */
  stop(byUser: boolean): Promise<void>
  /** Once it has stopped: what the user quit for, or what was ready. Never rejects. */
  installUpdate(): Promise<void>
  /** Nobody looks any more. */
  windowGone(): void
}

export type Shell = {
  readonly window: DeskWindow
  readonly places: Places
  readonly native: Native
  /** The user's own Quit. */
  readonly quit: () => Promise<void>
  /** Tray, theme and close button follow the desk from when it is open. Rejects where it cannot be opened. */
  attach(desk: Promise<OpenDesk>): Promise<void>
}

export type ShellParts = {
  readonly profile: string
  readonly hidden: boolean
  readonly clock: Clock
  readonly log: Log
  readonly publishPlace: (place: Place) => void
}

/** The tray takes some 50 ms that the window's first frame should have. If the page never says it is ready, it comes anyway. */
const TRAY_AT_THE_LATEST_MS = 3_000

/** Everything a person sees of the app but the page: made at once, brought to life when the desk is open. */
export function installShell({ profile, hidden, clock, log, publishPlace }: ShellParts): Shell {
  let desk: OpenDesk | null = null
  let latest: (() => Slices) | null = null
  let showOutside: (slices: Slices) => void = () => {}
  const crashes: Instant[] = []
  const opened = gate()
  const interactive = gate()

  const memory = installWindowMemory(profile)
  const setTheme = installTheme(memory)
  const setLoginItem = installLoginItem(profile)
  const window = installWindow({
    preload: join(app.getAppPath(), 'dist', 'preload', 'index.cjs'),
    memory,
    onClose: () => void close().catch(error => log.write('error', 'close-failed', { error })),
    onPageGone,
    onClosed() {
      places.windowGone()
      desk?.windowGone()
    },
  })
  const places = createPlaces(window.show, publishPlace)
  const native = installNative(window)
  const quit = installQuit({
    window,
    running: () => latest?.().activity.running.length ?? 0,
    stop: async byUser => desk?.stop(byUser),
    installUpdate: async () => desk?.installUpdate(),
  })
  const close = installClosing({
    window,
    memory,
    settings: async () => {
      await opened.passed
      return latest?.().settings ?? null
    },
    keepInTray: async closeToTray => desk?.changeSettings({ closeToTray }),
    quit,
  })
  installMenu({
    open: places.open,
    showLogs: () => {
      if (desk !== null)
        native.openFolder(desk.logFolder).catch(error => log.write('warn', 'show-logs', { error }))
    },
    quit,
  })
  installSecondInstance(window.show)
  if (hidden) interactive.pass()
  else setTimeout(interactive.pass, TRAY_AT_THE_LATEST_MS)

  function onPageGone(reason: string): void {
    const now = clock.now()
    log.write('error', 'page-gone', { reason })
    if (mayReopen(crashes, now)) window.show()
    else {
      const { what, safe, next } = errorText({ code: 'internal', facts: {} })
      dialog.showErrorBox(what, `${safe}\n\n${next}`)
    }
    crashes.push(now)
  }

  function follow(slices: Slices): void {
    setTheme(slices.settings.theme)
    setLoginItem(slices.settings.startAtLogin)
    showOutside(slices)
  }

  return {
    window,
    native,
    quit,
    places: {
      ...places,
      windowReady() {
        places.windowReady()
        interactive.pass()
      },
    },
    async attach(opening) {
      try {
        desk = await opening
        latest = await followLatest(desk.mirror, follow)
      } finally {
        opened.pass()
      }
      const { changeSettings, mirror, runFavourite } = desk
      await interactive.passed
      const { installOutside } = await import('./outside.ts')
      const askToRun = (definitionId: string) => places.open({ screen: 'run', definitionId })
      showOutside = installOutside({
        first: latest(),
        mirror,
        window,
        tray: {
          open: window.show,
          askToRun,
          run: id =>
            runFavourite(id).catch(error => {
              // The window says why it cannot be started, in words that a menu has no room for.
              log.write('warn', 'favourite-failed', { error })
              askToRun(id)
            }),
          pause: paused =>
            changeSettings({ paused }).catch(error => log.write('error', 'pause-failed', { error })),
          quit,
        },
      })
    },
  }
}

/** Something that others wait for, and that happens once. */
function gate(): { readonly passed: Promise<void>; readonly pass: () => void } {
  let pass = () => {}
  const passed = new Promise<void>(resolve => {
    pass = resolve
  })
  return { passed, pass: () => pass() }
}
