import { dirname, join } from 'node:path'
import type { InsideView } from '../../../preload/contract/inside.ts'
import type { ReceiptFile, ReceiptView } from '../../../preload/contract/receipts.ts'
import { type ArchiveEntry, type FileWork, raisedLimits, type WorkOptions } from '../deliveries/file-work.ts'
import { type Files, fileError } from '../deliveries/files.ts'
import { AppError } from '../errors.ts'
import { type WhereaboutsWorld, whereabouts } from '../receipts/moved.ts'
import type { Doing } from './works.ts'

export type LocateWorld = WhereaboutsWorld & {
  readonly files: Pick<Files, 'look' | 'space'>
  readonly work: Pick<FileWork, 'hash' | 'survey' | 'extract'>
  /** By how much the caps on archives are raised (Settings.archiveFactor). */
  readonly archiveFactor: () => Promise<number>
}

export type Located = {
  readonly path: string
  readonly where: InsideView['where']
  /** Another size than the delivered one's. */
  readonly changed: boolean
}

export type Step = (doing: Doing, of: number) => WorkOptions

/**
 * Where a file of a receipt is: where it was put, elsewhere below its folder, or only within the archive that was kept
 * with it; that one is unpacked to `scratch`. Throws `delivered-file-missing`.
 */
export async function locate(
  world: LocateWorld,
  receipt: ReceiptView,
  file: ReceiptFile,
  { scratch, step }: { readonly scratch: () => Promise<string>; readonly step: Step },
): Promise<Located> {
  const there = await world.files.look(file.path).catch((error: unknown) => {
    throw fileError(error, dirname(file.path), file.path)
  })
  if (there?.kind === 'file') return { path: file.path, where: 'there', changed: there.bytes !== file.bytes }
  const looking = step('look', file.bytes)
  const [finding] = await whereabouts(world, receipt.folder, [file], looking.signal)
  if (finding?.movedTo !== undefined) return { path: finding.movedTo, where: 'moved', changed: false }
  const archive = receipt.files.find(one => one !== file && one.sha256 === receipt.archive?.sha256)
  const kept = archive && (await world.files.look(archive.path).catch(() => null))
  if (!archive || kept?.kind !== 'file' || kept.bytes !== archive.bytes) throw missing(file)
  const entries = await entriesOf(world, archive.path, step('look', archive.bytes))
  const same = entries.filter(({ bytes, crc32 }) => bytes === file.bytes && crc32 === file.crc32)
  for (const entry of same) {
    const to = await scratch()
    const { sha256 } = await unpack(world, archive.path, entry, to, step('unpack', entry.bytes))
    if (sha256 === file.sha256) return { path: to, where: 'archive', changed: false }
  }
  throw missing(file)
}

const missing = ({ path }: ReceiptFile) => new AppError('delivered-file-missing', { facts: { path } })

/** What is in an archive. Throws what its survey throws. */
export async function entriesOf(
  { work, archiveFactor }: Pick<LocateWorld, 'work' | 'archiveFactor'>,
  archive: string,
  options: WorkOptions,
): Promise<readonly ArchiveEntry[]> {
  return work.survey(archive, { limits: raisedLimits(await archiveFactor()), names: 'standard' }, options)
}

/** Unpacks one entry to a new file, checked. Throws `encrypted-entry`, `no-space`, `damaged-archive`. */
export async function unpack(
  { files, work }: Pick<LocateWorld, 'files' | 'work'>,
  archive: string,
  entry: ArchiveEntry,
  to: string,
  options: WorkOptions,
): Promise<{ readonly sha256: string }> {
  if (entry.encrypted) throw new AppError('encrypted-entry', { facts: { file: entry.path } })
  await needSpace(files, dirname(to), entry.bytes)
  try {
    const [made] = await work.extract(archive, [{ entry, to }], options)
    if (made === undefined) throw new AppError('internal')
    return made
  } catch (error) {
    throw fileError(error, dirname(to), to)
  }
}

/** Throws `no-space` where a file of that size would leave the folder's volume with next to nothing. */
export async function needSpace(files: Pick<Files, 'space'>, folder: string, bytes: number): Promise<void> {
  const free = await files.space(folder)
  const needed = bytes + spared
  if (free !== null && free < needed) {
    throw new AppError('no-space', { facts: { folder, neededBytes: needed, freeBytes: free } })
  }
}

/** Left to whatever else is on the volume. */
const spared = 64 * 1024 * 1024

/** A new file in a folder for scratch. */
export const scratchPath = (folder: string, id: string): string => join(folder, `${id}.unpacked`)
