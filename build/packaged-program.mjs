import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where `npm run package` puts the program of this platform.
 *
 * @param {string} root the checkout
 * @returns {{ folder: string, program: string }} the app's folder, and the program's path inside it
 */
export function packagedProgram(root) {
  const release = join(root, 'release')
  if (process.platform === 'win32')
    return { folder: join(release, 'win-unpacked'), program: 'Extract Desk.exe' }
  if (process.platform === 'darwin') {
    const folder =
      ['mac', 'mac-arm64'].map(name => join(release, name)).find(existsSync) ?? join(release, 'mac')
    return { folder, program: join('Extract Desk.app', 'Contents', 'MacOS', 'Extract Desk') }
  }
  return { folder: join(release, 'linux-unpacked'), program: 'extract-desk' }
}
