import { describe, expect, it, vi } from 'vitest'
import { createEvents } from '../../../main/core/events.ts'
import { createStatus } from '../../../main/core/mirror/status.ts'
import { unmanaged } from '../../../main/core/policy/managed.ts'
import { noUpdates } from '../../../preload/contract/updates.ts'
import { settled } from '../../fakes/fake-clock.ts'

function setUp() {
  let online = true
  let practising = false
  let metered: boolean | null = null
  let tellOnline = (_online: boolean) => {}
  let wake = () => {}
  const events = createEvents(error => {
    throw error
  })
  const published: string[] = []
  events.subscribe(({ kind }) => published.push(kind))
  const health = vi.fn(async (): Promise<'ok' | 'unavailable'> => 'unavailable')
  const onFault = vi.fn()
  const status = createStatus({
    power: {
      online: () => online,
      onWake: run => {
        wake = run
        return () => {}
      },
      onOnlineChange: run => {
        tellOnline = run
        return () => {}
      },
    },
    metered: { metered: () => metered },
    policy: { get: async () => ({ ...unmanaged, settings: { theme: 'dark' }, practice: false }) },
    secrets: { health },
    practising: () => practising,
    update: () => noUpdates,
    events,
    version: '0.1.0',
    profile: '/p',
    onFault,
  })
  return {
    status,
    published,
    health,
    onFault,
    wake: () => wake(),
    goOffline() {
      online = false
      tellOnline(false)
    },
    meter() {
      metered = true
    },
    practise() {
      practising = true
    },
  }
}

describe('the status', () => {
  it('is there at once, without waiting for the keychain', async () => {
    const { status, health } = setUp()
    expect(await status.view()).toEqual({
      online: true,
      metered: null,
      keychain: 'ok',
      practice: false,
      version: '0.1.0',
      profile: '/p',
      managed: { ...unmanaged, settings: ['theme'], practice: false },
      update: noUpdates,
    })
    expect(health).not.toHaveBeenCalled()
  })

  it('tells when the keychain was found missing, once, and when it is back', async () => {
    const { status, published, health, wake } = setUp()
    status.checkKeychain()
    await settled()
    wake()
    await settled()
    expect(published).toEqual(['status-changed'])
    expect((await status.view()).keychain).toBe('unavailable')
    health.mockResolvedValue('ok')
    wake()
    await settled()
    expect((await status.view()).keychain).toBe('ok')
    expect(published).toHaveLength(2)
  })

  it('keeps what it knows where the keychain cannot even be asked', async () => {
    const { status, health, onFault } = setUp()
    health.mockRejectedValue(new Error('gone'))
    status.checkKeychain()
    await settled()
    expect((await status.view()).keychain).toBe('ok')
    expect(onFault).toHaveBeenCalledOnce()
  })

  it('follows the network and the simulator', async () => {
    const test = setUp()
    test.goOffline()
    test.practise()
    test.meter()
    expect(test.published).toEqual(['status-changed'])
    expect(await test.status.view()).toMatchObject({ online: false, metered: true, practice: true })
  })
})
