import type { ManagedView } from '../../../preload/contract/managed.ts'
import type { StatusView } from '../../../preload/contract/types.ts'
import type { UpdateView } from '../../../preload/contract/updates.ts'
import type { Events } from '../events.ts'
import type { Metered, Policy, Power, Secrets } from '../ports.ts'

export type StatusParts = {
  readonly power: Power
  readonly metered: Pick<Metered, 'metered'>
  readonly secrets: Pick<Secrets, 'health'>
  readonly policy: Policy
  readonly practising: () => boolean
  readonly update: () => UpdateView
  readonly events: Pick<Events, 'publish'>
  readonly version: string
  readonly profile: string
  readonly onFault: (error: unknown) => void
}

export interface Status {
  view(): Promise<StatusView>
  /** Asks the keychain how it is. It may take its time, or ask the user; nobody waits for it. */
  checkKeychain(): void
}

/** The state of the surroundings, for the status line. The keychain counts as there until it was found missing. */
export function createStatus(parts: StatusParts): Status {
  let keychain: StatusView['keychain'] = 'ok'
  const changed = () => parts.events.publish({ kind: 'status-changed' })
  parts.power.onOnlineChange(changed)
  parts.power.onWake(checkKeychain)

  function checkKeychain(): void {
    parts.secrets.health().then(found => {
      if (found === keychain) return
      keychain = found
      changed()
    }, parts.onFault)
  }

  async function managed(): Promise<ManagedView> {
    const { settings, ...rest } = await parts.policy.get()
    return { ...rest, settings: Object.keys(settings) }
  }

  return {
    view: async () => ({
      managed: await managed(),
      online: parts.power.online(),
      metered: parts.metered.metered(),
      keychain,
      practice: parts.practising(),
      update: parts.update(),
      version: parts.version,
      profile: parts.profile,
    }),
    checkKeychain,
  }
}
