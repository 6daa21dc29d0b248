import type { DeskBridge } from '../../preload/contract/bridge.ts'
import type { TrendView } from '../../preload/contract/checks.ts'
import type { FolderTrialView } from '../../preload/contract/dry-run.ts'

/** Where nothing was delivered yet. */
export const noTrend: TrendView = { points: [], rows: null, totals: [], enough: 6, most: 24 }

/** Checks that found nothing; nobody marks anything. */
export const fakeChecks: DeskBridge['checks'] = {
  trend: async () => noTrend,
  ofReceipt: async () => [],
  async mark() {
    throw new Error('Nothing is marked here')
  },
}

/** A folder in which a delivery has room. */
export const goodFolder: FolderTrialView = {
  staging: 'beside',
  freeBytes: 48_200_000_000,
  neededBytes: 62_000_000,
  error: null,
}
