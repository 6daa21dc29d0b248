import { AppError } from '../errors.ts'
import type { FileWork } from './file-work.ts'
import type { Files } from './files.ts'
import { freeName, type NamedFile } from './plan.ts'
import { isPlaced, StagedLost } from './staged.ts'
import type { Delivery, Plan, PlannedFile } from './types.ts'

/** A plan whose group has to be made once more, with what is known to be at its place by now. */
export async function formerOf(files: Files, plan: Plan): Promise<Plan> {
  const marked: PlannedFile[] = []
  for (const file of plan.files) {
    const placed = file.action !== 'same' && !plan.ownFolder && (await wasPlaced(files, file))
    marked.push(placed ? { ...file, action: 'same' } : file)
  }
  return { ...plan, files: marked, ownFolder: null }
}

async function wasPlaced(files: Files, file: PlannedFile): Promise<boolean> {
  try {
    return await isPlaced(files, file)
  } catch (error) {
    if (error instanceof StagedLost) return false
    throw error
  }
}

type Looking = {
  readonly files: Files
  readonly work: Pick<FileWork, 'hash'>
  readonly signal: AbortSignal
}

/**
 * What to do with the files of a group of which a part may be visible already: each keeps the name that it had, and
 * what is there is not delivered once more. Null where other bytes came this time: then it is another group.
 */
export async function planAgain(
  looking: Looking,
  former: Plan,
  group: readonly NamedFile[],
  marker: NamedFile | null,
  { onConflict }: Delivery['destination'],
): Promise<readonly PlannedFile[] | null> {
  const before = [...former.files, ...(former.marker ? [former.marker] : [])]
  const now = [...group, ...(marker ? [marker] : [])]
  const same = former.files.every(({ sha256 }, index) => sha256 === group[index]?.sha256)
  if (!same || before.length !== now.length || group.length !== former.files.length) return null
  const planned: PlannedFile[] = []
  for (const [index, { path: _, ...file }] of now.entries()) {
    const { final, action } = before[index] ?? { final: '', action: 'place' }
    const known = index < group.length && action === 'same'
    planned.push(
      known
        ? { ...file, final, action }
        : await decided(looking, { ...file, final, action: 'place' }, onConflict),
    )
  }
  return planned
}

async function decided(
  { files, work, signal }: Looking,
  file: PlannedFile,
  policy: Delivery['destination']['onConflict'],
): Promise<PlannedFile> {
  const there = await files.look(file.final)
  if (there === null) return file
  if (there.kind === 'file' && there.bytes === file.bytes) {
    const { sha256 } = await work.hash(file.final, { signal, onProgress: () => {} })
    if (sha256 === file.sha256) return { ...file, action: 'same' }
  }
  if (policy === 'fail' || (policy === 'replace' && there.kind !== 'file'))
    throw new AppError('conflict', { facts: { path: file.final } })
  if (policy === 'replace') return { ...file, action: 'replace' }
  return { ...file, final: await freeName(files, file.final) }
}
