import { faultRun } from '../run.ts'
import { cutPointsFamily } from './cut-points.ts'
import { damageFamily } from './damage.ts'
import { fullDiskFamily } from './full-disk.ts'
import { ioErrorsFamily } from './io-errors.ts'
import { killFamily } from './kill-9.ts'
import { networkFamily } from './network.ts'
import { stagingFamily } from './staging.ts'

/** Does to deliveries what goes wrong in the world. */
export const deliveryFaults = faultRun('delivery', [
  cutPointsFamily,
  killFamily,
  ioErrorsFamily,
  fullDiskFamily,
  damageFamily,
  stagingFamily,
  networkFamily,
])
