import type { FaultRun } from '../../build/named-runs.mjs'
import { deliveryFaults } from './delivery/index.ts'
import { doorFaults } from './door/index.ts'
import { engineFaults } from './engine/index.ts'

/** What `npm run faults` knows, by name. */
export const faultRuns: Readonly<Record<string, FaultRun>> = {
  delivery: deliveryFaults,
  door: doorFaults,
  engine: engineFaults,
}
