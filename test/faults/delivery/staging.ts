import type { Family } from '../family.ts'
import { scenarios } from './memory/scenarios.ts'
import { stagingFaults } from './memory/staging-faults.ts'

/** Takes away, cuts and lengthens what is ready to be published, at every step until it is. */
export const stagingFamily: Family = {
  name: 'staging',
  askedFor: 1000,
  async run({ count }) {
    for (const scenario of scenarios)
      for await (const { label, findings } of stagingFaults(scenario)) count(label, findings)
  },
}
