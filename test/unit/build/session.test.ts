import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findAccount, startAs } from '../../../build/session/account.mjs'
import {
  shownNotifications,
  waitForNotification,
  writeDunstSettings,
} from '../../../build/session/notifications.mjs'
import { itemAddress } from '../../../build/session/tray-watcher.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'session-test-'))
  writeDunstSettings(folder)
})
afterEach(() => rmSync(folder, { recursive: true }))

const record = (id: number, summary: string, body: string) =>
  appendFileSync(
    join(folder, 'notifications'),
    `${id}\x1eExtract Desk\x1e${summary}\x1e${body}\x1eNORMAL\x1d`,
  )

test('a notification is read as it was written, line ends too', () => {
  record(2, 'SAE US delivered', '3 files\nShow in folder')
  expect(shownNotifications(folder)).toEqual([
    {
      id: 2,
      app: 'Extract Desk',
      summary: 'SAE US delivered',
      body: '3 files\nShow in folder',
      urgency: 'NORMAL',
    },
  ])
})

test('a notification is awaited, whether it came before or after', async () => {
  const never = new AbortController().signal
  const later = waitForNotification(folder, 0, shown => shown.summary === 'B', never)
  record(2, 'A', '')
  record(3, 'B', '')
  expect((await later).id).toBe(3)
  expect((await waitForNotification(folder, 0, shown => shown.summary === 'A', never)).id).toBe(2)
})

test('the wait for a notification ends with its signal', async () => {
  const stop = new AbortController()
  const wait = waitForNotification(folder, 0, () => false, stop.signal)
  stop.abort(new Error('too late'))
  await expect(wait).rejects.toThrow('too late')
})

test('the ordinary user is found by its whole name', () => {
  const passwd = 'root:x:0:0::/root:/bin/sh\ndesk-test-2:x:7:7::/:\ndesk-test:x:999:995::/:/bin/false\n'
  expect(findAccount(passwd, 'desk-test')).toEqual({ uid: 999, gid: 995 })
  expect(findAccount(passwd, 'desk')).toBeUndefined()
})

test('programs become the ordinary user only where there is one', () => {
  expect(startAs({ uid: 999, gid: 995 })).toContain('--reuid=999')
  expect(startAs(undefined).join(' ')).not.toContain('--reuid')
})

test.each([
  ['/StatusNotifierItem', ':1.7/StatusNotifierItem'],
  ['org.kde.StatusNotifierItem-12-1', 'org.kde.StatusNotifierItem-12-1/StatusNotifierItem'],
  [':1.9/Tray', ':1.9/Tray'],
])('a tray item that calls itself %s is found at %s', (given, expected) => {
  expect(itemAddress(given, ':1.7')).toBe(expected)
})
