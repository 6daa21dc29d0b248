import { describe, expect, it, vi } from 'vitest'
import type { Native } from '../../../main/core/desktop/native.ts'
import { createRouter } from '../../../main/ipc/router.ts'
import type { Services } from '../../../main/ipc/services.ts'
import type { ReceiptView } from '../../../preload/contract/receipts.ts'
import type {
  ConnectionView,
  DefinitionView,
  Destination,
  JobView,
  Settings,
} from '../../../preload/contract/types.ts'
import type { PracticeScenario } from '../../../preload/contract/words.ts'
import { desk, only, services } from './services.ts'

const destination = (folder: string): Destination => ({
  folder,
  name: '{original}{ext}',
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
})
const definition = (folder: string | null) =>
  only<DefinitionView>('definition', { destination: folder === null ? null : destination(folder) })

function folders(inUse: readonly (string | null)[], defaultFolder: string | null) {
  const saved = vi.fn(async () => definition('/srv/in'))
  const changed = vi.fn(async (patch: Partial<Settings>) => patch as Settings)
  const tried = vi.fn(async () => {
    throw new Error('It was not to be asked')
  })
  const outputMaps = [{ server: '\\\\ic-a\\extracts', local: '/mnt/extracts' }]
  const mapped = only<ConnectionView>('connection', { outputMaps })
  const add = vi.fn(async () => mapped)
  const mapFolders = vi.fn(async () => mapped)
  const picked = new Set<string>()
  const chooseFolder = vi.fn(async (): Promise<string | null> => '/srv/picked')
  const route = createRouter(
    services({
      picked,
      native: only<Native>('native', { chooseFolder }),
      desk: desk({
        definitions: { list: async () => inUse.map(definition), saveDestination: saved },
        connections: { list: async () => [mapped], add, mapFolders },
        dryRuns: { dryRun: tried, tryFolder: tried },
        settings: { get: async () => only<Settings>('settings', { defaultFolder }), change: changed },
      }),
    }),
  )
  return { route, saved, changed, tried, chooseFolder, add, mapFolders }
}

