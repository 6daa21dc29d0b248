import type { NameCodePage } from '../../../preload/contract/words.ts'
import type { FileContents } from '../extract-files/types.ts'

/** Caps against archives that unpack to far more than any extract holds. */
export type ArchiveLimits = {
  readonly entries: number
  /** Bytes of all entries together. */
  readonly bytes: number
  /** Unpacked to packed size; it counts only above `ratioFrom` bytes, since small texts of blanks pack very well. */
  readonly ratio: number
  readonly ratioFrom: number
}

export const archiveLimits: ArchiveLimits = {
  entries: 50_000,
  bytes: 200 * 1024 ** 3,
  ratio: 500,
  ratioFrom: 100 * 1024 ** 2,
}

/** The same raised by a factor, for a system whose extracts are larger than any that was foreseen. */
export const raisedLimits = (factor: number): ArchiveLimits => ({
  ...archiveLimits,
  entries: archiveLimits.entries * factor,
  bytes: archiveLimits.bytes * factor,
  ratio: archiveLimits.ratio * factor,
})

export type ArchiveRules = {
  readonly limits: ArchiveLimits
  /** How names are written where the archive does not say so. */
  readonly names: NameCodePage
}

export const usualRules: ArchiveRules = { limits: archiveLimits, names: 'standard' }

/** A file in an archive: where its data are, and what the archive says that they are. */
export type ArchiveEntry = {
  /** Its path in the archive, with `/`; it does not leave the folder, but may hold what some system cannot. */
  readonly path: string
  /** `tarred`: in a tar that gzip packed as a whole; there is no way to it but through what stands before it. */
  readonly method: 'stored' | 'deflated' | 'tarred'
  /** Its name is probably written in another code page than the one it was read in. */
  readonly nameDoubtful: boolean
  /** It can be delivered only within its archive. */
  readonly encrypted: boolean
  /** Where its data begin; of a tarred one, its number in the archive. */
  readonly dataAt: number
  readonly packedBytes: number
  readonly bytes: number
  /** Eight hex digits. A tar states none: then it is what the survey found. */
  readonly crc32: string
}

export type Received = {
  readonly bytes: number
  readonly sha256: string
  /** Its first bytes, at most 64 KB. */
  readonly head: Uint8Array
  /** Null where it begins as an archive does. */
  readonly contents: FileContents | null
}

/** A file that is being written while it is received. */
export interface Receiving {
  /** Takes the bytes over; resolves when there is room for more. They are copied, the buffer may be used again. */
  write(bytes: Uint8Array): Promise<void>
  /** Everything is on disk, to survive a power cut. */
  finish(): Promise<Received>
  /** Ends without the rest. What came is on disk, to survive a power cut; returns how much. */
  leave(): Promise<number>
}

export type Extracted = { readonly bytes: number; readonly sha256: string; readonly contents: FileContents }
export type Hashed = { readonly bytes: number; readonly sha256: string }

export type WorkOptions = {
  readonly signal: AbortSignal
  /** Called now and then with the bytes that were worked on since the last call. */
  readonly onProgress: (bytes: number) => void
}

/**
 * The work that would stall the main thread: hashing, inflating, looking inside, and writing. In the app it is done by
 * worker threads (main/adapters/worker), in tests also in place; both run the same functions (main/worker).
 */
export interface FileWork {
  /** Begins a new file, or goes on with one behind its first `resumeAt` bytes. */
  receive(path: string, resumeAt: number): Promise<Receiving>
  /**
   * Reads an archive's directory and refuses what is damaged, unsafe or too large, with its reason. Folders are left
   * out. Nothing is unpacked yet.
   */
  survey(archive: string, rules: ArchiveRules, options: WorkOptions): Promise<readonly ArchiveEntry[]>
  /**
   * Unpacks entries to new files (null: only checks them), each of them checked against its CRC-32 and its size by
   * the bytes really written, and on disk when this resolves. Throws `damaged-archive`.
   */
  extract(
    archive: string,
    entries: readonly { readonly entry: ArchiveEntry; readonly to: string | null }[],
    options: WorkOptions,
  ): Promise<readonly Extracted[]>
  hash(path: string, options: WorkOptions): Promise<Hashed>
}
