import { EventEmitter } from 'node:events'
import type { App, ProxyConfig } from 'electron'
import { describe, expect, test, vi } from 'vitest'
import { installSession, prepareSession } from '../../../main/app/session.ts'
import { createEvents } from '../../../main/core/events.ts'
import type { ProxySettings, Settings } from '../../../preload/contract/types.ts'

const defaults: Settings = {
  theme: 'system',
  density: 'normal',
  notifications: 'all',
  closeToTray: true,
  startAtLogin: false,
  questionMarkKey: true,
  defaultFolder: null,
  defaultName: '{original}{ext}',
  keepAnswersDays: 30,
  keepLogsDays: 90,
  keepReplacedDays: 0,
  keepRefusedDays: 0,
  againHours: 20,
  archiveFactor: 1,
  paused: false,
  pauseOnMetered: false,
  proxy: { mode: 'system' },
}

async function installed(first: ProxySettings) {
  let proxy = first
  const applied: ProxyConfig[] = []
  const problems: unknown[] = []
  const events = createEvents(error => problems.push(error))
  const settings = {
    get: async () => ({ ...defaults, proxy }),
  }
  const sessions = {
    setProxy: vi.fn(async (config: ProxyConfig) => {
      applied.push(config)
    }),
  }
  await installSession({ sessions, settings, events, onProblem: problem => problems.push(problem) })
  const change = async (next: ProxySettings) => {
    proxy = next
    events.publish({ kind: 'settings-changed' })
    await new Promise(resolve => setImmediate(resolve))
  }
  return { applied, problems, sessions, change }
}

describe('the proxy of the settings', () => {
  test.each<[ProxySettings, ProxyConfig]>([
    [{ mode: 'system' }, { mode: 'system' }],
    [{ mode: 'direct' }, { mode: 'direct' }],
    [
      { mode: 'pac', url: 'http://pac.example/p.pac' },
      { mode: 'pac_script', pacScript: 'http://pac.example/p.pac' },
    ],
    [
      { mode: 'fixed', server: 'proxy.example:8080', bypass: '*.local' },
      { mode: 'fixed_servers', proxyRules: 'proxy.example:8080', proxyBypassRules: '*.local' },
    ],
  ])('%j', async (proxy, config) => {
    expect((await installed(proxy)).applied).toEqual([config])
  })

  test('is applied anew when it changes, and only then', async () => {
    const { applied, change } = await installed({ mode: 'system' })
    await change({ mode: 'system' })
    await change({ mode: 'direct' })
    await change({ mode: 'direct' })
    expect(applied).toEqual([{ mode: 'system' }, { mode: 'direct' }])
  })

  test('that cannot be applied is told, and tried again with the next change', async () => {
    const { applied, problems, sessions, change } = await installed({ mode: 'system' })
    sessions.setProxy.mockRejectedValueOnce(new Error('no'))
    await change({ mode: 'direct' })
    expect(problems).toHaveLength(1)
    await change({ mode: 'direct' })
    expect(applied.at(-1)).toEqual({ mode: 'direct' })
  })
})

test('before the app is ready: no QUIC, no dictionaries, no client certificate picked for the user', () => {
  const appendSwitch = vi.fn()
  const app = Object.assign(new EventEmitter(), { commandLine: { appendSwitch } })
  prepareSession(app as unknown as App)
  expect(appendSwitch).toHaveBeenCalledWith('disable-quic')

  const session = { setSpellCheckerLanguages: vi.fn() }
  app.emit('session-created', session)
  expect(session.setSpellCheckerLanguages).toHaveBeenCalledWith([])

  const event = { preventDefault: vi.fn() }
  const choose = vi.fn()
  app.emit(
    'select-client-certificate',
    event,
    null,
    'https://example.com',
    [{ issuerName: 'Company' }],
    choose,
  )
  expect(event.preventDefault).toHaveBeenCalled()
  expect(choose).toHaveBeenCalledWith()
})
