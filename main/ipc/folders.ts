import { AppError } from '../core/errors.ts'
import { mayUseFolder } from '../core/policy/folder.ts'
import type { Services } from './services.ts'

/** Throws `forbidden` unless the user picked this folder in the native dialog, or it is in use already. */
export async function checkFolder({ desk, picked, platform }: Services, folder: string): Promise<void> {
  if (mayUseFolder(folder, [...picked], platform)) return
  const [definitions, connections, settings] = await Promise.all([
    desk.definitions.list(),
    desk.connections.list(),
    desk.settings.get(),
  ])
  const inUse = [
    ...definitions.flatMap(({ destination }) => (destination === null ? [] : [destination.folder])),
    ...connections.flatMap(({ outputMaps }) => outputMaps.map(({ local }) => local)),
  ]
  const known = settings.defaultFolder === null ? inUse : [...inUse, settings.defaultFolder]
  if (!mayUseFolder(folder, known, platform)) throw new AppError('forbidden', { facts: { folder } })
}
