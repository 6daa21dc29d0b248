import { describe, expect, test } from 'vitest'
import { readConfig, requestOf } from '../../../../main/core/systems/icws/config.ts'
import { configAt, readRequest, startBody } from '../../../../main/core/systems/icws/request.ts'
import { instantAt } from '../../../../main/core/time.ts'
import { columns, config, request, table } from './fixture.ts'

const full = {
  name: 'Monthly calls',
  tables: {
    tableList: [{ ...table, dateTimeFilterColumn: 'StartDateTimeUTC', siteIdFilterColumn: 'SiteID' }],
  },
  views: { viewList: [{ name: 'vAgents', column: columns('UserId') }] },
  startTimeFilter: '2026-09-01T00:00:00Z',
  endTimeFilter: '20261001T000000Z',
  siteIdFilters: [{ name: '1' }],
}

describe('a request file', () => {
  test('[icws:2.3.filters] is the system’s own configuration; its times are UTC in either form', () => {
    expect(readRequest(full)).toEqual({
      ...full,
      startTimeFilter: '2026-09-01T00:00:00.000Z',
      endTimeFilter: '2026-10-01T00:00:00.000Z',
    })
  })

  test('has at least a name, and a table or a view with a column', () => {
    expect(readRequest(request)).toEqual({ ...request, views: { viewList: [] }, siteIdFilters: [] })
    expect(readRequest({ name: 'n', views: full.views })).toMatchObject({ tables: { tableList: [] } })
  })

  test('may name a period and the zone whose clocks it follows', () => {
    expect(readRequest({ ...request, period: 'last-month', zone: 'Europe/Berlin' })).toMatchObject({
      period: 'last-month',
      zone: 'Europe/Berlin',
    })
  })

  test('is read again to the same', () => {
    const once = readRequest({ ...full, name: ' Monthly calls ' })
    expect(readRequest(JSON.parse(JSON.stringify(once)))).toEqual(once)
    expect(once.name).toBe('Monthly calls')
  })

  const wrong: readonly (readonly [field: string, request: unknown])[] = [
    ['request', null],
    ['request', 'text'],
    ['name', { ...full, name: undefined }],
    ['name', { ...full, name: '  ' }],
    ['name', { ...full, name: 7 }],
    ['tablez', { ...full, tablez: {} }],
    ['submittedUserId', { ...full, submittedUserId: 'somebody' }],
    ['tables', { name: 'nothing asked for' }],
    ['tables', { ...request, tables: { tableList: [] } }],
    ['tables', { ...full, tables: [] }],
    ['tables.tableList', { ...full, tables: { tableList: {} } }],
    ['tables.list', { ...full, tables: { tableList: [], list: [] } }],
    ['tables.tableList[0].column', { name: 'n', tables: { tableList: [{ name: 't' }] } }],
    ['tables.tableList[0].column', { name: 'n', tables: { tableList: [{ name: 't', column: [] }] } }],
    ['tables.tableList[0].columns', { name: 'n', tables: { tableList: [{ ...table, columns: [] }] } }],
    [
      'tables.tableList[0].column[1].name',
      { name: 'n', tables: { tableList: [{ name: 't', column: [...columns('a'), {}] }] } },
    ],
    ['views.viewList[0].name', { ...full, views: { viewList: [{ column: columns('a') }] } }],
    ['startTimeFilter', { ...full, startTimeFilter: 'yesterday' }],
    ['startTimeFilter', { ...full, startTimeFilter: '2026-09-01T00:00:00' }],
    ['startTimeFilter', { ...full, startTimeFilter: 20260901 }],
    ['endTimeFilter', { ...full, endTimeFilter: '2026-09-01T00:00:00Z' }],
    ['siteIdFilters[0]', { ...full, siteIdFilters: ['1'] }],
    ['period', { ...full, period: 'last-month', zone: 'UTC' }],
    ['period', { ...request, period: 'last-year', zone: 'UTC' }],
    ['zone', { ...request, period: 'last-month' }],
    ['zone', { ...request, period: 'last-month', zone: 'Mars/Olympus' }],
    ['zone', { ...full, zone: 'UTC' }],
    [
      'interactionsummary',
      { name: 'n', tables: { tableList: [table, { ...table, name: 'interactionsummary' }] } },
    ],
  ]
  test.each(wrong)('[icws:2.3.table-required] [icws:2.3.case] %s is named', (field, given) => {
    const facts = { field, sent: false }
    expect(() => readRequest(given)).toThrow(expect.objectContaining({ code: 'bad-input', facts }))
  })
})

describe('when it is run', () => {
  const at = (text: string) => instantAt(Date.parse(text))
  test.each([
    [
      'last-month',
      'Europe/Berlin',
      '2026-11-01T18:30:00Z',
      '2026-09-30T22:00:00.000Z',
      '2026-10-31T23:00:00.000Z',
    ],
    [
      'last-month',
      'America/New_York',
      '2026-11-01T03:30:00Z',
      '2026-09-01T04:00:00.000Z',
      '2026-10-01T04:00:00.000Z',
    ],
    ['last-month', 'UTC', '2027-01-01T00:00:00Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
    ['last-week', 'UTC', '2026-11-01T18:30:00Z', '2026-10-19T00:00:00.000Z', '2026-10-26T00:00:00.000Z'],
    ['last-week', 'UTC', '2026-11-02T00:00:00Z', '2026-10-26T00:00:00.000Z', '2026-11-02T00:00:00.000Z'],
    [
      'yesterday',
      'Asia/Kolkata',
      '2026-11-01T18:30:00Z',
      '2026-10-31T18:30:00.000Z',
      '2026-11-01T18:30:00.000Z',
    ],
    [
      'yesterday',
      'Europe/Berlin',
      '2026-03-30T10:00:00Z',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ],
  ])('[icws:2.3.filter-bounds] %s in %s at %s', (period, zone, now, startTimeFilter, endTimeFilter) => {
    const asked = configAt(readRequest({ ...request, period, zone }), at(now))
    expect(asked).toMatchObject({ startTimeFilter, endTimeFilter })
    expect(asked).not.toHaveProperty('period')
    expect(asked).not.toHaveProperty('zone')
  })

  test('[icws:2.3.config-required] the body has its name and the user who submits it, and no empty lists', () => {
    const body = JSON.parse(
      startBody(configAt(readRequest(request), at('2026-11-01T18:30:00Z')), 'fin.batch'),
    )
    expect(body).toEqual({ ...request, submittedUserId: 'fin.batch' })
    const whole = JSON.parse(startBody(readRequest(full), 'fin.batch'))
    expect(whole).toMatchObject({ views: full.views, siteIdFilters: full.siteIdFilters })
  })
})

describe('an earlier job, run again', () => {
  const raw = {
    jobConfig: config({ startTimeFilter: '20261001T000000Z', endTimeFilter: '20261101T000000Z' }),
  }

  test('asks for the same, without what the server added', () => {
    const again = requestOf({ raw })
    expect(again).toMatchObject({ name: 'Monthly calls', startTimeFilter: '2026-10-01T00:00:00.000Z' })
    expect(again).not.toHaveProperty('id')
    expect(readRequest(again)).toEqual(again)
  })

  test('that did not say what it asked for cannot be', () => {
    expect(requestOf({ raw: {} })).toBeNull()
    expect(
      requestOf({ raw: { jobConfig: { name: 'n', tables: { tableList: [{ name: 't' }] } } } }),
    ).toBeNull()
    expect(readConfig({ name: 'n' })).toBeNull()
  })
})
