import { describe, expect, it } from 'vitest'
import { chosenFamilies, chosenRuns, readWords } from '../../../build/named-runs.mjs'

describe('the words of a bench or fault run', () => {
  it('are names and a seed', () => {
    expect(readWords(['delivery', '--seed', '7'])).toEqual({ names: ['delivery'], seed: 7 })
    expect(readWords(['--tries', '9', '--seed', '7'])).toEqual({ names: [], seed: 7, tries: 9 })
  })

  it('without a seed draw one, another each time', () => {
    const seeds = Array.from({ length: 5 }, () => readWords([])?.seed)
    expect(new Set(seeds).size).toBeGreaterThan(1)
  })

  it.each([[['--seed']], [['--seed', 'x']], [['--tries']], [['--fast']]])('are refused: %j', words => {
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

describe('the families of faults that are chosen', () => {
  const run = async () => true
  const delivery = { families: ['cut-points', 'damage', 'network'], run }
  const watch = { families: ['network'], run }
  const registered = { delivery, watch }

  it('are all of them without a name, and all of a run that is named', () => {
    expect(chosenFamilies(registered, [])).toEqual([
      [delivery, delivery.families],
      [watch, watch.families],
    ])
    expect(chosenFamilies(registered, ['watch'])).toEqual([[watch, ['network']]])
  })

  it('are those that are named with their run, in the order of the run', () => {
    expect(chosenFamilies(registered, ['delivery/network', 'delivery/damage'])).toEqual([
      [delivery, ['damage', 'network']],
    ])
    expect(chosenFamilies(registered, ['delivery/damage', 'delivery'])).toEqual([
      [delivery, delivery.families],
    ])
  })

  it.each(['network', 'watch/damage', 'delivery/', '/network', 'toString'])(
    'are none with the unknown %s',
    name => {
      expect(chosenFamilies(registered, ['delivery', name])).toBeNull()
    },
  )
})
