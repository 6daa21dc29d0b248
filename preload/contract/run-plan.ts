import type { Destination, JobView, ReceiptSummary } from './types.ts'

/** What the run button must say before it is pressed: product.md, rule 1. */
export type RunPlan = {
  readonly definitionId: string
  /** The newest run that is over, however it ended. */
  readonly lastRun: JobView | null
  /** The newest run that ended well: what `again` speaks of. */
  readonly lastCompleted: JobView | null
  readonly lastReceipt: ReceiptSummary | null
  /** A job that is queued or running: Run joins it. */
  readonly open: JobView | null
  /** Why the deliberate second step is needed; null where it is not. */
  readonly again: 'unsaved-run' | 'recent-run' | null
  /** Where the files will go; null where nothing was chosen yet. */
  readonly destination: Destination | null
}
