import yauzl from 'yauzl'
import { checkedPaths, type DirectoryEntry, refuseBombs } from '../core/deliveries/archive-rules.ts'
import type { ArchiveEntry, ArchiveRules, WorkOptions } from '../core/deliveries/file-work.ts'
import { type FileReader, type Files, systemCode } from '../core/deliveries/files.ts'
import { AppError, isAppError } from '../core/errors.ts'
import { type ArchiveEnd, damaged, readArchiveEnd } from './archive-end.ts'
import { type ArchiveName, archiveName, unicodePath, utf8Flag } from './archive-names.ts'

const [stored, deflated] = [0, 8]
/** General purpose flags: encrypted (two kinds, and a hidden directory). */
const encryptedFlags = 0x2041
/** A field that means "look in the zip64 field instead". */
const elsewhere = 0xffffffff

/** Reads the directory of an archive and every local header; refuses with its reason what is not as it should be. */
export async function survey(
  files: Files,
  archive: string,
  rules: ArchiveRules,
  { signal }: WorkOptions,
): Promise<readonly ArchiveEntry[]> {
  const reader = await files.open(archive)
  try {
    const end = await readArchiveEnd(reader)
    if (end.entries > rules.limits.entries)
      throw new AppError('archive-bomb', { facts: { entries: end.entries } })
    return await surveyed(reader, end, rules, signal)
  } catch (error) {
    throw isAppError(error) || systemCode(error) !== null ? error : refusalOf(error)
  } finally {
    await reader.close()
  }
}

/** What yauzl throws are sentences. All of them say that the archive is damaged, but one. */
function refusalOf(error: unknown): AppError {
  const said = String(error).slice(0, 200)
  return said.includes('strong encryption') ? new AppError('encrypted-entry') : damaged(said)
}

async function surveyed(
  reader: FileReader,
  end: ArchiveEnd,
  rules: ArchiveRules,
  signal: AbortSignal,
): Promise<readonly ArchiveEntry[]> {
  const zip = await yauzl.fromRandomAccessReaderPromise(new ArchiveReader(reader), reader.bytes, {
    autoClose: false,
    decodeStrings: false,
  })
  const found: DirectoryEntry[] = []
  const names: ArchiveName[] = []
  const entries: yauzl.Entry[] = []
  let directoryBytes = 0
  for await (const entry of zip.eachEntry()) {
    if (signal.aborted) throw new AppError('cancelled')
    directoryBytes += 46 + entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength
    const name = archiveName(entry, rules.names)
    names.push(name)
    found.push(directoryEntry(entry, name))
    entries.push(entry)
  }
  if (directoryBytes !== end.directoryBytes) throw damaged('the directory has another size than stated')
  refuseBombs(found, rules.limits)
  const paths = checkedPaths(found)

  const surveyedEntries: ArchiveEntry[] = []
  const ranges: { from: number; to: number; file: string }[] = []
  for (const [index, entry] of entries.entries()) {
    const header = await zip.readLocalFileHeaderPromise(entry)
    const file = found[index]?.path ?? ''
    refuseDifferences(entry, header, file)
    const from = entry.relativeOffsetOfLocalHeader
    ranges.push({ from, to: header.fileDataStart + entry.compressedSize, file })
    const path = paths[index]
    const nameDoubtful = names[index]?.doubtful ?? false
    if (path !== undefined && path !== null)
      surveyedEntries.push({ ...archiveEntry(entry, path, header.fileDataStart), nameDoubtful })
  }
  refuseOverlaps(ranges, end.directoryAt)
  return surveyedEntries
}

function directoryEntry(entry: yauzl.Entry, { path }: ArchiveName): DirectoryEntry {
  return {
    path,
    unixMode: entry.externalFileAttributes >>> 16,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
  }
}

function archiveEntry(entry: yauzl.Entry, path: string, dataAt: number): Omit<ArchiveEntry, 'nameDoubtful'> {
  const encrypted = (entry.generalPurposeBitFlag & encryptedFlags) !== 0
  const { compressionMethod: method } = entry
  if (method !== stored && method !== deflated && !encrypted)
    throw damaged(`packed by method ${method}`, path)
  return {
    path,
    method: method === stored ? 'stored' : 'deflated',
    encrypted,
    dataAt,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    crc32: entry.crc32.toString(16).padStart(8, '0'),
  }
}

/** An archive says everything twice. Where the two differ, one of them is wrong, and nobody knows which. */
function refuseDifferences(entry: yauzl.Entry, header: yauzl.LocalFileHeader, file: string): void {
  const flags = encryptedFlags | utf8Flag
  const said = (local: number, central: number) => local !== 0 && local !== elsewhere && local !== central
  if (
    !header.fileName.equals(entry.fileNameRaw) ||
    unicodeNameDiffers(entry, header) ||
    header.compressionMethod !== entry.compressionMethod ||
    (header.generalPurposeBitFlag & flags) !== (entry.generalPurposeBitFlag & flags) ||
    said(header.crc32, entry.crc32) ||
    said(header.compressedSize, entry.compressedSize) ||
    said(header.uncompressedSize, entry.uncompressedSize)
  ) {
    throw damaged('its two descriptions differ', file)
  }
}

function unicodeNameDiffers(entry: yauzl.Entry, header: yauzl.LocalFileHeader): boolean {
  const local = yauzl.parseExtraFields(header.extraField).find(field => field.id === unicodePath)
  const central = entry.extraFields.find(field => field.id === unicodePath)
  return local !== undefined && central !== undefined && !local.data.equals(central.data)
}

/** Entries that share bytes are how a small archive becomes an endless one. */
function refuseOverlaps(ranges: { from: number; to: number; file: string }[], directoryAt: number): void {
  ranges.sort((a, b) => a.from - b.from)
  for (const [index, { to, file }] of ranges.entries()) {
    if (to > (ranges[index + 1]?.from ?? directoryAt))
      throw damaged('it shares bytes with another file', file)
  }
}

/** yauzl's view of a file of ours. It asks for a few bytes at a time: those around them are read along. */
class ArchiveReader extends yauzl.RandomAccessReader {
  readonly #reader: FileReader
  readonly #block = Buffer.alloc(256 * 1024)
  #blockAt = 0
  #blockBytes = 0

  constructor(reader: FileReader) {
    super()
    this.#reader = reader
  }

  override read(
    into: Buffer,
    offset: number,
    length: number,
    at: number,
    done: (error: Error | null) => void,
  ): void {
    this.#fill(into.subarray(offset, offset + length), at).then(
      () => done(null),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
    )
  }

  async #fill(into: Buffer, at: number): Promise<void> {
    if (at < 0 || at + into.length > this.#reader.bytes) throw damaged('it points behind its own end')
    if (into.length > this.#block.length) {
      await this.#reader.read(into, at)
      return
    }
    if (at < this.#blockAt || at + into.length > this.#blockAt + this.#blockBytes) {
      this.#blockBytes = await this.#reader.read(this.#block, at)
      this.#blockAt = at
    }
    this.#block.copy(into, 0, at - this.#blockAt)
  }
}
