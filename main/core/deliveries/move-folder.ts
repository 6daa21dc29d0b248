import { dirname, join, relative } from 'node:path'
import { type Files, systemCode } from './files.ts'
import { ensureFolders, type Patiently } from './folders.ts'
import { moveOut, placingName, StagedLost } from './staged.ts'
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
 * Each step can be recognised as done: a file is where it was staged or where it is arranged, and a folder that is no
 * longer in staging was moved where that was about to be done. Throws FolderTaken, since a rename replaces no folder
 * that has something in it, and StagedLost.
 */
export async function moveFolder(
  files: Files,
  patiently: Patiently,
  group: readonly PlannedFile[],
  own: OwnFolder,
): Promise<void> {
  const folders = new Set([own.staged])
  const moved =
    (await files.look(own.staged)) === null && (await files.look(placingName(own.staged))) !== null
  for (const file of moved ? [] : group) {
    const at = arrangedAt(file, own)
    for (let folder = dirname(at); folder !== own.staged; folder = dirname(folder)) folders.add(folder)
    await ensureFolder(files, own.staged)
    await ensureFolders(files, own.staged, [dirname(at)])
    if (await isArranged(files, file, at)) continue
    await files.rename(file.staged, at)
  }
  if (!moved) {
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

async function isArranged(files: Files, file: PlannedFile, at: string): Promise<boolean> {
  const arranged = await files.look(at)
  const staged = await files.look(file.staged)
  if ((staged ?? arranged)?.bytes !== file.bytes) throw new StagedLost(file)
  return staged === null
}

async function move(files: Files, patiently: Patiently, { staged, final }: OwnFolder): Promise<void> {
  try {
    await moveOut(files, patiently, staged, final)
  } catch (error) {
    const code = systemCode(error) ?? ''
    const isTaken = ['ENOTEMPTY', 'EEXIST', 'ENOTDIR', 'EISDIR', 'EPERM', 'EACCES'].includes(code)
    if (isTaken && (await files.look(final)) !== null) {
      await files.removeEmptyFolder(placingName(staged))
      throw new FolderTaken()
    }
    throw error
  }
}
