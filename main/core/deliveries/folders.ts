import { dirname, join, relative, sep } from 'node:path'
import { AppError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { addMillis } from '../time.ts'
import { waitUntil } from '../wait.ts'
import { type Files, systemCode } from './files.ts'
import { ensureFolder } from './staging.ts'

export type Patiently = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Tries an operation again for about a second and a half: Excel and virus scanners hold files for moments, and Windows
 * says so by any of these codes.
 */
export function patience(clock: Clock): Patiently {
  return async work => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await work()
      } catch (error) {
        const held = ['EBUSY', 'EPERM', 'EACCES', 'ETXTBSY'].includes(systemCode(error) ?? '')
        if (!held || tries === 5) throw error
        await waitUntil(clock, addMillis(clock.now(), 50 * 2 ** tries), new AbortController().signal)
      }
    }
  }
}

/**
 * Makes what is missing of these folders below `base`, to survive a power cut. Throws `conflict` where one of them is
 * something else: a file, or a link that leads out of the destination.
 */
export async function ensureFolders(files: Files, base: string, folders: readonly string[]): Promise<void> {
  for (const folder of new Set(folders)) {
    const parts = relative(base, folder).split(sep)
    for (const [index, part] of parts.entries()) {
      if (part === '') continue
      const path = join(base, ...parts.slice(0, index + 1))
      const there = await files.look(path)
      if (there !== null && there.kind !== 'folder') throw new AppError('conflict', { facts: { path } })
      if (there !== null) continue
      await ensureFolder(files, path)
      await files.syncFolder(dirname(path))
    }
  }
}
