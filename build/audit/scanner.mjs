import { fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensurePackages } from '../ensure/packages.mjs'
import { openCacheDir } from '../runtime/cache-dir.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * Checks that ask the network; they are not run, and docs/security.md names them. What they would say of Electron's
 * own version, the audit of the packages says as far as the registry answers.
 */
export const NOT_RUN = ['AvailableSecurityFixesGlobalCheck']

/**
 * What was found: the check, the file below the folder that was scanned (`N/A`: the app as a whole), and the place.
 *
 * @typedef {{ check: string, file: string, line: number, column: number }} Finding
 * @typedef {{
 *   checks: number,
 *   findings: Finding[],
 *   unread: { file: string, message: string }[],
 *   asked: string[],
 * }} Scan `checks`: how many ran; `unread`: files that it could not parse; `asked`: addresses that it asked for in vain
 */

/**
 * Electronegativity as its own lock file has it, in the cache folder of this machine: its packages are old, and are to
 * be neither in the app's bill nor among what its developers run otherwise. Installed once for each lock file.
 *
 * @param {(line: string) => void} say
 * @returns {string} the folder with its `node_modules`
 */
export function ensureScanner(say) {
  const lock = readFileSync(join(here, 'package-lock.json'))
  const stamp = createHash('sha256').update(lock).digest('hex').slice(0, 12)
  const folder = join(openCacheDir(), `audit-${stamp}`)
  if (existsSync(folder)) return folder
  // Made beside it: an install that was cut, or another that runs at once, never looks like a whole one.
  const made = mkdtempSync(`${folder}-`)
  try {
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(here, name), join(made, name))
    ensurePackages(made, line => say(`${line} of the audit`))
    if (!existsSync(folder)) renameSync(made, folder)
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
  return folder
}

/**
 * Scans a folder in a process of its own, since the scanner puts names into the global scope and talks.
 *
 * @param {string} scanner as `ensureScanner` gave it
 * @param {string} folder JavaScript of 2019 at most, HTML, and a package.json
 * @returns {Promise<Scan>}
 */
export function scan(scanner, folder) {
  const child = fork(join(here, 'scan-process.mjs'), [scanner, folder, ...NOT_RUN], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', result => resolve(/** @type {Scan} */ (result)))
    child.once('error', reject)
    child.once('close', status => reject(new Error(`The scanner ended with ${status} and said nothing.`)))
  })
}
