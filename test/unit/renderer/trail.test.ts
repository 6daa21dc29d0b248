import { afterAll, beforeEach, expect, test } from 'vitest'
import { goBack, goTo, openDefinition, usePlace } from '../../../renderer/stores/place.ts'

const reset = () =>
  usePlace.setState({
    page: { screen: 'today' },
    panel: null,
    inside: null,
    question: null,
    unsaved: new Set(),
    trail: [],
  })
// The tests of a run share one window: others have gone somewhere, and begin where they expect to.
beforeEach(reset)
afterAll(reset)
const page = () => usePlace.getState().page

test('back goes the way that was come, and no further', () => {
  goTo({ screen: 'extracts' })
  openDefinition('d-1')
  openDefinition('d-1', 'destination')
  goTo({ screen: 'history' })
  goBack()
  expect(page()).toEqual({ screen: 'definition', definitionId: 'd-1', tab: 'destination' })
  goBack()
  expect(page()).toEqual({ screen: 'extracts' })
  goBack()
  goBack()
  expect(page()).toEqual({ screen: 'today' })
})

test('back asks where something typed would be lost', () => {
  goTo({ screen: 'settings' })
  usePlace.setState({ unsaved: new Set([Symbol('form')]) })
  goBack()
  expect(page()).toEqual({ screen: 'settings' })
  expect(usePlace.getState().question).toEqual({ kind: 'leave', page: { screen: 'today' } })
})
