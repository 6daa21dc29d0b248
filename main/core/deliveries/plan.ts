import { join } from 'node:path'
import type { ConflictPolicy } from '../../../preload/contract/words.ts'
import { AppError } from '../errors.ts'
import type { FileWork } from './file-work.ts'
import type { FileFacts, Files } from './files.ts'
import { withSuffix } from './naming.ts'
import { foldersOf } from './safe-names.ts'
import type { PlannedFile } from './types.ts'

/** A file of the group with its name below the destination, not yet looked up there. */
export type NamedFile = Omit<PlannedFile, 'final' | 'action'> & { readonly path: string }

type Standing = { readonly file: NamedFile; readonly final: string; readonly there: FileFacts | null }

/**
 * What to do with each file of a group, from what stands at the destination now. `marker` is one of them: the whole
 * group gets one suffix, so that a marker always tells of the files it came with.
 * Throws `conflict` with the path that is in the way.
 */
export async function decideActions(
  files: Files,
  work: Pick<FileWork, 'hash'>,
  folder: string,
  group: readonly NamedFile[],
  policy: ConflictPolicy,
  signal: AbortSignal,
): Promise<readonly PlannedFile[]> {
  await refuseFilesAsFolders(files, folder, group)
  const first = await standing(files, folder, group, 1)
  const taken = first.filter(({ there }) => there !== null)
  if (taken.length === 0) return first.map(one => planned(one, 'place'))
  const foreign = taken.find(({ there }) => there?.kind !== 'file')

  switch (policy) {
    case 'fail':
      throw inTheWay(taken[0]?.final ?? folder)
    case 'replace':
      if (foreign) throw inTheWay(foreign.final)
      return first.map(one => planned(one, one.there ? 'replace' : 'place'))
    case 'skip-same':
      return foreign === undefined && (await allSame(work, taken, signal))
        ? first.map(one => planned(one, one.there ? 'same' : 'place'))
        : withFreeSuffix(files, folder, group)
    case 'keep-both':
      return withFreeSuffix(files, folder, group)
  }
}

const inTheWay = (path: string) => new AppError('conflict', { facts: { path } })

const planned = ({ file, final }: Standing, action: PlannedFile['action']): PlannedFile => {
  const { path: _, ...rest } = file
  return { ...rest, final, action }
}

/** One after the other: a share that hangs then has one call of ours, not thousands that would hold up all others. */
async function standing(
  files: Files,
  folder: string,
  group: readonly NamedFile[],
  n: number,
): Promise<readonly Standing[]> {
  const found: Standing[] = []
  for (const file of group) {
    const final = join(folder, withSuffix(file.path, n))
    found.push({ file, final, there: await files.look(final) })
  }
  return found
}

/** More copies of one name than this are no delivery any more but a fault. */
const mostCopies = 9_999

async function withFreeSuffix(
  files: Files,
  folder: string,
  group: readonly NamedFile[],
): Promise<readonly PlannedFile[]> {
  for (let n = 2; n <= mostCopies; n += 1) {
    const found = await standing(files, folder, group, n)
    if (found.every(({ there }) => there === null)) return found.map(one => planned(one, 'place'))
  }
  throw inTheWay(join(folder, group[0]?.path ?? ''))
}

/** A free name for one file of a group that is already visible in part. */
export async function freeName(files: Files, taken: string): Promise<string> {
  for (let n = 2; n <= mostCopies; n += 1) {
    const free = withSuffix(taken, n)
    if ((await files.look(free)) === null) return free
  }
  throw inTheWay(taken)
}

async function allSame(
  work: Pick<FileWork, 'hash'>,
  taken: readonly Standing[],
  signal: AbortSignal,
): Promise<boolean> {
  for (const { file, final, there } of taken) {
    if (there?.bytes !== file.bytes) return false
    const { sha256 } = await work.hash(final, { signal, onProgress: () => {} })
    if (sha256 !== file.sha256) return false
  }
  return true
}

/** A sub-folder's name may be a file's, or a link that leads out of the destination: neither is followed. */
async function refuseFilesAsFolders(
  files: Files,
  folder: string,
  group: readonly NamedFile[],
): Promise<void> {
  for (const below of new Set(group.flatMap(file => foldersOf(file.path)))) {
    const there = await files.look(join(folder, below))
    if (there !== null && there.kind !== 'folder') throw inTheWay(join(folder, below))
  }
}
