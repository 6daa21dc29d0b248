import { describe, expect, it } from 'vitest'
import { channels, type Domain } from '../../../preload/contract/channels.ts'
import { schemas } from '../../../preload/contract/schemas.ts'

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, ...args: unknown[]) =>
  schema.safeParse(args).success

const destination = {
  folder: '/srv/erp/in',
  name: '{original}{ext}',
  onConflict: 'keep-both',
  unzip: true,
  keepArchive: false,
  archiveNames: 'standard',
  allowEmpty: false,
  acceptFewerRows: false,
  marker: null,
}
const connection = {
  name: 'Acme EU',
  system: 'concur',
  url: 'https://eu.api.concursolutions.com',
  mark: 'production',
  auth: 'refresh-token',
  secrets: { refreshToken: 'x' },
  keep: 'keychain',
}
const query = { text: '', connectionId: null, outcome: 'any', since: null, offset: 0, limit: 100 }

describe('schemas', () => {
  it('stand beside every channel, and beside nothing else', () => {
    const named = Object.fromEntries(
      Object.entries(schemas).map(([domain, calls]) => [domain, Object.keys(calls)]),
    )
    expect(named).toEqual(channels)
  })

  const timetable = {
    recurrence: { kind: 'monthly-working-day', time: '18:30', nth: -1 },
    zone: 'Europe/Berlin',
    holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
    skipHolidays: false,
  }
  const schedule = { id: null, name: 'Month end', definitionIds: ['d-1'], timetable, missed: 'ask' }

  it('take a schedule, and none that makes no sense', () => {
    expect(accepts(schemas.schedules.save, schedule)).toBe(true)
    expect(accepts(schemas.schedules.answer, 's-1', 1, 'run')).toBe(true)
    for (const patch of [
      { definitionIds: [] },
      { name: ' ' },
      { missed: 'twice' },
      { timetable: { ...timetable, recurrence: { ...timetable.recurrence, time: '24:00' } } },
      { timetable: { ...timetable, recurrence: { ...timetable.recurrence, nth: 0 } } },
      { timetable: { ...timetable, recurrence: { kind: 'weekly', time: '18:30', weekdays: [8] } } },
      { timetable: { ...timetable, holidays: [{ date: '25.12.2026', name: '' }] } },
      { timetable: { ...timetable, more: true } },
    ]) {
      expect(accepts(schemas.schedules.save, { ...schedule, ...patch })).toBe(false)
    }
  })

  it('take what the contract describes', () => {
    expect(accepts(schemas.connections.add, connection)).toBe(true)
    expect(accepts(schemas.definitions.saveDestination, 'd-1', destination)).toBe(true)
    expect(accepts(schemas.history.search, query)).toBe(true)
    expect(accepts(schemas.settings.change, { theme: 'dark', proxy: { mode: 'system' } })).toBe(true)
    expect(accepts(schemas.jobs.settle, 'j-1', { remoteId: 'abc' })).toBe(true)
    expect(accepts(schemas.jobs.settle, 'j-1', 'not-started')).toBe(true)
    expect(accepts(schemas.app.snapshot)).toBe(true)
  })

  it.each(Object.keys(channels) as Domain[])('refuse an argument too many in every call of %s', domain => {
    for (const schema of Object.values(schemas[domain])) {
      expect(schema.safeParse(['a', 'b', 'c', 'd', 'e']).success).toBe(false)
    }
  })

  it('refuse keys that nobody named', () => {
    expect(accepts(schemas.definitions.saveDestination, 'd-1', { ...destination, run: 'rm' })).toBe(false)
    expect(accepts(schemas.connections.add, { ...connection, proxy: 'http://x' })).toBe(false)
    expect(accepts(schemas.settings.change, { admin: true })).toBe(false)
  })

  it('refuse a settings key that is there without a value', () => {
    expect(accepts(schemas.settings.change, { theme: undefined })).toBe(false)
  })

  it('refuse what is not bounded', () => {
    expect(accepts(schemas.history.search, { ...query, limit: 1_000_000 })).toBe(false)
    expect(accepts(schemas.history.search, { ...query, text: 'x'.repeat(501) })).toBe(false)
    expect(accepts(schemas.jobs.plan, 'x'.repeat(201))).toBe(false)
    expect(accepts(schemas.jobs.plan, '')).toBe(false)
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`k${n}`, 'v']))
    expect(accepts(schemas.connections.signIn, 'c-1', many, 'keychain')).toBe(false)
    expect(accepts(schemas.receipts.showInFolder, 'r-1', 1.5)).toBe(false)
    expect(accepts(schemas.receipts.showInFolder, 'r-1', -1)).toBe(false)
  })
})
