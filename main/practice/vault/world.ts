import type { Scenario } from '../scenarios.ts'
import type { Account } from './accounts.ts'
import type { Store } from './state.ts'

/** All that the handlers of this system share. */
export type World = Readonly<{
  seed: number
  speed: number
  largeBytes: number
  now: () => number
  scenario: () => Scenario
  /** Of the vault, `http://127.0.0.1:PORT`. */
  origin: () => string
  store: Store
  /** Requests of the last five minutes, by their times. */
  burst: number[]
  /** Wrong passwords by user. */
  wrongPasswords: Map<string, number>
  /** Uses of a session, by its id. */
  sessionUses: Map<string, number>
  /** Direct Data files that were made already, by their names. */
  archives: Map<string, Buffer>
  /** Equal requests, for scenarios that answer some of them. */
  turns: Map<string, number>
}>

/** Who calls, and by which session (its hash); a token that never ends has none. */
export type Caller = Readonly<{ account: Account; session: string | null; version: string }>

/** How often this has happened before, counting. */
export function count(counts: Map<string, number>, key: string): number {
  const before = counts.get(key) ?? 0
  counts.set(key, before + 1)
  return before
}
