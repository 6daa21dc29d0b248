import { describe, expect, it } from 'vitest'
import { cutPoints } from '../../faults/delivery/memory/cut-points.ts'
import { scenarios } from '../../faults/delivery/memory/scenarios.ts'

/* The same cuts as `npm run faults -- delivery` makes, so that every test run makes them too. */

let cuts = 0

describe.each(scenarios)('$name', scenario => {
  it('is whole whatever the moment at which it is cut, and complete after the next start', async () => {
    for await (const { label, findings } of cutPoints(scenario)) {
      expect([label, findings]).toEqual([label, []])
      cuts += 1
    }
  }, 60_000)
})

it('was tried at a thousand places at least', () => {
  expect(cuts).toBeGreaterThan(1000)
})
