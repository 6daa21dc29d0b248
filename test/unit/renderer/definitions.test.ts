import { describe, expect, it } from 'vitest'
import { readRequest as readIcws } from '../../../main/core/systems/icws/request.ts'
import { readRequest as readVault } from '../../../main/core/systems/vault/request.ts'
import type { KeptRequest } from '../../../preload/contract/types.ts'
import {
  emptyIcws,
  icwsDraftOf,
  icwsRequestOf,
  pathOfSource,
} from '../../../renderer/features/definitions/icws-draft.ts'
import { isoOf, typedOf } from '../../../renderer/features/definitions/period.ts'
import { isAt } from '../../../renderer/features/definitions/reading.ts'
import { requestFacts } from '../../../renderer/features/definitions/request-facts.ts'
import {
  emptyVault,
  vaultDraftOf,
  vaultRequestOf,
} from '../../../renderer/features/definitions/vault-draft.ts'

const zone = 'Europe/Berlin'
const calls: KeptRequest = {
  name: 'Monthly calls',
  tables: {
    tableList: [
      {
        name: 'InteractionSummary',
        dateTimeFilterColumn: 'StartDateTimeUTC',
        siteIdFilterColumn: 'SiteID',
        column: [{ name: 'InteractionIDKey' }, { name: 'CallDuration' }],
      },
    ],
  },
  views: { viewList: [{ name: 'AgentStatus', column: [{ name: 'AgentID' }] }] },
  siteIdFilters: [{ name: '1' }],
  period: 'last-month',
  zone,
}
const { period: _, zone: __, ...unlimited } = calls
const icws: readonly KeptRequest[] = [
  calls,
  unlimited,
  {
    ...unlimited,
    startTimeFilter: '2026-10-01T00:00:00.000Z',
    endTimeFilter: '2026-11-01T06:30:00.000Z',
  },
  { ...unlimited, startTimeFilter: '2026-10-01T00:00:00.000Z' },
]
const content = { source: true, renditions: false, allversions: false, text: true }
const vault: readonly KeptRequest[] = [
  { kind: 'documents', documents: [{ id: '58' }, { id: '59' }], ...content },
  { kind: 'documents', query: 'SELECT id FROM documents', ...content },
  { kind: 'versions', versions: [{ id: '58', major: '1', minor: '0' }] },
  { kind: 'binder', binder: '454' },
  { kind: 'direct-data', extractType: 'full_directdata', period: 'yesterday' },
  {
    kind: 'direct-data',
    extractType: 'incremental_directdata',
    startTime: '2026-11-01T00:00:00Z',
    stopTime: '2026-11-02T00:00:00Z',
  },
  {
    kind: 'loader',
    objects: [
      { object: 'product__v', fields: ['id', 'name__v'], where: "status__v = 'active__v'" },
      { object: 'country__v', fields: ['id'] },
    ],
  },
  { kind: 'job', jobId: '1201' },
]

describe('the form of a definition', () => {
  it.each(icws)('has all of a job configuration, and gives it back as the system takes it', request => {
    const draft = icwsDraftOf(request, zone)
    if (draft === null) throw new Error('It has no form')
    const again = { ...icwsRequestOf(draft), name: request.name }
    expect(readIcws(again)).toEqual(readIcws(request))
  })

  it.each(vault)('has all of a request of a vault: $kind', request => {
    const draft = vaultDraftOf(request)
    if (draft === null) throw new Error('It has no form')
    expect(readVault(vaultRequestOf(draft))).toEqual(readVault(request))
  })

  it('has none of what it would drop', () => {
    expect(icwsDraftOf({ ...calls, retention: 7 }, zone)).toBeNull()
    expect(icwsDraftOf({ ...calls, tables: { tableList: [{ name: 'x', top: 1 }] } }, zone)).toBeNull()
    expect(vaultDraftOf({ kind: 'documents', folder: 'x' })).toBeNull()
    expect(vaultDraftOf({ kind: 'toString' })).toBeNull()
  })

  it('is refused empty, at a field that it shows', () => {
    const empty = { ...icwsRequestOf(emptyIcws(zone)), name: 'Calls' }
    expect(() => readIcws(empty)).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ field: 'tables.tableList[0].name' }) }),
    )
    expect(() => readVault(vaultRequestOf(emptyVault))).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    )
  })

  it('names a source by where it stands among its kind', () => {
    const draft = icwsDraftOf(calls, zone)
    expect(draft?.sources.map((one, at) => [one.name, pathOfSource(draft.sources, at)])).toEqual([
      ['InteractionSummary', 'tables.tableList[0]'],
      ['AgentStatus', 'views.viewList[0]'],
    ])
    expect(isAt('tables.tableList[0].column[3].name', 'tables.tableList[0].column')).toBe(true)
    expect(isAt('tables.tableList[0].columns', 'tables.tableList[0].column')).toBe(false)
    expect(isAt(null, 'tables')).toBe(false)
  })

  it('takes ids and columns as they are pasted, and a version as one writes it', () => {
    const draft = { ...emptyVault, ids: ' 58, 59;60\n\n61 ' }
    expect(vaultRequestOf(draft)).toMatchObject({
      documents: [{ id: '58' }, { id: '59' }, { id: '60' }, { id: '61' }],
    })
    const versions = { ...emptyVault, kind: 'versions', versions: '58 1.0\n59, v2.13\n60' } as const
    expect(vaultRequestOf(versions)).toEqual({
      kind: 'versions',
      versions: [
        { id: '58', major: '1', minor: '0' },
        { id: '59', major: '2', minor: '13' },
        { id: '60', major: '', minor: '' },
      ],
    })
  })
})

describe('a time', () => {
  it.each([
    ['2026-11-01', '2026-11-01T00:00:00Z'],
    ['2026-11-01 06:30', '2026-11-01T06:30:00Z'],
    ['2026-11-01T06:30:15Z', '2026-11-01T06:30:15Z'],
    ['tomorrow', 'tomorrow'],
  ])('typed as %s is %s', (typed, iso) => {
    expect(isoOf(typed)).toBe(iso)
    expect(isoOf(typedOf(iso))).toBe(iso)
  })
})

describe('a request in words', () => {
  it.each([
    ...icws.map(request => ['icws', request] as const),
    ...vault.map(request => ['vault', request] as const),
  ])('says something of %s %j', (system, request) => {
    const facts = requestFacts(system, request)
    expect(facts?.length).toBeGreaterThan(0)
    for (const { name, values } of facts ?? []) {
      expect(name).not.toBe('')
      expect(values.filter(value => value === '' || /undefined|\[object/.test(value))).toEqual([])
    }
  })

  it('counts ids that are too many to be read', () => {
    const documents = Array.from({ length: 25 }, (_, at) => ({ id: String(at) }))
    const [, ids] = requestFacts('vault', { kind: 'documents', documents, ...content }) ?? []
    expect(ids?.values[0]).toMatch(/19 and 5 more$/)
  })
})
