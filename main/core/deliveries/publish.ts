import { dirname, join, relative, sep } from 'node:path'
import { AppError } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { addMillis } from '../time.ts'
import { waitUntil } from '../wait.ts'
import { type Files, fileError, systemCode } from './files.ts'
import { ensureFolder, filesIn } from './staging.ts'
import type { Plan, PlannedFile, Staging } from './types.ts'

/** Somebody else made a file of that name after it was planned; `index` -1 is the marker. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken'
  readonly index: number

  constructor(index: number) {
    super('A planned name was taken')
    this.index = index
  }
}

export type Publisher = {
  /**
   * Makes every file of a plan visible under its final name, and sees to it that this survives a power cut. May be
   * called again after a crash at any point. Throws NameTaken before a foreign file would be overwritten.
   */
  place(plan: Plan, staging: Staging, folder: string): Promise<void>
  /** Makes the marker visible, last of all. */
  mark(plan: Plan, staging: Staging): Promise<void>
}

/**
 * Publishing a group.
 *
 * How one file becomes visible: a second name is linked at its final place, which never overwrites and shows the whole
 * file at once; then the staged name is removed. A staged name that is gone therefore says that its file was placed,
 * even where whoever reads the folder has taken it away since. What was ruled out: rename alone, which overwrites;
 * creating the final name first to reserve it, which shows an empty file.
 *
 * Volumes without hard links (FAT, some shares) get a last look at the name and a rename. Between these two another
 * program could create the very same name and lose it; nothing there can prevent that.
 *
 * Replacing: an old marker goes first, then the old files get a second name in staging, then each is replaced by one
 * rename, so that its name is never missing; they are removed with the staging, when the group is complete.
 */
export function createPublisher(files: Files, clock: Clock): Publisher {
  /** Excel and virus scanners hold files for moments; Windows says so by any of these. */
  async function patiently<T>(work: () => Promise<T>): Promise<T> {
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

  async function makeFolders(folder: string, finals: readonly string[]): Promise<void> {
    for (const final of finals) {
      const parts = relative(folder, dirname(final)).split(sep)
      for (const [index, part] of parts.entries()) {
        if (part === '') continue
        const path = join(folder, ...parts.slice(0, index + 1))
        const there = await files.look(path)
        if (there !== null && there.kind !== 'folder') throw new AppError('conflict', { facts: { path } })
        if (there !== null) continue
        await ensureFolder(files, path)
        await files.syncFolder(dirname(path))
      }
    }
  }

  async function syncParents(finals: readonly string[]): Promise<void> {
    for (const folder of new Set(finals.map(dirname))) await files.syncFolder(folder)
  }

  async function setAside(file: PlannedFile, aside: string, move: boolean): Promise<void> {
    const alreadyPlaced = (await files.look(file.staged)) === null
    if (alreadyPlaced || (await files.look(aside)) !== null || (await files.look(file.final)) === null) return
    try {
      if (move) await patiently(() => files.rename(file.final, aside))
      else await files.link(file.final, aside)
    } catch (error) {
      if (move || !cannotLink(error)) throw error
      await patiently(() => files.rename(file.final, aside))
    }
  }

  async function put(file: PlannedFile, index: number): Promise<void> {
    const staged = await files.look(file.staged)
    if (staged === null || file.action === 'same') return
    try {
      if (file.action === 'replace') await patiently(() => files.rename(file.staged, file.final))
      else await putNew(file, index, staged.identity)
    } catch (error) {
      if (file.action === 'replace' && ['EPERM', 'EACCES'].includes(systemCode(error) ?? '')) {
        throw new AppError('file-locked', { facts: { path: file.final }, cause: error })
      }
      throw error
    }
  }

  async function putNew(file: PlannedFile, index: number, identity: string): Promise<void> {
    try {
      await files.link(file.staged, file.final)
    } catch (error) {
      if (systemCode(error) === 'EEXIST') {
        // Linked, and then killed before the staged name was removed.
        if ((await files.look(file.final))?.identity !== identity) throw new NameTaken(index)
      } else if (cannotLink(error)) {
        if ((await files.look(file.final)) !== null) throw new NameTaken(index)
        await patiently(() => files.rename(file.staged, file.final))
      } else throw error
    }
    await patiently(() => files.remove(file.staged))
  }

  /** Errors of the file system as ours, naming the file they came at. */
  async function named<T>(folder: string, path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw fileError(error, folder, path)
    }
  }

  return {
    async place(plan, staging, folder) {
      const { aside } = filesIn(staging)
      const finals = plan.files.map(file => file.final)
      await named(folder, folder, async () => {
        await makeFolders(folder, plan.marker ? [...finals, plan.marker.final] : finals)
        if (plan.marker?.action === 'replace') {
          await setAside(plan.marker, join(aside, 'marker'), true)
          await files.syncFolder(dirname(plan.marker.final))
        }
      })
      for (const [index, file] of plan.files.entries()) {
        if (file.action === 'replace') {
          await named(folder, file.final, () => setAside(file, join(aside, String(index)), false))
        }
      }
      await named(folder, folder, () => files.syncFolder(aside))
      for (const [index, file] of plan.files.entries())
        await named(folder, file.final, () => put(file, index))
      await named(folder, folder, () => syncParents(finals))
    },

    async mark({ marker }, staging) {
      if (!marker) return
      const folder = dirname(marker.final)
      await named(folder, marker.final, () => put(marker, -1))
      await named(folder, folder, () => files.syncFolder(folder))
      await named(staging.root, staging.folder, () => files.syncFolder(staging.folder))
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
