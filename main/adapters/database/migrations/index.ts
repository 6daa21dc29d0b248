import type { Tx } from '../database.ts'
import { foundation } from './001-foundation.ts'
import { connections } from './002-connections.ts'
import { jobs } from './003-jobs.ts'
import { deliveries } from './004-deliveries.ts'
import { history } from './005-history.ts'
import { receiptsSeal } from './006-receipts-seal.ts'
import { keptDefinitions } from './007-kept-definitions.ts'
import { schedules } from './008-schedules.ts'
import { leaseProcesses } from './009-lease-processes.ts'
import { startExchanges } from './010-start-exchanges.ts'
import { deliveryParts } from './011-delivery-parts.ts'
import { support } from './012-support.ts'
import { favourites } from './013-favourites.ts'
import { passedByWord } from './014-passed-by.ts'
import { checks } from './015-checks.ts'
import { reviews } from './016-reviews.ts'
import { reviewedWord } from './017-reviewed-word.ts'

/** One step of the schema. Never changed once released: a later one corrects it. */
export type Migration = {
  readonly version: number
  readonly name: string
  readonly up: readonly string[] | ((tx: Tx) => void)
}

/** Every migration in order; tests import this same list. */
export const migrations: readonly Migration[] = [
  foundation,
  connections,
  jobs,
  deliveries,
  history,
  receiptsSeal,
  keptDefinitions,
  schedules,
  leaseProcesses,
  startExchanges,
  deliveryParts,
  support,
  favourites,
  passedByWord,
  checks,
  reviews,
  reviewedWord,
]
