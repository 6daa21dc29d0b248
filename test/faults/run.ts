import type { FaultRun } from '../../build/named-runs.mjs'
import type { Family } from './family.ts'
import { createTally, type FaultLine, type Loss, losses, totalOf } from './tally.ts'

/** The families of faults of one name; prints one line a family, and their sum. */
export function faultRun(
  faults: string,
  families: readonly Family[],
  columns: readonly Loss[] = losses,
): FaultRun {
  return {
    families: families.map(({ name }) => name),
    async run(stage, chosen) {
      const lines: FaultLine[] = []
      let passed = true
      for (const family of families.filter(({ name }) => chosen.includes(name))) {
        stage.say(`== ${faults}/${family.name}`)
        const tries = (family.anyNumber ? stage.tries : undefined) ?? family.askedFor
        const tally = createTally(faults, family.name, tries, stage.say, columns)
        try {
          await family.run({ ...stage, tries, count: tally.count, ask: tally.ask })
        } catch (error) {
          // What broke off has not tried what it was asked to; the others are tried all the same.
          passed = false
          stage.say(`  ${family.name}: broke off: ${error instanceof Error ? error.stack : error}`)
        }
        const line = tally.line()
        stage.print(line)
        lines.push(line)
        if (!tally.passed()) passed = false
      }
      stage.print(totalOf(lines, faults, columns))
      return passed
    },
  }
}
