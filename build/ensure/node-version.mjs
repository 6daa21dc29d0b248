import { Stop } from './stop.mjs'

/**
 * Vite, Vitest and Playwright need what 20.19 and 22.12 brought; the odd releases between lack it.
 *
 * @param {string} version as in `process.versions.node`
 */
export function isNodeRecentEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major === 20) return minor >= 19
  if (major === 22) return minor >= 12
  return major > 22
}

/** @param {string} [version] */
export function ensureNode(version = process.versions.node) {
  if (!isNodeRecentEnough(version)) {
    throw new Stop(`Node.js 20.19 or newer, or 22.12 or newer, is needed; this is ${version}.`)
  }
}
