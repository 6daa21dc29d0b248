import type { ConnectionView, DefinitionView } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { words } from '../../text.ts'

/** What these extracted once they do not extract again. */
const consuming: ReadonlySet<SystemName> = new Set<SystemName>(['concur'])
export const consumes = (system: SystemName): boolean => consuming.has(system)

/** What a run does beside making files; null where it does nothing else, or nothing that would be missed. */
export function consequenceOf(
  { starts, request }: DefinitionView,
  { system, mark }: ConnectionView,
): string | null {
  const text = words.extracts.runDialog
  if (!starts) return text.newestWhat
  // Of a vault: its schedule is upset by it.
  if (request?.kind === 'job') return text.startNow
  return consumes(system) && mark === 'production' ? text.consequence : null
}
