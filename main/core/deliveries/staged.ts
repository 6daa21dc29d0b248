import { type Files, systemCode } from './files.ts'
import type { Patiently } from './folders.ts'
import { ensureFolder } from './staging.ts'
import type { PlannedFile } from './types.ts'

/** What was ready to be published is gone or not as it was made: a virus scanner, or whoever tidies up, was there. */
export class StagedLost extends Error {
  override readonly name = 'StagedLost'
  readonly file: PlannedFile

  constructor(file: PlannedFile) {
    super('A staged file was changed or removed')
    this.file = file
  }
}

/** The name that a staged file keeps once it has its final one as well. */
export const placedName = (staged: string): string => `${staged}.placed`
/** Stands for something that is about to be moved away, since nothing of it will be left here. */
export const placingName = (staged: string): string => `${staged}.placing`

/**
 * Whether a file still waits in staging or was placed. A staged name that is gone says no more than that: what it was
 * placed by is left beside it, so that it shows even where whoever reads the folder has taken the file away since.
 * Throws StagedLost.
 */
export async function isPlaced(files: Files, file: PlannedFile): Promise<boolean> {
  const there = await files.look(file.staged)
  if (there?.kind === 'file' && there.bytes === file.bytes) return false
  if (there !== null) {
    // It has its final name already, under which its reader may do with it what he likes.
    if ((await files.look(file.final))?.identity === there.identity) return false
    throw new StagedLost(file)
  }
  const left = [placedName(file.staged), placingName(file.staged)]
  for (const path of left) if ((await files.look(path)) !== null) return true
  throw new StagedLost(file)
}

/** Moves something out of staging, so that it shows that it was moved. */
export async function moveOut(files: Files, patiently: Patiently, from: string, to: string): Promise<void> {
  const placing = placingName(from)
  await ensureFolder(files, placing)
  try {
    await patiently(() => files.rename(from, to))
  } catch (error) {
    // Taken away at the last moment: it must not pass for placed.
    if (systemCode(error) === 'ENOENT' && (await files.look(from)) === null)
      await files.removeEmptyFolder(placing)
    throw error
  }
}
