import type { Family } from '../family.ts'
import { failingOperations } from './memory/io-errors.ts'
import { scenarios } from './memory/scenarios.ts'

/** Lets every operation of every kind of delivery fail with every code. */
export const ioErrorsFamily: Family = {
  name: 'io-errors',
  askedFor: 3000,
  async run({ count }) {
    for (const scenario of scenarios)
      for await (const { label, findings } of failingOperations(scenario)) count(label, findings)
  },
}
