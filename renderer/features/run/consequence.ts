import type { ConnectionView, DefinitionView } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { words } from '../../text.ts'

/** What these extracted once they do not extract again. */
const consuming: ReadonlySet<SystemName> = new Set<SystemName>(['concur'])
export const consumes = (system: SystemName): boolean => consuming.has(system)

/** What a run does beside making files. With a title it undoes something, and is said as a warning. */
export type Consequence = {
  readonly title?: string
  readonly what: string
  /** Said on the button that starts it, in place of its usual word. */
  readonly confirm?: string
}

/** Null where a run does nothing else, or nothing that would be missed. */
export function consequenceOf(
  { starts, request }: DefinitionView,
  { system, mark }: ConnectionView,
): Consequence | null {
  const text = words.extracts.runDialog
  if (!starts) return { what: text.newestWhat }
  // Of a vault: its schedule is upset by it.
  if (request?.kind === 'job') {
    const { title, what, confirm, confirmProduction } = text.startNow
    return { title, what, confirm: mark === 'production' ? confirmProduction : confirm }
  }
  return consumes(system) && mark === 'production' ? { what: text.consequence } : null
}
