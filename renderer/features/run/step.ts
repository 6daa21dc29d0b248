import type { RunPlan } from '../../../preload/contract/types.ts'

/**
 * What the dialog asks for next.
 *
 *   asking ──► no-folder ──Choose──► asking
 *          ──► open ──Join──► joined, closed
 *          ──► ready ──Run──► started, closed
 *          ──► again ──Run again…──► warned ──Run again on production──► started, closed
 *                └── Deliver that run instead ──► delivered, closed
 */
export type Step = 'asking' | 'no-folder' | 'open' | 'ready' | 'again' | 'warned'

export function stepOf(plan: RunPlan | null, warned: boolean): Step {
  if (plan === null) return 'asking'
  if (plan.destination === null) return 'no-folder'
  if (plan.open !== null) return 'open'
  if (plan.again === null) return 'ready'
  return warned ? 'warned' : 'again'
}

/** The last run that ended well, where nobody saved its files: to deliver it is mostly what is meant. */
export const unsavedRun = ({ lastCompleted }: RunPlan): string | null =>
  lastCompleted?.delivery === null ? lastCompleted.id : null
