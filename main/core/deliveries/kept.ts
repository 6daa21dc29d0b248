import { addMillis, type Instant, type Millis } from '../time.ts'
import { isDelivered } from './delivery.ts'
import type { Files } from './files.ts'
import { filesIn } from './staging.ts'
import type { Delivery, Staging } from './types.ts'

/** How long something of an ended delivery's staging is kept; 0: not at all. */
export type Keep = {
  /** Files that were replaced. */
  readonly replaced: Millis
  /** Downloads that were not what they claim to be. */
  readonly refused: Millis
}
type Part = 'aside' | 'downloads'

/** What stays of an ended delivery's staging for a while, and until when; null: nothing. */
export function keptOf(
  { state, plan, updatedAt }: Pick<Delivery, 'state' | 'plan' | 'updatedAt'>,
  { replaced, refused }: Keep,
): { readonly part: Part; readonly until: Instant } | null {
  const hasReplaced = plan?.files.some(({ action }) => action === 'replace') ?? false
  if (isDelivered(state) && hasReplaced) return { part: 'aside', until: addMillis(updatedAt, replaced) }
  if (state === 'not-what-it-claims') return { part: 'downloads', until: addMillis(updatedAt, refused) }
  return null
}

/** Removes the rest. What is removed already is no error: this is done anew at every sweep. */
export async function removeAllBut(files: Files, staging: Staging, part: Part): Promise<void> {
  const { [part]: _kept, ...others } = filesIn(staging)
  for (const path of Object.values(others)) await files.removeTree(path)
}
