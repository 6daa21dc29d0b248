import { type DeliveryId, deliveryId } from '../ids.ts'
import type { Ids, Lease, Leases, LeasesLeft, Log } from '../ports.ts'
import type { Files } from './files.ts'
import { makeStaging, realFolder, removeStaging } from './staging.ts'
import type { Staging } from './types.ts'

export type TrialWorld = {
  readonly files: Files
  readonly leases: Leases & LeasesLeft
  readonly ids: Ids
  readonly profileId: string
}

/** The leases of trials: each is taken before its staging is made, and so tells where that is after a kill. */
const prefix = 'trial:'
type Place = { readonly real: string; readonly staging: Staging }

/**
 * Begins in a folder as a delivery begins there, and looks at what came of it. What was made is removed, however it
 * went; after a kill, at the next start (sweepTrials). Throws what is in the way.
 */
export async function tryStaging<T>(
  { files, leases, ids, profileId }: TrialWorld,
  folder: string,
  look: (staging: Staging, real: string) => Promise<T>,
): Promise<T> {
  const real = await realFolder(files, folder)
  const trial: { readonly id: DeliveryId; readonly destination: { readonly folder: string } } = {
    id: deliveryId(ids.next('check')),
    destination: { folder },
  }
  const made: { readonly staging: Staging; readonly lease: Lease | null }[] = []
  try {
    const staging = await makeStaging(files, trial, profileId, async candidate => {
      const place: Place = { real, staging: candidate }
      const lease = await leases.take(prefix + JSON.stringify(place), { outlivesBy: 0 })
      made.push({ staging: candidate, lease })
    })
    return await look(staging, real)
  } finally {
    for (const { staging, lease } of made) {
      await removeStaging(files, staging, real).catch(() => {})
      await lease?.release()
    }
  }
}

/** Removes what trials left behind whose process has ended. What cannot be removed now is tried at the next start. */
export async function sweepTrials({
  files,
  leases,
  log,
}: Pick<TrialWorld, 'files' | 'leases'> & { readonly log: Log }): Promise<void> {
  for (const { name, forget } of await leases.left(prefix)) {
    try {
      const { real, staging }: Place = JSON.parse(name.slice(prefix.length))
      await removeStaging(files, staging, real)
      await forget()
    } catch (error) {
      log.write('warn', 'delivery.trial-not-cleaned-up', { name, error: String(error) })
    }
  }
}
