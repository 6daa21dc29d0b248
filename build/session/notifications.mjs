import { chmodSync, existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { call } from './bus.mjs'

// ASCII's own separators: they cannot stand in a notification's text by accident.
const FIELD = '\x1e'
const RECORD = '\x1d'

/** @typedef {{ id: number, app: string, summary: string, body: string, urgency: string }} ShownNotification */

/**
 * Writes the settings for dunst: keep what is shown until it is closed, and write down each one.
 * dunst's own history lists only what was closed, which is too late to click on; and two of the same words would be
 * stacked as one that was told only once.
 *
 * @param {string} folder
 * @returns {string} path of the settings
 */
export function writeDunstSettings(folder) {
  const recorder = join(folder, 'record-notification')
  const settings = join(folder, 'dunstrc')
  writeFileSync(
    recorder,
    `#!/bin/sh
printf '%s\\036%s\\036%s\\036%s\\036%s\\035' "$DUNST_ID" "$DUNST_APP_NAME" "$DUNST_SUMMARY" "$DUNST_BODY" "$DUNST_URGENCY" >> "${logOf(folder)}"
`,
    { mode: 0o755 },
  )
  writeFileSync(logOf(folder), '')
  // Made by root, written by the session's user; nobody else gets into the folder.
  chmodSync(logOf(folder), 0o666)
  writeFileSync(
    settings,
    `[global]
  enable_posix_regex = false
  history_length = 100
  notification_limit = 0
  stack_duplicates = false
[urgency_low]
  timeout = 0
[urgency_normal]
  timeout = 0
[urgency_critical]
  timeout = 0
[record]
  summary = "*"
  script = "${recorder}"
`,
  )
  return settings
}

/**
 * Every notification the desktop showed, oldest first.
 *
 * @param {string} folder
 * @returns {ShownNotification[]}
 */
export function shownNotifications(folder) {
  if (!existsSync(logOf(folder))) return []
  return readFileSync(logOf(folder), 'utf8')
    .split(RECORD)
    .slice(0, -1)
    .map(record => {
      const [id, app = '', summary = '', body = '', urgency = ''] = record.split(FIELD)
      return { id: Number(id), app, summary, body, urgency }
    })
}

/**
 * Waits until a notification that fits was shown.
 *
 * @param {string} folder
 * @param {number} past so many of the oldest are not looked at
 * @param {(notification: ShownNotification) => boolean} fits
 * @param {AbortSignal} signal ends the wait; its reason is thrown
 * @returns {Promise<ShownNotification>}
 */
export function waitForNotification(folder, past, fits, signal) {
  return new Promise((resolve, reject) => {
    const watcher = watch(logOf(folder), look)
    function look() {
      const found = shownNotifications(folder).slice(past).find(fits)
      if (found === undefined) return
      watcher.close()
      resolve(found)
    }
    signal.addEventListener(
      'abort',
      () => {
        watcher.close()
        reject(signal.reason)
      },
      { once: true },
    )
    look()
  })
}

/**
 * dunst numbers what it displays by an order of its own, so all but the wanted one are closed first.
 * Not through dunstctl, which needs a part of systemd that a small machine lacks.
 *
 * @param {import('dbus-next').MessageBus} bus
 * @param {ShownNotification} notification
 * @param {ShownNotification[]} all
 */
export async function clickNotification(bus, notification, all) {
  const daemon = { destination: 'org.freedesktop.Notifications', path: '/org/freedesktop/Notifications' }
  /** @param {number} id */
  const dismiss = id =>
    call(bus, {
      ...daemon,
      interface: daemon.destination,
      member: 'CloseNotification',
      signature: 'u',
      body: [id],
    })
  for (const other of all) if (other.id !== notification.id) await dismiss(other.id)
  await call(bus, {
    ...daemon,
    interface: 'org.dunstproject.cmd0',
    member: 'NotificationAction',
    signature: 'u',
    body: [0],
  })
  await dismiss(notification.id)
}

/** @param {string} folder */
function logOf(folder) {
  return join(folder, 'notifications')
}
