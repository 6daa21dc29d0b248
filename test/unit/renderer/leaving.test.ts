import { beforeEach, describe, expect, it } from 'vitest'
import {
  closeQuestion,
  follow,
  goTo,
  leaveTo,
  openDefinition,
  usePlace,
} from '../../../renderer/stores/place.ts'

const place = () => usePlace.getState()

beforeEach(() => {
  usePlace.setState({
    page: { screen: 'add-connection' },
    panel: null,
    question: null,
    unsaved: new Set([Symbol('form')]),
  })
})

describe('leaving a page on which something was typed', () => {
  it('is asked about first, wherever one wants to go', () => {
    openDefinition('d-1')
    const page = { screen: 'definition', definitionId: 'd-1', tab: 'jobs' }
    expect(place()).toMatchObject({ page: { screen: 'add-connection' }, question: { kind: 'leave', page } })
  })

  it('is asked about though a notification leads elsewhere', () => {
    follow({ screen: 'settings' })
    expect(place()).toMatchObject({ page: { screen: 'add-connection' }, question: { kind: 'leave' } })
  })

  it('does not happen where one stays, and what was typed is still asked about', () => {
    goTo({ screen: 'today' })
    closeQuestion()
    expect(place()).toMatchObject({ page: { screen: 'add-connection' }, question: null })
    expect(place().unsaved.size).toBe(1)
  })

  it('happens without a question once somebody said so, or where nothing was typed', () => {
    leaveTo({ screen: 'today' })
    expect(place()).toMatchObject({ page: { screen: 'today' }, question: null })
    goTo({ screen: 'history' })
    expect(place()).toMatchObject({ page: { screen: 'history' }, question: null })
  })
})
