import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { unzip } from './unzip.mjs'

const require = createRequire(import.meta.url)

// The time until something must have arrived, and again between two pieces; not the whole download's.
const STALLED_AFTER_MS = 15_000

/** The version of Electron that package.json names: types, documentation and releases are of it. */
export const OFFICIAL_VERSION = /** @type {{ version: string }} */ (require('electron/package.json')).version

/** Path of the program inside an Electron distribution of this platform. */
export function programPath(platform = process.platform) {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return platform === 'win32' ? 'electron.exe' : 'electron'
}

/**
 * Downloads the official Electron and unpacks it. The archive is checked against the SHA-256 list
 * that comes inside the electron package, which the lock file pins.
 *
 * @param {string} folder where the distribution is unpacked
 * @param {string} scratch a folder that goes afterwards, whatever came of it
 * @throws {Error} when it cannot be reached, stalls, or is not what the list says
 */
export async function unpackOfficial(folder, scratch) {
  // Loaded when there is something to fetch: every start of a command comes by here.
  const { downloadArtifact, ElectronDownloadCacheMode } = await import('@electron/get')
  await mkdir(scratch, { recursive: true })
  const stalled = new AbortController()
  const giveUp = () => stalled.abort(new Error(`nothing arrived for ${STALLED_AFTER_MS / 1000} s`))
  let timer = setTimeout(giveUp, STALLED_AFTER_MS)
  try {
    const archive = await downloadArtifact({
      version: OFFICIAL_VERSION,
      artifactName: 'electron',
      platform: process.platform,
      checksums: require('electron/checksums.json'),
      // Takes what an earlier download of the electron package left, but adds no second copy.
      cacheMode: ElectronDownloadCacheMode.ReadOnly,
      tempDirectory: scratch,
      downloadOptions: {
        signal: stalled.signal,
        getProgressCallback: async () => {
          clearTimeout(timer)
          timer = setTimeout(giveUp, STALLED_AFTER_MS)
        },
      },
    })
    clearTimeout(timer)
    await unzip(archive, folder)
  } finally {
    clearTimeout(timer)
  }
}
