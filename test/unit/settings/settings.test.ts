import { describe, expect, test } from 'vitest'
import { createSettingsRepository } from '../../../main/adapters/database/repositories/settings.ts'
import type { DeskEvent } from '../../../main/core/events.ts'
import { unmanaged } from '../../../main/core/policy/managed.ts'
import type { Policy } from '../../../main/core/ports.ts'
import { defaultSettings } from '../../../main/core/settings/settings.ts'
import { createSettingsService } from '../../../main/core/settings/settings-service.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

function setUp(policy: Policy = { get: async () => unmanaged }, database = tempDatabase()) {
  const log = memoryLog()
  const published: DeskEvent[] = []
  const events = { publish: (event: DeskEvent) => void published.push(event) }
  const service = createSettingsService(createSettingsRepository(database, log), policy, events, log)
  return { log, database, published, service }
}

describe('settings', () => {
  test('stand at their defaults until they are changed, and stay changed', async () => {
    const { service, published } = setUp()
    expect(await service.get()).toEqual(defaultSettings)
    await service.change({ theme: 'dark', againHours: 24 })
    const changed = await service.change({
      proxy: { mode: 'fixed', server: 'proxy:8080', bypass: '*.local' },
    })
    expect(changed).toEqual({
      ...defaultSettings,
      theme: 'dark',
      againHours: 24,
      proxy: { mode: 'fixed', server: 'proxy:8080', bypass: '*.local' },
    })
    expect(await service.get()).toEqual(changed)
    expect(published).toEqual([{ kind: 'settings-changed' }, { kind: 'settings-changed' }])
  })

  test.each([
    ['theme', { theme: 'pink' }],
    ['nothing', { nothing: 1 }],
    ['__proto__', JSON.parse('{"__proto__": 1}')],
    ['againHours', { againHours: -1 }],
    ['proxy', { proxy: { mode: 'fixed', server: 'user:pass@proxy:8080', bypass: '' } }],
    ['proxy', { proxy: { mode: 'pac', url: 'javascript:alert(1)' } }],
    ['proxy', { proxy: { mode: 'pac', url: 'http://anna:pw@proxy.acme.example/proxy.pac' } }],
  ])('%s: a patch that is wrong changes nothing', async (field, patch) => {
    const { service, published } = setUp()
    await expect(service.change({ density: 'compact', ...patch })).rejects.toMatchObject({
      code: 'bad-input',
    })
    await expect(service.change(patch)).rejects.toMatchObject({ facts: { field } })
    expect(await service.get()).toEqual(defaultSettings)
    expect(published).toEqual([])
  })

  test('one unreadable value never hides the others', async () => {
    const { service, database, log } = setUp()
    await service.change({ theme: 'dark', closeToTray: false, againHours: 3 })
    database.transaction(tx => tx.run("UPDATE settings SET value = '{' WHERE name = 'theme'"))
    database.transaction(tx => tx.run("UPDATE settings SET value = '7' WHERE name = 'closeToTray'"))
    expect(await service.get()).toEqual({ ...defaultSettings, againHours: 3 })
    expect(log.entries.map(entry => [entry.event, entry.facts])).toEqual([
      ['database.row-unreadable', { table: 'settings', id: 'theme', fields: ['value'] }],
      ['settings.unreadable', { names: ['closeToTray'] }],
    ])
  })
})

describe('what IT manages', () => {
  const managing = (settings: Readonly<Record<string, unknown>>): Policy => ({
    get: async () => ({ ...unmanaged, settings }),
  })
  const proxy = { mode: 'pac', url: 'http://proxy.acme.example/proxy.pac' } as const

  test('wins over what the user chose before, which stays for the day it is managed no longer', async () => {
    const before = setUp()
    await before.service.change({ proxy: { mode: 'direct' }, theme: 'dark' })
    const managed = setUp(managing({ proxy }), before.database)
    expect(await managed.service.get()).toEqual({ ...defaultSettings, theme: 'dark', proxy })
    expect((await before.service.get()).proxy).toEqual({ mode: 'direct' })
  })

  test('cannot be changed, nor can anything together with it', async () => {
    const { service, published } = setUp(managing({ proxy }))
    const change = service.change({ theme: 'dark', proxy: { mode: 'direct' } })
    await expect(change).rejects.toMatchObject({
      code: 'forbidden',
      facts: { reason: 'managed', field: 'proxy' },
    })
    expect([await service.get(), published]).toEqual([{ ...defaultSettings, proxy }, []])
    expect(await service.change({ theme: 'dark' })).toEqual({ ...defaultSettings, theme: 'dark', proxy })
  })

  test('is checked like anything else: a value that cannot be one is logged and not used', async () => {
    const { service, log } = setUp(managing({ theme: 'pink', nothing: 1 }))
    expect(await service.get()).toEqual(defaultSettings)
    expect(log.entries).toMatchObject([{ event: 'settings.unreadable', facts: { names: ['theme'] } }])
  })
})
