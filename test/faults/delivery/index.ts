import type { FaultRun } from '../../../build/named-runs.mjs'
import { createTally, type FaultLine, totalOf } from '../tally.ts'
import { cutPointsFamily } from './cut-points.ts'
import { damageFamily } from './damage.ts'
import type { Family } from './family.ts'
import { ioErrorsFamily } from './io-errors.ts'
import { killFamily } from './kill-9.ts'
import { networkFamily } from './network.ts'

const families: readonly Family[] = [cutPointsFamily, killFamily, ioErrorsFamily, damageFamily, networkFamily]

/** Does to deliveries what goes wrong in the world; prints one line a family, and their sum. */
export const deliveryFaults: FaultRun = async stage => {
  const lines: FaultLine[] = []
  let passed = true
  for (const family of families) {
    const tally = createTally('delivery', family.name, family.askedFor, stage.say)
    await family.run({ ...stage, count: tally.count })
    const line = tally.line()
    stage.print(line)
    lines.push(line)
    if (!tally.passed()) passed = false
  }
  stage.print(totalOf(lines, 'delivery'))
  return passed
}
