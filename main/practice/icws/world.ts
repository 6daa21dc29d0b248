import type { Scenario } from '../scenarios.ts'
import type { Session } from './sessions.ts'
import type { Store } from './state.ts'
import type { Writer } from './writer.ts'

/** The one server under its two names: which one was asked stands in the Host header. */
export type HostName = '127.0.0.1' | 'localhost'

/** What a server may be like, beside the scenario. */
export type Habits = {
  /** The names under which sessions are taken; the others answer 503 and name these. */
  accepts: readonly HostName[]
  /** The account's password is the right one. */
  passwordIsRight: boolean
  /** Days until the password ends; null: not said. */
  passwordDays: number | null
  /** Servers before version 3 of the feature connection name no features. */
  features: 'all' | 'without-extractor' | 'not-named'
  licence: boolean
  /** The account has the access Data Extractor. */
  right: boolean
  /** Messages about jobs can be subscribed to. */
  messages: boolean
  /** Jobs without state, times, folder: all that is optional is missing. */
  sparse: boolean
  /** The resource was removed from the API: 410. */
  removed: boolean
}

export const usualHabits: Habits = {
  accepts: ['127.0.0.1', 'localhost'],
  passwordIsRight: true,
  passwordDays: null,
  features: 'all',
  licence: true,
  right: true,
  messages: true,
  sparse: false,
  removed: false,
}

/** All that the handlers of this system share. */
export type World = {
  readonly seed: number
  readonly speed: number
  readonly largeBytes: number
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly scenario: () => Scenario
  readonly store: Store
  readonly writer: Writer
  readonly habits: Habits
  /** In memory: a restart ends them all. */
  readonly sessions: Map<string, Session>
  readonly turns: Map<string, number>
}

export const user = {
  id: 'fin.batch',
  displayName: 'Finance Batch',
  password: 'practice-icws-password',
} as const
/** Where the server says that its files are. */
export const extracts = '\\\\IC-PRACTICE\\extracts'
