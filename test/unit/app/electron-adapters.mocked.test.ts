import type { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ElectronNotifier } from '../../../main/adapters/notifier.ts'
import { ElectronPower } from '../../../main/adapters/power.ts'

const electron = vi.hoisted(() => ({
  online: true,
  supported: true,
  monitor: null as unknown as EventEmitter,
  shown: [] as (EventEmitter & { readonly options: unknown })[],
}))
vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events')
  electron.monitor = new Emitter()
  class Notification extends Emitter {
    readonly options: unknown
    constructor(options: unknown) {
      super()
      this.options = options
    }
    static isSupported() {
      return electron.supported
    }
    show() {
      electron.shown.push(this)
    }
  }
  return { net: { isOnline: () => electron.online }, powerMonitor: electron.monitor, Notification }
})

beforeEach(() => {
  electron.online = true
  electron.supported = true
  electron.shown.length = 0
  electron.monitor.removeAllListeners()
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

describe('power', () => {
  it('tells of resume and unlocking as one thing', () => {
    const power = new ElectronPower()
    const woke = vi.fn()
    const stop = power.onWake(woke)
    electron.monitor.emit('resume')
    electron.monitor.emit('unlock-screen')
    expect(woke).toHaveBeenCalledTimes(2)
    stop()
    electron.monitor.emit('resume')
    expect(woke).toHaveBeenCalledTimes(2)
  })

  it('notices that the network went, and that it is back, within five seconds', () => {
    const power = new ElectronPower()
    const [changed, woke] = [vi.fn(), vi.fn()]
    power.onOnlineChange(changed)
    power.onWake(woke)
    electron.online = false
    vi.advanceTimersByTime(5_000)
    expect(power.online()).toBe(false)
    expect(woke).not.toHaveBeenCalled()
    electron.online = true
    vi.advanceTimersByTime(5_000)
    expect(changed.mock.calls).toEqual([[false], [true]])
    expect(woke).toHaveBeenCalledOnce()
    vi.advanceTimersByTime(60_000)
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it('looks at the network at once after sleep', () => {
    const power = new ElectronPower()
    electron.online = false
    electron.monitor.emit('resume')
    expect(power.online()).toBe(false)
  })
})

describe('the notifier', () => {
  const note = { title: 'SAE US delivered', body: '3 files', button: 'Show in folder' }

  it('tells which of the two was clicked', () => {
    const chosen = vi.fn()
    new ElectronNotifier().show(note, chosen)
    const [shown] = electron.shown
    expect(shown?.options).toMatchObject({
      title: note.title,
      body: note.body,
      actions: [{ type: 'button', text: note.button }],
    })
    shown?.emit('action', {}, 0)
    shown?.emit('click', {})
    expect(chosen.mock.calls).toEqual([['button'], ['note']])
  })

  it('has no button where there is nothing to show', () => {
    new ElectronNotifier().show({ ...note, button: null }, () => {})
    expect(electron.shown[0]?.options).toMatchObject({ actions: [] })
  })

  it('does nothing on a desktop without notifications', () => {
    electron.supported = false
    new ElectronNotifier().show(note, () => {})
    expect(electron.shown).toEqual([])
  })
})
