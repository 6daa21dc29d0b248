import { describe, expect, it } from 'vitest'
import { createTally, engineLosses, type Finding, totalOf } from '../../faults/tally.ts'

const tallyOf = (askedFor: number, tries: readonly (readonly Finding[])[]) => {
  const said: string[] = []
  const tally = createTally('delivery', 'damage', askedFor, line => said.push(line))
  for (const [index, findings] of tries.entries()) tally.count(`try ${index + 1}`, findings)
  return { ...tally, said }
}

describe('a tally', () => {
  it('is passed where nothing was lost and enough was tried', () => {
    const tally = tallyOf(2, [[], []])
    expect(tally.line()).toEqual({
      ...{ faults: 'delivery', family: 'damage', tried: 2 },
      ...{ lost: 0, partial: 0, doubled: 0, wrong: 0, unexplained: 0 },
    })
    expect(tally.passed()).toBe(true)
  })

  it('counts a try once in each column, and names every finding', () => {
    const lost: Finding = { loss: 'lost', what: 'a.txt' }
    const tally = tallyOf(1, [[lost, { ...lost, what: 'b.txt' }, { loss: 'doubled', what: 'c.txt' }]])
    expect(tally.line()).toMatchObject({ tried: 1, lost: 1, doubled: 1 })
    expect(tally.passed()).toBe(false)
    expect(tally.said.map(line => line.trim())).toEqual([
      'damage: try 1: lost: a.txt',
      'damage: try 1: lost: b.txt',
      'damage: try 1: doubled: c.txt',
    ])
  })

  it('is not passed where less was tried than asked for', () => {
    expect(tallyOf(3, [[], []]).passed()).toBe(false)
  })

  it('counts who was asked, by system, and is not passed where the list would have told', () => {
    const vault = createTally('engine', 'clock', 0, () => {}, engineLosses)
    vault.ask('vault')
    expect(vault.line().asked).toEqual({ concur: 0, icws: 0, vault: 1 })
    expect(vault.passed()).toBe(true)
    const concur = createTally('engine', 'kill-9', 0, () => {}, engineLosses)
    concur.ask('concur')
    expect(concur.passed()).toBe(false)
    const total = totalOf([vault.line(), concur.line()], 'engine', engineLosses)
    expect(total.asked).toEqual({ concur: 1, icws: 0, vault: 1 })
  })

  it('adds up to a total', () => {
    const lines = [tallyOf(1, [[]]).line(), tallyOf(1, [[{ loss: 'wrong', what: 'x' }], []]).line()]
    expect(totalOf(lines, 'delivery')).toMatchObject({ family: 'total', tried: 3, wrong: 1, lost: 0 })
  })
})
