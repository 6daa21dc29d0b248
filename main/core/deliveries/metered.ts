import type { Settings } from '../../../preload/contract/types.ts'
import { largeDownload } from '../../../preload/contract/words.ts'
import type { Events } from '../events.ts'
import type { DeliveryId } from '../ids.ts'
import type { Metered } from '../ports.ts'
import type { DeliverySummary } from './types.ts'

/** Whether deliveries wait for another network. */
export interface MeteredRule {
  /** `bytes` that are still to come of this delivery, as far as is known, wait. */
  waits(id: DeliveryId, bytes: number): boolean
  /** Its user wants it all the same. In memory: after a restart it is asked for once more. */
  allow(id: DeliveryId): void
}

/** For whoever is asked for one delivery on purpose: the command line. */
export const neverWaits: MeteredRule = { waits: () => false, allow: () => {} }

export type MeteredRuleParts = {
  readonly metered: Metered
  readonly settings: { get(): Promise<Pick<Settings, 'pauseOnMetered'>> }
  readonly events: Events
  readonly onFault: (error: unknown) => void
}

/**
 * Large downloads wait while the connection is metered and the user has asked for that. A change of either is told as
 * `status-changed` or `settings-changed`, on which whoever waits looks again.
 */
export async function createMeteredRule(parts: MeteredRuleParts): Promise<MeteredRule> {
  const { metered, settings, events, onFault } = parts
  const allowed = new Set<DeliveryId>()
  let wanted = (await settings.get()).pauseOnMetered

  async function readAgain(): Promise<void> {
    const before = wanted
    wanted = (await settings.get()).pauseOnMetered
    if (wanted !== before) events.publish({ kind: 'status-changed' })
  }
  events.subscribe(({ kind }) => {
    if (kind === 'settings-changed') readAgain().catch(onFault)
  })
  metered.onChange(() => events.publish({ kind: 'status-changed' }))

  return {
    waits: (id, bytes) => wanted && metered.metered() === true && bytes > largeDownload && !allowed.has(id),
    allow: id => void allowed.add(id),
  }
}

/** It waits for another network at this moment. */
export const isHeld = (rule: MeteredRule, { id, error }: Pick<DeliverySummary, 'id' | 'error'>): boolean =>
  error?.code === 'metered' && rule.waits(id, Number(error.facts.left))
