import { chmodSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/**
 * Where downloaded runtimes are kept: outside the checkout and node_modules, so that a fresh clone
 * or `npm ci` does not fetch them again. Root's home is closed to the ordinary user that the app
 * runs as in tests; /var/cache is not.
 *
 * @param {{ platform: NodeJS.Platform, uid: number | undefined, env: NodeJS.ProcessEnv, home: string }} machine
 * @returns {string} an absolute folder; not yet made
 */
export function cacheDirFor({ platform, uid, env, home }) {
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'extract-desk', 'cache')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'extract-desk')
  if (uid === 0) return '/var/cache/extract-desk'
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'extract-desk')
}

/**
 * Makes the cache folder of this machine, readable by everybody.
 *
 * @returns {string} its absolute path
 */
export function openCacheDir() {
  const folder = cacheDirFor({
    platform: process.platform,
    uid: process.getuid?.(),
    env: process.env,
    home: homedir(),
  })
  mkdirSync(folder, { recursive: true })
  if (process.platform !== 'win32') chmodSync(folder, 0o755)
  return folder
}
