import { app, Menu, type MenuItemConstructorOptions } from 'electron'
import { desktop } from '../../preload/contract/text/desktop.ts'
import type { Place } from '../../preload/contract/types.ts'

export type MenuActions = {
  readonly open: (place: Place) => void
  readonly showLogs: () => void
  readonly quit: () => Promise<void>
}

/** The application's menu: the system's own entries and keys, and the screens. */
export function installMenu({ open, showLogs, quit }: MenuActions): void {
  const { native } = desktop
  const words = native.menu
  const mac = process.platform === 'darwin'
  const settings: MenuItemConstructorOptions = {
    label: words.settings,
    accelerator: 'CmdOrCtrl+,',
    click: () => open({ screen: 'settings' }),
  }
  // Not the role: that one asks nobody whether work is under way.
  const quitItem: MenuItemConstructorOptions = {
    label: mac ? `${native.firstClose.quit} ${app.name}` : native.firstClose.quit,
    accelerator: 'CmdOrCtrl+Q',
    click: () => quit(),
  }
  const screens = (['today', 'extracts', 'history', 'schedules', 'connections'] as const).map(
    (screen, n): MenuItemConstructorOptions => ({
      label: words[screen],
      accelerator: `CmdOrCtrl+${n + 1}`,
      click: () => open({ screen }),
    }),
  )
  const tools: readonly MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]

  const template: MenuItemConstructorOptions[] = [
    ...(mac ? [appMenu(settings, quitItem)] : []),
    { label: words.file, submenu: mac ? [{ role: 'close' }] : [settings, { role: 'close' }, quitItem] },
    { label: words.edit, role: 'editMenu' },
    {
      label: words.view,
      submenu: [
        ...screens,
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...tools,
      ],
    },
    { label: words.window, role: 'windowMenu' },
    { label: words.help, role: 'help', submenu: [{ label: words.showLogs, click: showLogs }] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

const appMenu = (
  settings: MenuItemConstructorOptions,
  quit: MenuItemConstructorOptions,
): MenuItemConstructorOptions => ({
  label: app.name,
  submenu: [
    { role: 'about' },
    { type: 'separator' },
    settings,
    { type: 'separator' },
    { role: 'services' },
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
    quit,
  ],
})
