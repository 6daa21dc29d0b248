import type { ConnectionMark } from '../../../preload/contract/words.ts'
import { addMillis, hours, type Instant } from '../time.ts'
import { isOpen } from './job.ts'
import type { Job } from './types.ts'

/** When a run ended: by the system's clock where that can be read, else when we saw it. */
export const endOf = (job: Job): Instant => job.endedAt?.at ?? job.endSeenAt ?? job.knownAt

/**
 * Why the deliberate second step is needed (cli.md, `--again`): on production, where the last completed run was never
 * saved, or ended less than `againHours` ago. Whoever started it: a run on the administration page counts as well.
 */
export function againReason(facts: {
  readonly mark: ConnectionMark
  readonly lastCompleted: Job | null
  /** Whether that run has a receipt. */
  readonly saved: boolean
  readonly againHours: number
  readonly now: Instant
}): 'unsaved-run' | 'recent-run' | null {
  const { mark, lastCompleted, saved, againHours, now } = facts
  if (mark !== 'production' || lastCompleted === null) return null
  if (!saved) return 'unsaved-run'
  return endOf(lastCompleted) > addMillis(now, -hours(againHours)) ? 'recent-run' : null
}

/**
 * The job that a run would join or must wait for. An unknown start comes first: as long as nobody knows whether it
 * runs, nothing may be started beside it.
 */
export function openJob(jobs: readonly Job[]): Job | null {
  const open = jobs.filter(job => isOpen(job.state))
  return open.find(job => job.state === 'start-unknown') ?? open.at(-1) ?? null
}
