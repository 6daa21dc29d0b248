import { dirname, join } from 'node:path'
import { AppError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { type Files, fileError, systemCode } from './files.ts'
import { ensureFolders, patience } from './folders.ts'
import { moveFolder } from './move-folder.ts'
import { isPlaced, moveOut, placedName } from './staged.ts'
import { filesIn } from './staging.ts'
import type { Plan, PlannedFile, Staging } from './types.ts'

/** Somebody else made a file of that name after it was planned. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken'
  readonly taken: PlannedFile

  constructor(taken: PlannedFile) {
    super('A planned name was taken')
    this.taken = taken
  }
}

export type Publisher = {
  /** Throws StagedLost where a file of the plan is neither placed nor staged as it was made. */
  check(plan: Plan): Promise<void>
  /**
   * Makes every file of a plan visible under its final name, and sees to it that this survives a power cut. May be
   * called again after a crash at any point. Throws NameTaken or FolderTaken before anything foreign is overwritten, and
   * StagedLost before anything is published that is not as it was made.
   */
  place(plan: Plan, staging: Staging, folder: string): Promise<void>
  /** Makes the marker visible, last of all. */
  mark(plan: Plan, folder: string): Promise<void>
}

/**
 * Publishing a group.
 *
 * A group that has a new folder of its own is arranged in staging and moved there by one rename (move-folder.ts).
 *
 * Otherwise file by file. How one becomes visible: a second name is linked at its final place, which never overwrites
 * and shows the whole file at once; then the staged name is changed, which says that its file was placed, even where
 * whoever reads the folder has taken it away since (staged.ts). What was ruled out: rename alone,
 * which overwrites; creating the final name first to reserve it, which shows an empty file.
 *
 * Volumes without hard links (FAT, some shares) get a last look at the name and a rename. Between these two another
 * program could create the very same name and lose it; nothing there can prevent that.
 *
 * Replacing: an old marker goes first, then the old files get a second name in staging, then each is replaced by one
 * rename, so that its name is never missing; they are removed with the staging, when the group is complete.
 */
export function createPublisher(files: Files, clock: Clock): Publisher {
  const patiently = patience(clock)

  async function syncParents(finals: readonly string[]): Promise<void> {
    for (const folder of new Set(finals.map(dirname))) await files.syncFolder(folder)
  }

  async function setAside(file: PlannedFile, aside: string, move: boolean): Promise<void> {
    if (await isPlaced(files, file)) return
    if ((await files.look(aside)) !== null || (await files.look(file.final)) === null) return
    try {
      if (move) await patiently(() => files.rename(file.final, aside))
      else await files.link(file.final, aside)
    } catch (error) {
      if (move || !cannotLink(error)) throw error
      await patiently(() => files.rename(file.final, aside))
    }
  }

  async function put(file: PlannedFile): Promise<void> {
    if (file.action === 'same' || (await isPlaced(files, file))) return
    try {
      if (file.action === 'replace') await moveOut(files, patiently, file.staged, file.final)
      else await putNew(file)
    } catch (error) {
      if (file.action === 'replace' && ['EPERM', 'EACCES'].includes(systemCode(error) ?? '')) {
        throw new AppError('file-locked', { facts: { path: file.final }, cause: error })
      }
      throw error
    }
  }

  async function putNew(file: PlannedFile): Promise<void> {
    try {
      await files.link(file.staged, file.final)
    } catch (error) {
      if (systemCode(error) === 'EEXIST') {
        // Linked, and then killed before the staged name was changed.
        const staged = await files.look(file.staged)
        if ((await files.look(file.final))?.identity !== staged?.identity) throw new NameTaken(file)
      } else if (cannotLink(error)) {
        if ((await files.look(file.final)) !== null) throw new NameTaken(file)
        return moveOut(files, patiently, file.staged, file.final)
      } else throw error
    }
    await patiently(() => files.rename(file.staged, placedName(file.staged)))
  }

  /** An error of the file system as ours, naming the file it came at. */
  async function at<T>(folder: string, path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw fileError(error, folder, path)
    }
  }

  async function placeEach(plan: Plan, aside: string, folder: string): Promise<void> {
    const finals = plan.files.map(file => file.final)
    await ensureFolders(files, folder, finals.map(dirname))
    for (const [index, file] of plan.files.entries()) {
      if (file.action === 'replace') {
        await at(folder, file.final, () => setAside(file, join(aside, String(index)), false))
      }
    }
    await files.syncFolder(aside)
    for (const file of plan.files) await at(folder, file.final, () => put(file))
    await syncParents(finals)
  }

  return {
    async check(plan) {
      if (plan.ownFolder) return
      for (const file of plan.files) if (file.action !== 'same') await isPlaced(files, file)
    },

    async place(plan, staging, folder) {
      const { aside } = filesIn(staging)
      const { marker } = plan
      if (marker?.action === 'replace') {
        await at(folder, marker.final, () => setAside(marker, join(aside, 'marker'), true))
        await files.syncFolder(dirname(marker.final))
      }
      if (plan.ownFolder) await moveFolder(files, patiently, plan.files, plan.ownFolder)
      else await placeEach(plan, aside, folder)
    },

    async mark({ marker }, folder) {
      if (!marker) return
      await ensureFolders(files, folder, [dirname(marker.final)])
      await at(folder, marker.final, () => put(marker))
      await syncParents([marker.final, marker.staged])
    },
  }
}

const unlinkable: readonly string[] = [
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EINVAL',
  'EMLINK',
  // Windows' "invalid function", as Node translates it.
  'EISDIR',
  'UNKNOWN',
]
const cannotLink = (error: unknown): boolean => unlinkable.includes(systemCode(error) ?? '')
