import type { Stage } from '../../build/named-runs.mjs'
import type { Tally } from './tally.ts'

/** Where a family of faults is tried. The same seed tries the same moments and places. */
export type FaultStage = Stage & {
  readonly seed: number
  /** How many tries there are to be: what was asked for on the command line, where it may be. */
  readonly tries: number
  readonly count: Tally['count']
  readonly ask: Tally['ask']
}

export type Family = {
  readonly name: string
  /** How many tries there must be at least. */
  readonly askedFor: number
  /** As many as `--tries` says, where it does. */
  readonly anyNumber?: boolean
  run(stage: FaultStage): Promise<void>
}
