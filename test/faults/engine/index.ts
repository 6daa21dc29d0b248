import { faultRun } from '../run.ts'
import { engineLosses } from '../tally.ts'
import { clockFamily } from './clock.ts'
import { databaseFamily } from './database.ts'
import { fuzzFamily } from './fuzz.ts'
import { killFamily } from './kill-9.ts'
import { soakFamily } from './soak.ts'

/** Does to the engine what goes wrong in the world. */
export const engineFaults = faultRun(
  'engine',
  [killFamily, clockFamily, databaseFamily, fuzzFamily, soakFamily],
  engineLosses,
)
