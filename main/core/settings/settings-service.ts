import type { Settings } from '../../../preload/contract/types.ts'
import type { SettingsService } from '../desk.ts'
import { AppError } from '../errors.ts'
import type { Events } from '../events.ts'
import type { Log, Policy } from '../ports.ts'
import { readSettings, wrongSetting } from './settings.ts'
import type { SettingsRepository } from './types.ts'

/**
 * Settings with their defaults. What IT manages wins over what the user chose, and cannot be changed here. A value that
 * cannot be read is logged and stands at its default until changed.
 */
export function createSettingsService(
  repository: SettingsRepository,
  policy: Policy,
  events: Pick<Events, 'publish'>,
  log: Log,
): SettingsService {
  async function get(): Promise<Settings> {
    const managed = (await policy.get()).settings
    const { settings, unreadable } = readSettings({ ...(await repository.all()), ...managed })
    if (unreadable.length > 0) log.write('warn', 'settings.unreadable', { names: unreadable })
    return settings
  }

  return {
    get,
    async change(patch) {
      const wrong = wrongSetting(patch)
      if (wrong !== null) throw new AppError('bad-input', { facts: { field: wrong } })
      const managed = (await policy.get()).settings
      const fixed = Object.keys(patch).find(name => Object.hasOwn(managed, name))
      if (fixed !== undefined) throw new AppError('forbidden', { facts: { reason: 'managed', field: fixed } })
      await repository.save(patch)
      events.publish({ kind: 'settings-changed' })
      return get()
    },
  }
}
