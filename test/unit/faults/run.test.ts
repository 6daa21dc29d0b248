import { describe, expect, it } from 'vitest'
import type { Stage } from '../../../build/named-runs.mjs'
import type { Family } from '../../faults/family.ts'
import { faultRun } from '../../faults/run.ts'
import type { Finding } from '../../faults/tally.ts'

const counting = (name: string, askedFor: number, tries: readonly (readonly Finding[])[]): Family => ({
  name,
  askedFor,
  async run({ seed, count }) {
    for (const findings of tries) count(`seed ${seed}`, findings)
  },
})
const breaking: Family = {
  name: 'breaking',
  askedFor: 0,
  run: () => Promise.reject(new Error('no screen')),
}
const lost: Finding = { loss: 'lost', what: 'a.txt' }
const none = { lost: 0, partial: 0, doubled: 0, wrong: 0, unexplained: 0 }

async function outcomeOf(families: readonly Family[], chosen = families.map(({ name }) => name)) {
  const [printed, said]: [object[], string[]] = [[], []]
  const { runtime, session } = {} as Pick<Stage, 'runtime' | 'session'>
  const stage = {
    ...{ runtime, session, seed: 7 },
    print: (line: object) => printed.push(line),
    say: (line: string) => said.push(line),
  }
  return { passed: await faultRun('delivery', families).run(stage, chosen), printed, said: said.join('\n') }
}

describe('a fault run', () => {
  it('prints a line a family and their sum, and passes where nothing was lost', async () => {
    const families = [counting('network', 2, [[], []]), counting('damage', 1, [[]])]
    const { passed, printed } = await outcomeOf(families)
    expect(passed).toBe(true)
    expect(printed).toEqual([
      { faults: 'delivery', family: 'network', tried: 2, ...none },
      { faults: 'delivery', family: 'damage', tried: 1, ...none },
      { faults: 'delivery', family: 'total', tried: 3, ...none },
    ])
  })

  it('does not pass where one try of one family lost something, and says with which seed', async () => {
    const { passed, printed, said } = await outcomeOf([
      counting('network', 1, [[]]),
      counting('damage', 2, [[lost], []]),
    ])
    expect(passed).toBe(false)
    expect(printed.at(-1)).toEqual({ faults: 'delivery', family: 'total', tried: 3, ...none, lost: 1 })
    expect(said).toContain('damage: seed 7: lost: a.txt')
  })

  it('does not pass where less was tried than asked for, though nothing was lost', async () => {
    const { passed, printed, said } = await outcomeOf([counting('full-disk', 40, [])])
    expect(passed).toBe(false)
    expect(printed).toContainEqual({ faults: 'delivery', family: 'full-disk', tried: 0, ...none })
    expect(said).toContain('full-disk: tried 0 times, of 40 asked for')
  })

  it('does not pass where a family breaks off, and tries the others all the same', async () => {
    const { passed, printed, said } = await outcomeOf([breaking, counting('network', 1, [[]])])
    expect(passed).toBe(false)
    expect(printed).toHaveLength(3)
    expect(said).toContain('breaking: broke off: Error: no screen')
  })

  it('tries as often as it was told to, where a family can', async () => {
    const tries: number[] = []
    const family = (name: string, anyNumber: boolean): Family => ({
      ...{ name, askedFor: 3, anyNumber },
      run: async stage => void tries.push(stage.tries),
    })
    const stage = { ...({} as Stage), seed: 7, tries: 1, print: () => {}, say: () => {} }
    const run = faultRun('engine', [family('kill-9', true), family('clock', false)])
    expect(await run.run(stage, run.families)).toBe(false)
    expect(tries).toEqual([1, 3])
  })

  it('tries no other families than those chosen', async () => {
    const { passed, printed } = await outcomeOf([breaking, counting('network', 1, [[]])], ['network'])
    expect(passed).toBe(true)
    expect(printed).toHaveLength(2)
  })
})
