import { spawn } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { startAs } from './account.mjs'
import { connectBus } from './bus.mjs'
import { clickNotification, shownNotifications, waitForNotification } from './notifications.mjs'
import { trayOf } from './tray.mjs'

/** @typedef {ReturnType<typeof attachDesktopSession>} DesktopSession */

/**
 * The hands on an open desktop session; also from another process than the one that opened it.
 *
 * @param {import('./desktop-session.mjs').SessionDescription} description
 */
export function attachDesktopSession(description) {
  const { folder, env, account } = description
  // What was told to others in this session, perhaps in the same words, is none of ours.
  const told = shownNotifications(folder).length
  /** @type {Promise<import('dbus-next').MessageBus> | undefined} */
  let connection
  const bus = () => {
    connection ??= connectBus(env.DBUS_SESSION_BUS_ADDRESS ?? '')
    return connection
  }

  /**
   * Runs a program to its end, as the session's user.
   *
   * @param {string} program
   * @param {string[]} words
   * @returns {Promise<{ status: number | null, stdout: string, stderr: string }>}
   */
  const exec = (program, words) =>
    new Promise((resolve, reject) => {
      const [command = program, ...before] =
        process.platform === 'linux' ? [...startAs(account), program] : [program]
      const child = spawn(command, [...before, ...words], {
        cwd: folder,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let stdout = ''
      let stderr = ''
      child.stdout.setEncoding('utf8').on('data', chunk => {
        stdout += chunk
      })
      child.stderr.setEncoding('utf8').on('data', chunk => {
        stderr += chunk
      })
      child.once('error', reject)
      child.once('close', status => resolve({ status, stdout, stderr }))
    })

  return {
    description,
    env,
    account,
    exec,

    /** A new, empty folder that belongs to the session's user; gone with the session. @param {string} name */
    newFolder(name) {
      const parent = join(folder, 'home')
      mkdirSync(parent, { recursive: true })
      const path = mkdtempSync(join(parent, `${name}-`))
      if (account !== undefined) chownSync(path, account.uid, account.gid)
      return path
    },

    /**
     * What the keyring itself holds, asked with the desktop's own tool.
     *
     * @param {string} service
     * @param {string} name the account in keytar's words
     * @returns {Promise<string | undefined>}
     */
    async keyringLookup(service, name) {
      const found = await exec('secret-tool', ['lookup', 'service', service, 'username', name])
      return found.status === 0 ? found.stdout : undefined
    },

    /** Every notification shown since these hands were laid on the session. */
    notifications: () => shownNotifications(folder).slice(told),

    /**
     * @param {(notification: import('./notifications.mjs').ShownNotification) => boolean} fits
     * @param {number} [withinMs]
     */
    waitForNotification: (fits, withinMs = 10_000) =>
      waitForNotification(folder, told, fits, AbortSignal.timeout(withinMs)),

    /**
     * A click on a notification; the others are dismissed, and it goes too, as on any desktop.
     *
     * @param {import('./notifications.mjs').ShownNotification} notification
     */
    clickNotification: async notification =>
      clickNotification(await bus(), notification, shownNotifications(folder)),

    /** The tray as the desktop's panel would show it. */
    tray: async () => trayOf(await bus()),

    /** Lets go of the session without ending it. */
    detach() {
      void connection?.then(
        open => open.disconnect(),
        () => {},
      )
      connection = undefined
    },
  }
}
