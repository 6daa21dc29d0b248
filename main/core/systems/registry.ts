import type { SystemName } from '../../../preload/contract/words.ts'
import { AppError } from '../errors.ts'
import { createConcur } from './concur/adapter.ts'
import type { ConcurParts } from './concur/client.ts'
import { createIcws, type IcwsParts } from './icws/adapter.ts'
import type { System } from './system.ts'
import { createVault } from './vault/adapter.ts'
import type { VaultParts } from './vault/client.ts'

export interface SystemRegistry {
  /** Throws `not-supported` for a system that is not built. */
  of(name: SystemName): System
}

/** The systems that are built. A new one is one line here and a folder beside `concur`. */
export function createSystems(parts: ConcurParts & IcwsParts & VaultParts): SystemRegistry {
  const built: Partial<Record<SystemName, System>> = {
    concur: createConcur(parts),
    icws: createIcws(parts),
    vault: createVault(parts),
  }
  return {
    of(name) {
      const system = built[name]
      if (!system) throw new AppError('not-supported', { facts: { system: name } })
      return system
    },
  }
}
