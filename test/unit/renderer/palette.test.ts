import { beforeEach, describe, expect, it } from 'vitest'
import { commandsFor, matches } from '../../../renderer/features/palette/commands.ts'
import { follow, usePlace } from '../../../renderer/stores/place.ts'
import { monthEnd } from '../../fakes/fake-desk-data.ts'

const { definitions, connections } = monthEnd(1_700_000_000_000)
const commands = commandsFor(definitions, connections)
const named = (typed: string) => commands.filter(command => matches(command, typed)).map(one => one.name)

beforeEach(() => usePlace.setState({ page: { screen: 'today' }, panel: null, question: null }))

describe('the palette', () => {
  it('finds by words in any order, the connection among them', () => {
    expect(named('us standard run')).toEqual(['Run Standard Accounting Extract US…'])
    expect(named('acme eu run')).toEqual(['Run Standard Accounting Extract Europe…'])
    expect(named('zzz')).toEqual([])
  })

  it('never offers to run what the system no longer lists', () => {
    expect(named('value added')).toEqual(['Open Value added tax reclaim'])
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

  it('opens definitions, connections and screens', () => {
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
