import { app } from 'electron'

/**
 * A second start of the app, or a click on its dock icon, shows the window of the first. On a desktop without a tray
 * this is the way back after the window was closed.
 */
export function installSecondInstance(show: () => void): void {
  app.on('second-instance', show)
  app.on('activate', show)
}
