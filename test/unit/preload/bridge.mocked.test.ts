import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { WindowDesk } from '../../../preload/contract/bridge.ts'
import { channels, messages } from '../../../preload/contract/channels.ts'

const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  listeners: new Map<string, (event: unknown, payload: unknown) => void>(),
  invoke: vi.fn<(channel: string, ...args: unknown[]) => Promise<unknown>>(),
}))
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => electron.exposed.set(name, api),
  },
  ipcRenderer: {
    invoke: electron.invoke,
    on: (message: string, listener: (event: unknown, payload: unknown) => void) =>
      electron.listeners.set(message, listener),
  },
}))

const say = (message: string, payload: unknown) =>
  electron.listeners.get(message)?.({ sender: 'never shown' }, payload)

async function bridge(): Promise<WindowDesk> {
  vi.resetModules()
  await import('../../../preload/index.ts')
  return electron.exposed.get('desk') as WindowDesk
}

beforeEach(() => {
  electron.exposed.clear()
  electron.listeners.clear()
  electron.invoke.mockReset().mockResolvedValue({ ok: true, value: null })
})

describe('what stands at window.desk', () => {
  it('is the named functions of the contract and nothing else', async () => {
    const desk = await bridge()
    expect([...electron.exposed.keys()]).toEqual(['desk'])
    const { on, ...domains } = desk
    expect(Object.keys(on).sort()).toEqual(['onChange', 'onDiagnosis', 'onInside', 'onPlace', 'onProgress'])
    const named = Object.fromEntries(
      Object.entries(domains).map(([domain, calls]) => [domain, Object.keys(calls)]),
    )
    expect(named).toEqual(channels)
  })

  it('calls the channel of its name with the arguments as given', async () => {
    const desk = await bridge()
    await desk.jobs.run('d-1', true)
    expect(electron.invoke).toHaveBeenCalledExactlyOnceWith('jobs.run', 'd-1', true)
  })

  it('hands the envelope over as it came', async () => {
    const desk = await bridge()
    const refused = { ok: false, error: { code: 'not-found', facts: { id: 'j-1' } } }
    electron.invoke.mockResolvedValue(refused)
    expect(await desk.jobs.plan('d-1')).toEqual(refused)
  })

  it('answers with an envelope even where main has no door', async () => {
    const desk = await bridge()
    electron.invoke.mockRejectedValue(new Error('No handler registered'))
    expect(await desk.app.snapshot()).toEqual({ ok: false, error: { code: 'internal', facts: {} } })
  })
})

describe('subscriptions', () => {
  it('give the payload alone, and stop when unsubscribed', async () => {
    const desk = await bridge()
    const heard: unknown[][] = []
    const stop = desk.on.onPlace((...args) => heard.push(args))
    say(messages.place, { screen: 'today' })
    stop()
    say(messages.place, { screen: 'history' })
    expect(heard).toEqual([[{ screen: 'today' }]])
  })

  it('keep what came before anybody listened, in order, and give it once', async () => {
    const desk = await bridge()
    say(messages.change, { seq: 1, slices: {} })
    say(messages.change, { seq: 2, slices: {} })
    const first: number[] = []
    const second: number[] = []
    desk.on.onChange(change => first.push(change.seq))
    desk.on.onChange(change => second.push(change.seq))
    say(messages.change, { seq: 3, slices: {} })
    expect(first).toEqual([1, 2, 3])
    expect(second).toEqual([3])
  })

  it('keep no more than a bounded number', async () => {
    const desk = await bridge()
    for (let seq = 1; seq <= 1000; seq += 1) say(messages.change, { seq, slices: {} })
    const heard: number[] = []
    desk.on.onChange(change => heard.push(change.seq))
    expect(heard).toHaveLength(256)
    expect(heard.at(-1)).toBe(1000)
  })

  it('let one function be subscribed twice and removed once', async () => {
    const desk = await bridge()
    const listener = vi.fn()
    const stop = desk.on.onProgress(listener)
    desk.on.onProgress(listener)
    stop()
    say(messages.progress, { deliveryId: 'v-1' })
    expect(listener).toHaveBeenCalledOnce()
  })
})
