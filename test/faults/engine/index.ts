import { faultRun } from '../run.ts'
import { engineLosses } from '../tally.ts'
import { clockFamily } from './clock.ts'
import { databaseFamily } from './database.ts'
import { fuzzFamily } from './fuzz.ts'
import { killFamily } from './kill-9.ts'
import { networkFamily } from './network.ts'
import { soakFamily } from './soak.ts'
import { twoProcessesFamily } from './two-processes.ts'

/** Does to the engine what goes wrong in the world. */
export const engineFaults = faultRun(
  'engine',
  [killFamily, twoProcessesFamily, networkFamily, clockFamily, databaseFamily, fuzzFamily, soakFamily],
  engineLosses,
)
