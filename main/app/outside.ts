import { app, nativeImage } from 'electron'
import type { Slices } from '../../preload/contract/types.ts'
import { trayView } from '../core/desktop/tray.ts'
import { trayIcon } from '../core/desktop/tray-icon.ts'
import type { Mirror } from '../core/mirror/mirror.ts'
import { installTaskbar } from './taskbar.ts'
import { installTray, type TrayActions } from './tray.ts'
import type { DeskWindow } from './window.ts'

export type OutsideParts = {
  readonly first: Slices
  readonly mirror: Pick<Mirror, 'onProgress'>
  readonly window: Pick<DeskWindow, 'current'>
  readonly tray: TrayActions
}

/**
 * What is seen of the app outside its window: the tray, and its entry in the taskbar or dock. Loaded when the window has
 * drawn, since neither is needed for that. Returns what shows a new state of the desk there.
 */
export function installOutside({ first, mirror, window, tray }: OutsideParts): (slices: Slices) => void {
  const showInTray = installTray(trayView(first), tray)
  const taskbar = installTaskbar({
    window: window.current,
    setBadge: count => app.setBadgeCount(count),
    sign: process.platform === 'win32' ? signOf() : null,
  })
  taskbar.show(first)
  mirror.onProgress(({ deliveryId, progress }) => taskbar.progress(deliveryId, progress))
  return slices => {
    showInTray(trayView(slices))
    taskbar.show(slices)
  }
}

/** Windows lays it over the icon at 16 × 16. */
function signOf(): Electron.NativeImage {
  const side = 16
  return nativeImage.createFromBitmap(Buffer.from(trayIcon('needs-you', side, false)), {
    width: side,
    height: side,
  })
}
