import type { Family } from './family.ts'
import { fullDisk } from './full-disk.ts'
import { failingOperations } from './memory/io-errors.ts'
import { scenarios } from './memory/scenarios.ts'

/** Lets every operation of every kind of delivery fail with every code, and fills a real disk. */
export const ioErrorsFamily: Family = {
  name: 'io-errors',
  askedFor: 3000,
  async run(stage) {
    for (const scenario of scenarios)
      for await (const { label, findings } of failingOperations(scenario)) stage.count(label, findings)
    await fullDisk(stage)
  },
}
