import { describe, expect, it } from 'vitest'
import { scenarios } from '../../faults/delivery/memory/scenarios.ts'
import { stagingFaults } from '../../faults/delivery/memory/staging-faults.ts'

/* The same harm as `npm run faults -- delivery/staging` does, to one kind of each way to publish. */
const ways = ['a single csv', 'a folder of its own', 'replace on a volume without hard links']

describe.each(scenarios.filter(({ name }) => ways.includes(name)))('$name', scenario => {
  it('is complete and there once, whatever happens to its files between their plan and their names', async () => {
    let tried = 0
    for await (const { label, findings } of stagingFaults(scenario)) {
      expect([label, findings]).toEqual([label, []])
      tried += 1
    }
    expect(tried).toBeGreaterThan(20)
  }, 60_000)
})
