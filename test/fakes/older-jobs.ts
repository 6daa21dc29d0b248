import type { JobView } from '../../preload/contract/types.ts'

/** The jobs of a definition before this one, a month apart, as each of them can have ended. */
export function olderJobs(job: JobView): readonly JobView[] {
  return [1, 2, 3, 4, 5].map(month => {
    const at = (job.startedAt?.at ?? job.knownAt) - month * 30 * 86_400_000
    return {
      ...job,
      id: `${job.id}-${month}`,
      remoteId: `gWqq$Older${month}defGHijk`,
      state: 'completed',
      knownAt: at,
      startedAt: { at, raw: new Date(at).toISOString(), zoneAssumed: false },
      endedAt: { at: at + 68_000 + month * 7000, raw: '', zoneAssumed: false },
      error: null,
      listed: month < 4,
      delivery: {
        id: `v-${job.id}-${month}`,
        jobId: `${job.id}-${month}`,
        state: month === 2 ? 'finished-empty' : month === 3 ? 'delivered-with-warnings' : 'delivered',
        folder: '\\\\erp\\finance\\concur\\in',
        progress: null,
        error: month === 2 ? { code: 'empty-extract', facts: {} } : null,
        nextAttemptAt: null,
        receiptId: month === 2 ? null : `r-${30 - month}`,
        updatedAt: at,
      },
    }
  })
}
