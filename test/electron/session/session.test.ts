import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { startAs } from '../../../build/session/account.mjs'
import { connectBus, onSignal } from '../../../build/session/bus.mjs'
import { desktop } from './desktop.ts'

describe.runIf(process.platform === 'linux')('the desktop session', () => {
  test('is that of an ordinary user', async () => {
    const { stdout } = await desktop().exec('id', ['-u'])
    expect(Number(stdout)).toBeGreaterThan(0)
  })

  test('has a keyring that keeps a secret', async () => {
    const session = desktop()
    const words = [...startAs(session.account), 'secret-tool', 'store', '--label=test']
    const store = spawn(words[0] ?? '', [...words.slice(1), 'service', 'session-test', 'username', 'a'], {
      env: session.env,
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    store.stdin.end('kept')
    expect(await once(store, 'exit')).toEqual([0, null])
    expect(await session.keyringLookup('session-test', 'a')).toBe('kept')
    expect(await session.keyringLookup('session-test', 'b')).toBeUndefined()
  })

  test('shows notifications, and takes a click to the one that was meant', async () => {
    const session = desktop()
    const bus = await connectBus(session.env.DBUS_SESSION_BUS_ADDRESS ?? '')
    const clicks: unknown[] = []
    const clicked = new Promise(resolve => {
      const face = { interface: 'org.freedesktop.Notifications', member: 'ActionInvoked' }
      void onSignal(bus, face, body => resolve(clicks.push(...body)))
    })
    try {
      const proxy = await bus.getProxyObject(
        'org.freedesktop.Notifications',
        '/org/freedesktop/Notifications',
      )
      const daemon = proxy.getInterface('org.freedesktop.Notifications')
      const show = (summary: string): Promise<number> =>
        daemon.Notify?.('test', 0, '', summary, 'body', ['default', 'Open'], {}, -1)
      const meant = await show('meant')
      await show('other')
      await session.waitForNotification(shown => shown.summary === 'other')
      const shown = await session.waitForNotification(candidate => candidate.summary === 'meant')
      expect(shown).toMatchObject({ id: meant, app: 'test', body: 'body' })
      await session.clickNotification(shown)
      await clicked
      expect(clicks).toEqual([meant, 'default'])
    } finally {
      bus.disconnect()
      session.detach()
    }
  })
})
