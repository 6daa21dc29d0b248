import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npmCommand } from './npm.mjs'
import { Stop } from './stop.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/**
 * Installs the packages of the lock file, unless npm's own record says that exactly these are there.
 *
 * @param {string} root the checkout
 * @param {(line: string) => void} say
 */
export function ensurePackages(root, say) {
  const lock = readLock(join(root, 'package-lock.json'))
  if (lock === undefined) throw new Stop('There is no package-lock.json that can be read.')
  if (isInstalledAsLocked(lock, readLock(join(root, 'node_modules', '.package-lock.json')))) return
  say('Installing the packages of package-lock.json')
  // Errors alone: Electron's tools ask for a newer Node than they need, and say so at length.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const npm = npmCommand(['ci', '--ignore-scripts', '--include=dev', ...quiet])
  // Its words go to standard error, where those of this script are.
  const done = spawnSync(npm.command, npm.args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) throw new Stop('npm could not install the packages; its own words stand above.')
}

/**
 * Whether npm's record of an install agrees with the lock file. npm writes that record last, so an
 * install that was cut has none. Optional packages of other platforms are rightly missing.
 *
 * @param {Lock} lock
 * @param {Lock | undefined} installed
 */
export function isInstalledAsLocked(lock, installed) {
  if (installed?.packages === undefined || lock.packages === undefined) return false
  const record = installed.packages
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '') return true
    const found = record[path]
    if (found === undefined) return wanted.optional === true
    return found.version === wanted.version && found.integrity === wanted.integrity
  })
}

/** @param {string} file @returns {Lock | undefined} */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
