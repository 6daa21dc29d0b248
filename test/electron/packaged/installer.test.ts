import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DEB_FOLDER } from '../../../build/deb.mjs'
import { canMakeDeb, debFile } from '../../../build/package.mjs'
import { desktop } from '../session/desktop.ts'
import { dpkg } from '../session/dpkg.ts'

test.runIf(canMakeDeb())(
  'the Debian package lays down one folder, a command and an entry, and takes all of it away',
  () => {
    const session = desktop()
    const computer = session.newFolder('computer')
    const mine = join(computer, 'home/anna/.config/Extract Desk/desk.db')
    mkdirSync(join(mine, '..'), { recursive: true })
    writeFileSync(mine, 'history')

    dpkg(computer, '--install', debFile)
    const app = join(computer, DEB_FOLDER)
    expect(realpathSync(join(computer, 'usr/bin/extract-desk'))).toBe(realpathSync(join(app, 'extract-desk')))
    expect(statSync(join(app, 'chrome-sandbox')).mode & 0o7777).toBe(0o4755)
    const entry = readFileSync(join(computer, 'usr/share/applications/extract-desk.desktop'), 'utf8')
    const program = /^Exec=\/(.*)$/m.exec(entry)?.[1] ?? ''
    expect(statSync(join(computer, program)).mode & 0o111).toBe(0o111)
    expect(existsSync(join(computer, 'usr/share/icons/hicolor/48x48/apps/extract-desk.png'))).toBe(true)
    for (const name of ['THIRD-PARTY-NOTICES.txt', 'sbom.cdx.json']) {
      expect(existsSync(join(app, 'resources', name))).toBe(true)
    }

    dpkg(computer, '--purge', 'extract-desk')
    const left = readdirSync(computer, { recursive: true, withFileTypes: true })
      .filter(found => !found.isDirectory())
      .map(found => join(found.parentPath, found.name))
      .filter(path => !path.startsWith(join(computer, 'var/lib/dpkg')))
    expect(left).toEqual([mine])
    session.detach()
  },
)