describe('folders that the window may name', () => {
  it('are those in use, the default one, and those picked in the native dialog', async () => {
    const { route, saved } = folders(['/srv/in', null], '/srv/default')
    await route('definitions.saveDestination', ['d-1', destination('/srv/in')])
    await route('definitions.saveDestination', ['d-1', destination('/srv/default')])
    await route('settings.chooseFolder', [])
    await route('definitions.saveDestination', ['d-1', destination('/srv/picked')])
    expect(saved).toHaveBeenCalledTimes(3)
  })

  it('are no others, in any call that takes one', async () => {
    const { route, saved, changed, tried } = folders(['/srv/in'], null)
    const forbidden = { code: 'forbidden', facts: { folder: '/etc/cron.d' } }
    await expect(
      route('definitions.saveDestination', ['d-1', destination('/etc/cron.d')]),
    ).rejects.toMatchObject(forbidden)
    await expect(route('definitions.dryRun', [destination('/etc/cron.d'), 'd-1'])).rejects.toMatchObject(
      forbidden,
    )
    await expect(route('definitions.tryFolder', ['/etc/cron.d', 'd-1'])).rejects.toMatchObject(forbidden)
    await expect(route('settings.change', [{ defaultFolder: '/etc/cron.d' }])).rejects.toMatchObject(
      forbidden,
    )
    expect([saved, changed, tried].map(call => call.mock.calls.length)).toEqual([0, 0, 0])
  })

  it('hold for folders of a server too: what lies there is delivered', async () => {
    const { route, add, mapFolders } = folders([], null)
    const map = (local: string) => [{ server: '\\\\ic-a\\extracts', local }]
    const connection = {
      name: 'Calls',
      system: 'icws',
      url: 'https://ic-a.test:8019',
      mark: 'production',
      auth: 'password',
      secrets: { userId: 'fin.batch', password: 'x' },
      keep: 'keychain',
    }
    const forbidden = { code: 'forbidden', facts: { folder: '/etc' } }
    await expect(
      route('connections.add', [{ ...connection, outputMaps: map('/etc') }]),
    ).rejects.toMatchObject(forbidden)
    await expect(route('connections.mapFolders', ['c-1', map('/etc')])).rejects.toMatchObject(forbidden)
    expect([add, mapFolders].map(call => call.mock.calls.length)).toEqual([0, 0])
    await route('connections.mapFolders', ['c-1', map('/mnt/extracts')])
    expect(mapFolders).toHaveBeenCalledExactlyOnceWith('c-1', map('/mnt/extracts'))
  })

  it('do not grow when the user thought better of it', async () => {
    const { route, chooseFolder } = folders([], '/srv/default')
    chooseFolder.mockResolvedValue(null)
    expect(await route('settings.chooseFolder', [])).toBeNull()
    expect(chooseFolder).toHaveBeenCalledWith('/srv/default')
    await expect(
      route('definitions.saveDestination', ['d-1', destination('/srv/picked')]),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('do not stand in the way of taking the default away', async () => {
    const { route, changed } = folders([], '/srv/default')
    await route('settings.change', [{ defaultFolder: null }])
    expect(changed).toHaveBeenCalledWith({ defaultFolder: null })
  })
})

describe('the sign-in at the company’s proxy', () => {
  it('goes to where it is kept, and nothing of it comes back', async () => {
    const save = vi.fn(async () => undefined)
    const route = createRouter(services({ desk: desk({ proxyCredentials: { save } }) }))
    expect(await route('settings.proxySignIn', ['ACME\\ana', 'pass word'])).toBeUndefined()
    expect(save).toHaveBeenCalledExactlyOnceWith({ username: 'ACME\\ana', password: 'pass word' })
  })

  it.each([
    ['ana'],
    ['', 'x'],
    ['ana', ''],
    ['ana', 'x'.repeat(1025)],
    ['ana', 'x', 'y'],
    [{ u: 'ana' }, 'x'],
  ])('is refused where it is none: %j', async (...given) => {
    const route = createRouter(services())
    await expect(route('settings.proxySignIn', given)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('what runs', () => {
  it('runs in the name of the account that the app runs as', async () => {
    const job = only<JobView>('job', { id: 'j-1' })
    const run = vi.fn(async () => ({ job, joined: true }))
    const request = vi.fn(async () => job)
    const route = createRouter(services({ desk: desk({ jobs: { run }, deliveries: { request } }) }))
    expect(await route('jobs.run', ['d-1', true])).toBe(job)
    expect(run).toHaveBeenCalledWith('d-1', { again: true, by: 'ana' })
    expect(await route('jobs.deliver', ['j-1', false])).toBe(job)
    expect(request).toHaveBeenCalledWith('j-1', { again: false, by: 'ana' })
  })
})

describe('practice', () => {
  const choose = vi.fn(async (_id: string, scenario: PracticeScenario) => ({ scenario, offered: [] }))
  const route = createRouter(services({ practice: only<Services['practice']>('practice', { choose }) }))

  it('takes the scenarios that have a name, and no others', async () => {
    expect(await route('practice.choose', ['c-1', 'slow'])).toMatchObject({ scenario: 'slow' })
    await expect(route('practice.choose', ['c-1', 'rm'])).rejects.toMatchObject({ code: 'bad-input' })
    expect(choose).toHaveBeenCalledExactlyOnceWith('c-1', 'slow')
  })
})

describe('a request file', () => {
  const chosen = (value: unknown) =>
    createRouter(
      services({
        native: only<Native>('native', {
          readJson: async () => ({ path: '/home/ana/March calls.json', value }),
        }),
      }),
    )('definitions.chooseFile', [])

  it('is called as it calls itself, otherwise as the file', async () => {
    const request = { name: 'Calls', tables: {} }
    expect(await chosen(request)).toEqual({ name: 'Calls', request })
    expect(await chosen({ kind: 'binder', binder: '454' })).toMatchObject({ name: 'March calls' })
  })

  it.each([[[]], ['text'], [null], [1]])('is none: %j', async value => {
    await expect(chosen(value)).rejects.toMatchObject({ code: 'bad-input', facts: { field: 'file' } })
  })
})

describe('showing a file in its folder', () => {
  const receipt = only<ReceiptView>('receipt', {
    folder: '/srv/in',
    files: [{ path: '/srv/in/a/b.txt', bytes: 1, sha256: '', crc32: null, rows: null }],
  })
  const showInFolder = vi.fn()
  const route = createRouter(
    services({
      native: only<Native>('native', { showInFolder }),
      desk: desk({ receipts: { show: async () => receipt } }),
    }),
  )

  it('takes the path from the receipt', async () => {
    await route('receipts.showInFolder', ['r-1', 0])
    expect(showInFolder).toHaveBeenCalledExactlyOnceWith('/srv/in/a/b.txt')
  })

  it('says so where the receipt has no such file', async () => {
    await expect(route('receipts.showInFolder', ['r-1', 1])).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('holidays', () => {
  const holidays = vi.fn(async () => [{ date: '2026-12-25', name: 'Christmas Day' }])
  const choosing = (text: string | null) =>
    createRouter(
      services({
        native: only<Native>('native', { readCalendar: async () => text }),
        desk: desk({ schedules: { holidays } }),
      }),
    )('schedules.chooseHolidays', [])

  it('are read from the file that the user picked, and from nothing the window names', async () => {
    expect(await choosing('BEGIN:VCALENDAR')).toEqual([{ date: '2026-12-25', name: 'Christmas Day' }])
    expect(holidays).toHaveBeenCalledExactlyOnceWith('BEGIN:VCALENDAR')
    expect(await choosing(null)).toBe(null)
  })
})
