import { describe, expect, test } from 'vitest'
import { remoteId } from '../../../../main/core/ids.ts'
import { readConfig } from '../../../../main/core/systems/icws/config.ts'
import { isRunOf, targetOfRun, wantedOf } from '../../../../main/core/systems/icws/equal.ts'
import { readRequest } from '../../../../main/core/systems/icws/request.ts'
import { instantAt } from '../../../../main/core/time.ts'
import { columns, config, icws, request, table, target } from './fixture.ts'

const at = instantAt(Date.parse('2026-11-01T18:30:00Z'))
const run = (more: object = {}, when: typeof at | null = at) => ({
  name: 'Monthly calls',
  config: readConfig(config(more)),
  at: when,
})
const wanted = readRequest(request)

describe('a job is a run of a definition with an equal configuration', () => {
  test('[icws:2.3.case] whatever the case of names and the order of tables and columns', () => {
    const other = { name: 'Other', column: columns('a') }
    const loud = { name: 'INTERACTIONSUMMARY', column: columns('siteid', 'INTERACTIONIDKEY') }
    const both = readRequest({ ...request, tables: { tableList: [table, other] } })
    expect(isRunOf(run({ tables: { tableList: [loud] } }), wanted)).toBe(true)
    expect(isRunOf(run({ tables: { tableList: [other, loud] } }), both)).toBe(true)
  })

  test('whatever the form of its times, to the second', () => {
    const fixed = readRequest({
      ...request,
      startTimeFilter: '2026-09-01T00:00:00Z',
      endTimeFilter: '2026-10-01T00:00:00.5Z',
    })
    expect(
      isRunOf(run({ startTimeFilter: '20260901T000000Z', endTimeFilter: '20261001T000000Z' }), fixed),
    ).toBe(true)
    expect(
      isRunOf(run({ startTimeFilter: '20260901T000001Z', endTimeFilter: '20261001T000000Z' }), fixed),
    ).toBe(false)
    expect(isRunOf(run({ startTimeFilter: '20260901T000000Z' }), fixed)).toBe(false)
    expect(isRunOf(run(), fixed)).toBe(false)
  })

  test.each([
    ['another name', { name: 'Weekly calls' }],
    ['another table', { tables: { tableList: [{ ...table, name: 'Other' }] } }],
    ['one table more', { tables: { tableList: [table, { ...table, name: 'Other' }] } }],
    ['one column less', { tables: { tableList: [{ ...table, column: columns('SiteID') }] } }],
    ['another filter column', { tables: { tableList: [{ ...table, dateTimeFilterColumn: 'X' }] } }],
    ['a view for a table', { tables: { tableList: [] }, views: { viewList: [table] } }],
    ['other sites', { siteIdFilters: [{ name: '2' }] }],
    ['a time range', { startTimeFilter: '20260901T000000Z' }],
  ])('not with %s', (_what, more) => {
    expect(isRunOf(run(more), wanted)).toBe(false)
  })

  test('a period is held against the moment of its submission, by the server’s clock', () => {
    const monthly = readRequest({ ...request, period: 'last-month', zone: 'Europe/Berlin' })
    const october = { startTimeFilter: '20260930T220000Z', endTimeFilter: '20261031T230000Z' }
    const september = { startTimeFilter: '20260831T220000Z', endTimeFilter: '20260930T220000Z' }
    expect(isRunOf(run(october), monthly)).toBe(true)
    expect(isRunOf(run(september), monthly)).toBe(false)
    // Submitted at the turn of the month: a clock may be some minutes off.
    const turn = instantAt(Date.parse('2026-10-31T23:10:00Z'))
    expect(isRunOf(run(october, turn), monthly)).toBe(true)
    expect(isRunOf(run(september, turn), monthly)).toBe(true)
  })

  test('[icws:2.3.times-optional] any whole period fits a job without a time: it may be the one that is looked for', () => {
    const monthly = readRequest({ ...request, period: 'last-month', zone: 'UTC' })
    expect(
      isRunOf(run({ startTimeFilter: '20260801T000000Z', endTimeFilter: '20260901T000000Z' }, null), monthly),
    ).toBe(true)
    expect(
      isRunOf(run({ startTimeFilter: '20260801T000000Z', endTimeFilter: '20260902T000000Z' }, null), monthly),
    ).toBe(false)
  })

  test('one that does not say what it asks for is told by its name', () => {
    expect(isRunOf({ name: 'Monthly calls', config: null, at }, wanted)).toBe(true)
    expect(isRunOf({ name: 'Others', config: null, at }, wanted)).toBe(false)
  })

  test('no one of several alike, since nobody can tell; a request that cannot be read hides no other', () => {
    const broken = { ...target, id: remoteId('broken'), request: { tables: 7 } }
    const none = { ...target, id: remoteId('none'), request: null }
    const targets = wantedOf([broken, none, target, { ...target, id: remoteId('kept-2') }])
    expect(targets.map(({ id }) => id)).toEqual(['kept-1', 'kept-2'])
    expect(targetOfRun(run(), targets)).toBeNull()
    expect(targetOfRun(run(), targets.slice(0, 1))).toBe('kept-1')
    expect(targetOfRun(run({ name: 'Weekly' }), targets)).toBeNull()
  })
})

describe('a job asks for what a run would ask for now', () => {
  const daily = { ...target, request: { ...request, period: 'yesterday', zone: 'Europe/Berlin' } }
  const moment = (text: string) => instantAt(Date.parse(text))
  const first = { startTimeFilter: '20261029T230000Z', endTimeFilter: '20261030T230000Z' }
  const jobOf = (more: object) => ({ raw: { jobConfig: config(more) } })

  test('until the day is over in the zone of the definition', () => {
    const { asksAlike } = icws()
    expect(asksAlike(daily, jobOf(first), moment('2026-10-31T22:59:59Z'))).toBe(true)
    // Midnight in Berlin: what ran before it is about the day before yesterday.
    expect(asksAlike(daily, jobOf(first), moment('2026-10-31T23:00:00Z'))).toBe(false)
  })

  test('until the definition is changed', () => {
    const { asksAlike } = icws()
    expect(asksAlike(target, jobOf({}), at)).toBe(true)
    expect(asksAlike(target, jobOf({ siteIdFilters: [{ name: '2' }] }), at)).toBe(false)
  })

  test('as far as it tells: one without a configuration is believed', () => {
    expect(icws().asksAlike(daily, { raw: {} }, at)).toBe(true)
  })
})
