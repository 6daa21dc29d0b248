import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Stop } from './ensure/stop.mjs'

/** Where the package lays the app, as all of its kind do that are not part of the distribution. */
export const DEB_FOLDER = 'opt/extract-desk'

/** What Electron's own binary is linked to or opens, by the names of Debian 12 and of those after it. */
const DEPENDS = [
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libsecret-1-0',
  'libxss1',
  'libxtst6',
  'xdg-utils',
]

/**
 * Makes a Debian package of the unpacked app with Debian's own tool: electron-builder would fetch another one. No script
 * runs when it is installed or removed, and what it does not bring, it does not take away.
 *
 * @param {string} app the unpacked app
 * @param {{ version: string, description: string, author: string }} about
 * @param {string} icons pictures named by their size, `48x48.png`
 * @param {string} file the package to write
 */
export function makeDeb(app, about, icons, file) {
  const tree = join(dirname(file), 'deb')
  rmSync(tree, { recursive: true, force: true })
  cpSync(app, join(tree, DEB_FOLDER), { recursive: true, verbatimSymlinks: true })
  // Chromium's sandbox where the kernel lets no ordinary user make a namespace.
  chmodSync(join(tree, DEB_FOLDER, 'chrome-sandbox'), 0o4755)
  // By this the app knows that a newer package replaces it.
  write(join(tree, DEB_FOLDER, 'resources/package-type'), 'deb\n')
  mkdirSync(join(tree, 'usr/bin'), { recursive: true })
  symlinkSync(`../../${DEB_FOLDER}/extract-desk`, join(tree, 'usr/bin/extract-desk'))
  write(join(tree, 'usr/share/applications/extract-desk.desktop'), desktopEntry(about.description))
  for (const name of readdirSync(icons).filter(icon => icon.endsWith('.png'))) {
    const folder = join(tree, 'usr/share/icons/hicolor', basename(name, '.png'), 'apps')
    mkdirSync(folder, { recursive: true })
    cpSync(join(icons, name), join(folder, 'extract-desk.png'))
  }
  write(join(tree, 'DEBIAN/control'), control(about))
  const made = spawnSync('dpkg-deb', ['--root-owner-group', '-Zzstd', '-z3', '--build', tree, file], {
    stdio: ['ignore', 2, 2],
  })
  if (made.status !== 0) throw new Stop('dpkg-deb could not make the package; its own words stand above.')
  rmSync(tree, { recursive: true })
}

/** @param {string} path @param {string} text */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** @param {string} description */
const desktopEntry = description => `[Desktop Entry]
Type=Application
Name=Extract Desk
Comment=${description}
Exec=/${DEB_FOLDER}/extract-desk-app
Icon=extract-desk
Categories=Office;Finance;
Terminal=false
`

/** @param {{ version: string, description: string, author: string }} about */
const control = ({ version, description, author }) => `Package: extract-desk
Version: ${version}
Section: misc
Priority: optional
Architecture: amd64
Maintainer: ${author} <extract-desk@localhost>
Depends: ${DEPENDS.join(', ')}
Recommends: gnome-keyring
Description: ${description}
`
