import { describe, expect, it } from 'vitest'
import { createPlaces } from '../../../main/core/desktop/places.ts'
import type { Place } from '../../../preload/contract/types.ts'

function setUp() {
  const published: Place[] = []
  let shown = 0
  const places = createPlaces(
    () => {
      shown += 1
    },
    place => published.push(place),
  )
  return { places, published, shown: () => shown }
}

describe('places', () => {
  it('are shown at once in a window that is ready', () => {
    const { places, published, shown } = setUp()
    places.windowReady()
    places.open({ screen: 'history' })
    expect(published).toEqual([{ screen: 'history' }])
    expect(shown()).toBe(1)
  })

  it('wait for a window that is not; the newest counts', () => {
    const { places, published, shown } = setUp()
    places.open({ screen: 'history' })
    places.open({ screen: 'receipt', receiptId: 'r-1' })
    expect(published).toEqual([])
    expect(shown()).toBe(2)
    places.windowReady()
    places.windowReady()
    expect(published).toEqual([{ screen: 'receipt', receiptId: 'r-1' }])
  })

  it('wait again after the window was closed', () => {
    const { places, published } = setUp()
    places.windowReady()
    places.windowGone()
    places.open({ screen: 'today' })
    expect(published).toEqual([])
    places.windowReady()
    expect(published).toEqual([{ screen: 'today' }])
  })
})
