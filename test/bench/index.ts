import type { Bench } from '../../build/named-runs.mjs'
import { cliBench } from './cli/index.ts'
import { deliveryBench } from './delivery/index.ts'
import { insideBench } from './inside/index.ts'
import { watchingBench } from './watching/index.ts'

/** What `npm run bench` knows, by name. */
export const benches: Readonly<Record<string, Bench>> = {
  cli: cliBench,
  delivery: deliveryBench,
  inside: insideBench,
  watching: watchingBench,
}
