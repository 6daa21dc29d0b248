import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from '../ensure/stop.mjs'

/**
 * Chromium's sandbox needs user namespaces, or its helper owned by root with the setuid bit. Some
 * systems (Ubuntu since 24.04) keep the first from ordinary programs, and only root can do the
 * second; Chromium's own message for that is a crash.
 *
 * @param {string} folder of the Electron distribution
 */
export function ensureSandbox(folder) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return
  const helper = join(folder, 'chrome-sandbox')
  if (!areNamespacesKept(readSetting) || isSetuidRoot(helper)) return
  throw new Stop(
    "This system keeps Chromium's sandbox from working. Allow its helper with:\n\n" +
      `  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'\n`,
  )
}

/** @param {(name: string) => string | undefined} setting reads one below /proc/sys */
export function areNamespacesKept(setting) {
  return (
    setting('kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    setting('kernel/unprivileged_userns_clone') === '0' ||
    setting('user/max_user_namespaces') === '0'
  )
}

/** @param {string} name */
function readSetting(name) {
  try {
    return readFileSync(join('/proc/sys', name), 'utf8').trim()
  } catch {
    return undefined
  }
}

/** @param {string} file */
function isSetuidRoot(file) {
  const { uid, mode } = statSync(file)
  return uid === 0 && (mode & 0o4111) === 0o4111
}
