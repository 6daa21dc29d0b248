import type { Family } from '../family.ts'
import { cutPoints } from './memory/cut-points.ts'
import { scenarios } from './memory/scenarios.ts'

/** Cuts every kind of delivery before every operation, in files and in the journal, in three ways. */
export const cutPointsFamily: Family = {
  name: 'cut-points',
  askedFor: 1000,
  async run({ count }) {
    for (const scenario of scenarios)
      for await (const { label, findings } of cutPoints(scenario)) count(label, findings)
  },
}
