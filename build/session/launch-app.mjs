import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron } from 'playwright-core'
import { startAs } from './account.mjs'

const START_WITHIN_MS = 30_000

/**
 * What is started: Electron with the folder of an app, or a packaged program.
 *
 * @typedef {{ program: string, folder?: string }} AppUnderTest
 */

/**
 * Starts the app in a desktop session, as the session's user, with Chromium's sandbox on.
 *
 * @param {{
 *   session: import('./attached-session.mjs').DesktopSession,
 *   app: AppUnderTest,
 *   profile: string,
 *   args?: string[],
 *   env?: Record<string, string>,
 * }} options `profile`: a folder of the session (`session.newFolder`)
 * @returns {Promise<import('playwright-core').ElectronApplication>}
 */
export function launchApp({ session, app, profile, args = [], env = {} }) {
  // Root only where root has a screen of its own; Chromium does not sandbox root.
  const chromiumSandbox = process.getuid?.() !== 0 || session.account !== undefined
  return _electron.launch({
    executablePath: starter(session, app.program),
    args: [...(app.folder === undefined ? [] : [app.folder]), '--profile', profile, ...args],
    cwd: session.newFolder('cwd'),
    env: { ...session.env, ...env },
    chromiumSandbox,
    timeout: START_WITHIN_MS,
  })
}

/**
 * Playwright starts one program as who it is itself; where that is root, the program is a script
 * that becomes the session's user first.
 *
 * @param {import('./attached-session.mjs').DesktopSession} session
 * @param {string} program
 */
function starter(session, program) {
  if (session.account === undefined) return program
  const folder = join(session.description.folder, 'bin')
  mkdirSync(folder, { recursive: true })
  const script = join(folder, `start-${program.replace(/\W+/g, '-')}`)
  writeFileSync(script, `#!/bin/sh\nexec ${[...startAs(session.account), `'${program}'`].join(' ')} "$@"\n`, {
    mode: 0o755,
  })
  return script
}
