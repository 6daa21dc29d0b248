import { join } from 'node:path'
import type { WarningView } from '../../../preload/contract/receipts.ts'
import { AppError } from '../errors.ts'
import type { FileContents } from '../extract-files/types.ts'
import { type ArchiveEntry, type Extracted, raisedLimits, type WorkOptions } from './file-work.ts'
import { originalOf } from './job-values.ts'
import { judge } from './judge.ts'
import type { Run } from './run.ts'
import { needSpace } from './space.ts'
import { ensureFolder, filesIn } from './staging.ts'
import type { Download, StagedFile } from './types.ts'

/** Worker threads; large archives are shared between them. */
const threads = 2

type Surveyed = { readonly download: Download; readonly entries: readonly ArchiveEntry[] }

/**
 * Checks what was downloaded and makes of it the files to publish. Whether a destination wants archives unpacked or
 * as they are, every byte in them is checked.
 */
export async function unpack(run: Run): Promise<void> {
  const { files } = run.world
  const { destination, downloads } = run.delivery
  const surveyed = await survey(run)
  await run.journal({ kind: 'verified' }, 'its structure is sound')

  const { contents, downloads: downloadsFolder } = filesIn(run.staging)
  await files.removeTree(contents)
  await ensureFolder(files, contents)
  if (destination.unzip) {
    const bytes = sum(surveyed.flatMap(({ entries }) => entries.map(entry => entry.bytes)))
    await needSpace(files, run.staging.folder, destination.folder, bytes)
  }
  const looked: StagedFile[] = []
  const published: StagedFile[] = []
  for (const download of downloads) {
    const whole = await asItCame(run, download)
    const archive = surveyed.find(one => one.download === download)
    const inside = archive ? await unpackOne(run, archive, contents) : [whole]
    looked.push(...inside)
    if (!archive || destination.unzip) published.push(...inside)
    if (archive && (destination.keepArchive || !destination.unzip)) published.push(whole)
  }
  const warnings = [
    ...judge(looked, destination),
    ...surveyed.flatMap(notChecked),
    ...(destination.unzip ? surveyed.flatMap(doubtfulNames) : []),
  ]
  for (const path of [contents, downloadsFolder, run.staging.folder]) await files.syncFolder(path)
  await run.journal({ kind: 'unpacked', contents: published, warnings }, `${published.length} files`)
}

async function survey(run: Run): Promise<readonly Surveyed[]> {
  const { work } = run.world
  const archives = run.delivery.downloads.filter(download => download.kind === 'archive')
  const meter = run.meter('verifying', sum(archives.map(({ bytes }) => bytes)))
  const options: WorkOptions = { signal: run.signal, onProgress: meter.add }
  const limits = raisedLimits(await run.world.archiveFactor())
  const rules = { limits, names: run.delivery.destination.archiveNames }
  const surveyed: Surveyed[] = []
  for (const download of archives) {
    const entries = await work.survey(download.path, rules, options)
    const encrypted = entries.find(entry => entry.encrypted)
    if (encrypted && run.delivery.destination.unzip) {
      throw new AppError('encrypted-entry', { facts: { file: encrypted.path } })
    }
    surveyed.push({ download, entries })
  }
  return surveyed
}

async function asItCame(run: Run, download: Download): Promise<StagedFile> {
  return {
    staged: download.path,
    original: await originalOf(run, download),
    bytes: download.bytes,
    sha256: download.sha256,
    crc32: null,
    contents: download.contents,
  }
}

/** Unpacks an archive, or only checks it; what cannot be read, being encrypted, is left out. */
async function unpackOne(
  run: Run,
  { download, entries }: Surveyed,
  into: string,
): Promise<readonly StagedFile[]> {
  const { work } = run.world
  const number = run.delivery.downloads.indexOf(download)
  const tasks = entries
    .filter(entry => !entry.encrypted)
    .map((entry, index) => ({ entry, staged: join(into, `${number}-${index}`) }))
  const meter = run.meter('unpacking', sum(tasks.map(({ entry }) => entry.bytes)))
  const options: WorkOptions = { signal: run.signal, onProgress: meter.add }
  const { unzip } = run.delivery.destination
  // A tar is read from its beginning to its end: two shares would be read twice.
  const parts = entries.some(({ method }) => method === 'tarred') ? [tasks] : shares(tasks)
  const results = await allOrFirstError(
    parts.map(part =>
      work.extract(
        download.path,
        part.map(({ entry, staged }) => ({ entry, to: unzip ? staged : null })),
        options,
      ),
    ),
  )
  const extracted = new Map(
    parts.flatMap((part, index) => part.map((task, at) => [task, results[index]?.[at]])),
  )
  return tasks.map(task => stagedFile(task.staged, task.entry, extracted.get(task)))
}

function stagedFile(staged: string, entry: ArchiveEntry, extracted: Extracted | undefined): StagedFile {
  if (!extracted) throw new AppError('internal', { said: 'An entry was not unpacked' })
  const { bytes, sha256, contents }: { bytes: number; sha256: string; contents: FileContents } = extracted
  return { staged, original: entry.path, bytes, sha256, crc32: entry.crc32, contents }
}

/** Shares of about the same number of bytes: the largest first, each to whoever has least. */
function shares<T extends { readonly entry: ArchiveEntry }>(tasks: readonly T[]): readonly (readonly T[])[] {
  const parts = Array.from({ length: threads }, () => ({ bytes: 0, tasks: [] as T[] }))
  for (const task of [...tasks].sort((a, b) => b.entry.bytes - a.entry.bytes)) {
    const least = parts.reduce((best, part) => (part.bytes < best.bytes ? part : best))
    least.tasks.push(task)
    // Every file costs something, however small it is.
    least.bytes += task.entry.bytes + 65_536
  }
  return parts.map(part => part.tasks).filter(part => part.length > 0)
}

/** Waits for all of them, so that nothing is written any more when the error is told. */
async function allOrFirstError<T>(works: readonly Promise<T>[]): Promise<readonly T[]> {
  const ended = await Promise.allSettled(works)
  return ended.map(one => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}

const notChecked = ({ entries }: Surveyed): readonly WarningView[] =>
  entries.filter(entry => entry.encrypted).map(({ path }) => ({ code: 'not-checked', facts: { file: path } }))

/** One warning an archive: what is wrong with one name is wrong with all of them. */
function doubtfulNames({ entries }: Surveyed): readonly WarningView[] {
  const doubtful = entries.filter(entry => entry.nameDoubtful)
  const [first] = doubtful
  return first ? [{ code: 'names-doubtful', facts: { file: first.path, files: doubtful.length } }] : []
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
