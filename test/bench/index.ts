import type { Bench } from '../../build/named-runs.mjs'
import { deliveryBench } from './delivery/index.ts'
import { watchingBench } from './watching/index.ts'

/** What `npm run bench` knows, by name. */
export const benches: Readonly<Record<string, Bench>> = {
  delivery: deliveryBench,
  watching: watchingBench,
}
