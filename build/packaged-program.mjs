import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where `npm run package` puts the program of this platform.
 *
 * @param {string} root the checkout
 * @returns {{ folder: string, program: string, command: string }} the app's folder, and inside it the program and the
 *   command line's launcher
 */
export function packagedProgram(root) {
  const release = join(root, 'release')
  if (process.platform === 'win32')
    return { folder: join(release, 'win-unpacked'), program: 'Extract Desk.exe', command: 'extract-desk.cmd' }
  if (process.platform === 'darwin') {
    const folder =
      ['mac', 'mac-arm64'].map(name => join(release, name)).find(existsSync) ?? join(release, 'mac')
    const contents = join('Extract Desk.app', 'Contents')
    return {
      folder,
      program: join(contents, 'MacOS', 'Extract Desk'),
      command: join(contents, 'Resources', 'extract-desk'),
    }
  }
  return { folder: join(release, 'linux-unpacked'), program: 'extract-desk-app', command: 'extract-desk' }
}
