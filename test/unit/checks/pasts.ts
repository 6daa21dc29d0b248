import type { KeptFacts, NewFacts, PastDelivery } from '../../../main/core/checks/types.ts'
import { jobId, receiptId } from '../../../main/core/ids.ts'
import { addMillis, hours, instantAt } from '../../../main/core/time.ts'

/** The 15th of a month: no end of one. */
export const start = instantAt(Date.UTC(2026, 5, 15, 18))
export const day = hours(24)

export const kept = (patch: Partial<KeptFacts> = {}): KeptFacts => ({
  fingerprint: 'of these files',
  totals: [],
  tables: [],
  period: null,
  ...patch,
})

export const facts = (patch: Partial<NewFacts> = {}): NewFacts => ({
  ...kept(),
  at: start,
  files: 1,
  rows: 100,
  ...patch,
})

/** One so many days ago, by its number. */
export function past(daysAgo: number, patch: Partial<PastDelivery> = {}): PastDelivery {
  const at = addMillis(start, -daysAgo * day)
  return {
    jobId: jobId(`job-${daysAgo}`),
    receiptId: receiptId(`r-${daysAgo}`),
    receiptNumber: 100 - daysAgo,
    at,
    deliveredAt: at,
    files: 1,
    bytes: 1000,
    rows: 100,
    totals: patch.kept?.totals ?? [],
    kept: kept(),
    findings: [],
    ...patch,
  }
}

/** Days of nothing special, the newest first: the 14th back to the 4th, then on before the end of the month. */
export const quietDays = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const
