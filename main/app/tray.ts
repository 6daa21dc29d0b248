import { Menu, type MenuItemConstructorOptions, type NativeImage, nativeImage, Tray } from 'electron'
import type { TrayItem, TrayState, TrayView } from '../core/desktop/tray.ts'
import { trayIcon } from '../core/desktop/tray-icon.ts'

export type TrayActions = {
  readonly open: () => void
  /** Starts it at once; where something is to be decided first, the window asks. */
  readonly run: (definitionId: string) => Promise<void>
  /** Asks in the window whether to run it. */
  readonly askToRun: (definitionId: string) => void
  readonly pause: (paused: boolean) => Promise<unknown>
  readonly quit: () => Promise<void>
}

/** In points: what each system's panel is made for. */
const SIDE = process.platform === 'darwin' ? 18 : process.platform === 'win32' ? 16 : 22
const SCALES = [1, 1.25, 1.5, 2, 3]

/** Puts the icon into the tray. Returns what shows a new state of the desk there. */
export function installTray(first: TrayView, actions: TrayActions): (view: TrayView) => void {
  const tray = new Tray(imageOf(first.state))
  let shown: TrayView | null = null
  tray.on('click', actions.open)
  show(first)
  return show

  function show(view: TrayView): void {
    // A menu that is replaced closes under the pointer: only what changed is set.
    if (view.state !== shown?.state) tray.setImage(imageOf(view.state))
    if (view.toolTip !== shown?.toolTip) tray.setToolTip(view.toolTip)
    if (JSON.stringify(view.items) !== JSON.stringify(shown?.items)) {
      tray.setContextMenu(Menu.buildFromTemplate(view.items.map(item => menuItem(item, actions))))
    }
    shown = view
  }
}

function menuItem(item: TrayItem, actions: TrayActions): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'separator':
      return { type: 'separator' }
    case 'line':
      return { label: item.text, enabled: false }
    case 'definition':
      return {
        label: item.text,
        click: () => (item.atOnce ? actions.run(item.definitionId) : actions.askToRun(item.definitionId)),
      }
    case 'pause':
    case 'resume':
      return { label: item.text, click: () => actions.pause(item.kind === 'pause') }
    case 'open':
      return { label: item.text, click: () => actions.open() }
    case 'quit':
      return { label: item.text, click: () => actions.quit() }
  }
}

function imageOf(state: TrayState): NativeImage {
  const template = process.platform === 'darwin'
  const image = nativeImage.createEmpty()
  for (const scaleFactor of SCALES) {
    const size = Math.round(SIDE * scaleFactor)
    image.addRepresentation({
      scaleFactor,
      width: size,
      height: size,
      buffer: Buffer.from(trayIcon(state, size, template)),
    })
  }
  image.setTemplateImage(template)
  return image
}
