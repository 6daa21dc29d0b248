export type BeginParts = {
  /** Finishes groups whose publishing was cut, and lets the deliveries begin. */
  readonly finishPublishing: () => Promise<void>
  /** Settles what a killed process left of its starts; may wait a minute for a lease to end. */
  readonly recoverStarts: () => Promise<void>
  readonly watch: () => void
  readonly stopping: AbortSignal
  readonly onFault: (error: unknown) => void
}

/**
 * Begins the work that goes on by itself. What is half visible in a folder comes first. Then starts are settled and
 * jobs are watched beside each other: leases and the merge of lists keep the two apart, so that nobody who waits for a
 * running job waits for a killed process's lease as well.
 */
export async function beginWork(parts: BeginParts): Promise<void> {
  const { finishPublishing, recoverStarts, watch, stopping, onFault } = parts
  await finishPublishing().catch(onFault)
  if (stopping.aborted) return
  watch()
  await recoverStarts().catch(onFault)
}
