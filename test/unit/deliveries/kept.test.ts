import { expect, it } from 'vitest'
import { keptOf } from '../../../main/core/deliveries/kept.ts'
import type { Delivery, PlannedFile } from '../../../main/core/deliveries/types.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'

const keep = { replaced: hours(24), refused: hours(48) }
const file = (action: PlannedFile['action']): PlannedFile => ({
  staged: '/s/a',
  final: '/d/a',
  bytes: 1,
  sha256: '',
  crc32: null,
  rows: null,
  action,
})
const ended = (state: Delivery['state'], ...files: readonly PlannedFile[]) => ({
  state,
  updatedAt: fakeStart,
  plan: { files, marker: null, ownFolder: null, warnings: [], placed: true },
})

it('files that were replaced are kept for a while, and downloads that were refused', () => {
  expect(keptOf(ended('delivered', file('place'), file('replace')), keep)).toEqual({
    part: 'aside',
    until: addMillis(fakeStart, hours(24)),
  })
  expect(keptOf({ ...ended('not-what-it-claims'), plan: null }, keep)).toEqual({
    part: 'downloads',
    until: addMillis(fakeStart, hours(48)),
  })
})

it('nothing else of an ended delivery is', () => {
  expect(keptOf(ended('delivered', file('place'), file('same')), keep)).toBeNull()
  expect(keptOf(ended('cancelled', file('replace')), keep)).toBeNull()
  expect(keptOf(ended('finished-empty'), keep)).toBeNull()
})
