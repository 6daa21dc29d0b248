import type { Scenario } from '../scenarios.ts'
import type { Store } from './state.ts'

export type Region = 'home' | 'elsewhere'

/** All that the handlers of this system share. */
export type World = Readonly<{
  seed: number
  speed: number
  largeBytes: number
  /** Epoch milliseconds. */
  now: () => number
  scenario: () => Scenario
  origin: (region: Region) => string
  store: Store
  /** Wrong passwords by user name, and requests by access token or by path. In memory: a restart forgives. */
  wrongPasswords: Map<string, number>
  tokenUses: Map<string, number>
  turns: Map<string, number>
}>

/** Adds one to a counter and returns what it was before. */
export function count(counters: Map<string, number>, key: string): number {
  const before = counters.get(key) ?? 0
  counters.set(key, before + 1)
  return before
}
