import { beforeEach, describe, expect, it } from 'vitest'
import type { ScheduleView } from '../../../preload/contract/schedules.ts'
import { words } from '../../../preload/contract/text/index.ts'
import { commandsFor, matches } from '../../../renderer/features/palette/commands.ts'
import { follow, usePlace } from '../../../renderer/stores/place.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const { definitions, connections } = monthEnd(1_700_000_000_000)
const schedule: ScheduleView = {
  id: 's-1',
  name: 'Month end',
  definitionIds: [],
  timetable: {
    recurrence: { kind: 'daily', time: '18:30', days: 'all' },
    zone: 'UTC',
    holidays: [],
    skipHolidays: false,
  },
  missed: 'once',
  paused: false,
  next: [],
  last: null,
  open: [],
}
const commands = commandsFor(definitions, connections, [schedule])
const placeOf = (connection: string) => connections.findIndex(({ name }) => name === connection)
const named = (typed: string) => commands.filter(command => matches(command, typed)).map(one => one.name)

beforeEach(() => usePlace.setState({ page: { screen: 'today' }, panel: null, question: null }))

describe('the palette', () => {
  it('finds by words in any order, the connection among them', () => {
    expect(named('us standard run')).toEqual(['Run Standard Accounting Extract US…'])
    expect(named('acme eu run')).toEqual(['Run Standard Accounting Extract Europe…'])
    expect(named('zzz')).toEqual([])
  })

  it('lists definitions by connection, as the rail has them', () => {
    const backwards = commandsFor([...definitions].reverse(), connections, [])
    const runs = backwards.filter(({ id }) => id.startsWith('run ')).map(({ about }) => about)
    expect(new Set(runs).size).toBeGreaterThan(1)
    expect(runs).toEqual([...runs].sort((a, b) => placeOf(a) - placeOf(b)))
  })

  it('never offers to run what the system no longer lists', () => {
    expect(named('value added')).toEqual(['Open Value added tax reclaim'])
  })

  it('opens schedules, and the screen that has them', () => {
    expect(named('month end')).toEqual(['Open schedule Month end'])
    commands.find(one => one.name === 'Open schedule Month end')?.run()
    expect(usePlace.getState().page).toEqual({ screen: 'schedule', scheduleId: 's-1', tab: 'timetable' })
    expect(named('go schedules')).toEqual(['Go to Schedules'])
  })

  it('starts nothing where nothing can be started, and makes definitions where the system keeps none', () => {
    const [first] = definitions
    const [connection] = connections
    if (!first || !connection) throw new Error('There is nothing to run')
    const others = { ...first, id: 'd-others', name: 'Other jobs', kind: 'others', starts: false } as const
    const direct = { ...first, id: 'd-direct', name: 'Latest changes', kind: 'kept', starts: false } as const
    const vault = { ...connection, system: 'vault' } as const
    expect(commandsFor([others, direct], [vault], []).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        words.extracts.saveNewestOf('Latest changes'),
        words.shell.paletteOpen('Other jobs'),
        words.definitions.addOf(vault.name),
      ]),
    )
    expect(commandsFor([others], [vault], []).filter(({ id }) => id.startsWith('run '))).toEqual([])
  })

  it('asks before it runs', () => {
    commands.find(one => one.name.startsWith('Run Attendee'))?.run()
    expect(usePlace.getState().question).toEqual({ kind: 'run', definitionId: 'd-attendee' })
  })
})

describe('places', () => {
  it('opens the receipt that a notification names, in the history', () => {
    follow({ screen: 'receipt', receiptId: 'r-31' })
    expect(usePlace.getState()).toMatchObject({
      page: { screen: 'history' },
      panel: { kind: 'receipt', receiptId: 'r-31' },
    })
  })

  it('opens definitions, connections, schedules and screens', () => {
    follow({ screen: 'schedule', scheduleId: 's-1' })
    expect(usePlace.getState().page).toEqual({ screen: 'schedule', scheduleId: 's-1', tab: 'timetable' })
    follow({ screen: 'schedules' })
    expect(usePlace.getState().page).toEqual({ screen: 'schedules' })
    follow({ screen: 'definition', definitionId: 'd-1' })
    expect(usePlace.getState().page).toEqual({ screen: 'definition', definitionId: 'd-1', tab: 'jobs' })
    follow({ screen: 'connection', connectionId: 'c-eu' })
    expect(usePlace.getState()).toMatchObject({
      page: { screen: 'connection', connectionId: 'c-eu' },
      panel: null,
    })
    follow({ screen: 'settings' })
    expect(usePlace.getState().page).toEqual({ screen: 'settings' })
  })
})
