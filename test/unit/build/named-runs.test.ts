import { describe, expect, it } from 'vitest'
import { chosenRuns, readWords } from '../../../build/named-runs.mjs'

describe('the words of a bench or fault run', () => {
  it('are names and a seed', () => {
    expect(readWords(['delivery', '--seed', '7'])).toEqual({ names: ['delivery'], seed: 7 })
  })

  it('without a seed draw one, another each time', () => {
    const seeds = Array.from({ length: 5 }, () => readWords([])?.seed)
    expect(new Set(seeds).size).toBeGreaterThan(1)
  })

  it.each([[['--seed']], [['--seed', 'x']], [['--fast']]])('are refused: %j', words => {
    expect(readWords(words)).toBeNull()
  })
})

describe('the runs that are chosen', () => {
  const registered = { delivery: 1, start: 2 }

  it('are those that were named, all without a name, none with an unknown one', () => {
    expect(chosenRuns(registered, ['start'])).toEqual([['start', 2]])
    expect(chosenRuns(registered, [])).toHaveLength(2)
    expect(chosenRuns(registered, ['start', 'toString'])).toBeNull()
  })
})
