import { dirname, join, relative } from 'node:path'
import { type Files, systemCode } from './files.ts'
import { ensureFolders, type Patiently } from './folders.ts'
import { ensureFolder } from './staging.ts'
import type { Plan, PlannedFile } from './types.ts'

type OwnFolder = NonNullable<Plan['ownFolder']>

/** Somebody else made the folder after it was planned; the group is as it was arranged in staging. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken'
}

/** Where a file of the group is within the folder that is about to be moved. */
const arrangedAt = (file: PlannedFile, { staged, final }: OwnFolder): string =>
  join(staged, relative(final, file.final))

/**
 * Makes a group visible by one rename of its folder: all of it or nothing, even to somebody who looks in between.
 * Each step can be recognised as done: a file that is no longer where it was staged is arranged, and a folder that is
 * no longer in staging, with all files arranged, was moved. Throws FolderTaken; a rename replaces no folder that
 * has something in it.
 */
export async function moveFolder(
  files: Files,
  patiently: Patiently,
  group: readonly PlannedFile[],
  own: OwnFolder,
): Promise<void> {
  const folders = new Set([own.staged])
  for (const file of group) {
    const at = arrangedAt(file, own)
    for (let folder = dirname(at); folder !== own.staged; folder = dirname(folder)) folders.add(folder)
    if ((await files.look(file.staged)) === null) continue
    await ensureFolder(files, own.staged)
    await ensureFolders(files, own.staged, [dirname(at)])
    await files.rename(file.staged, at)
  }
  if ((await files.look(own.staged)) !== null) {
    for (const folder of folders) await files.syncFolder(folder)
    await move(files, patiently, own)
  }
  await files.syncFolder(dirname(own.final))
}

/** Takes the group out of its folder again, so that a plan without one finds each file where it was staged. */
export async function unarrange(files: Files, group: readonly PlannedFile[], own: OwnFolder): Promise<void> {
  for (const file of group) {
    const at = arrangedAt(file, own)
    if ((await files.look(at)) !== null) await files.rename(at, file.staged)
  }
  for (const folder of new Set(group.map(file => dirname(file.staged)))) await files.syncFolder(folder)
}

async function move(files: Files, patiently: Patiently, { staged, final }: OwnFolder): Promise<void> {
  try {
    await patiently(() => files.rename(staged, final))
  } catch (error) {
    const code = systemCode(error) ?? ''
    const isTaken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EISDIR', 'EPERM', 'EACCES'].includes(code)
    if (isTaken && (await files.look(final)) !== null) throw new FolderTaken()
    throw error
  }
}
