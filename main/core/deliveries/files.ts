import type { ErrorCode } from '../../../preload/contract/errors.ts'
import { AppError, isAppError } from '../errors.ts'

export type FileFacts = {
  readonly kind: 'file' | 'folder' | 'other'
  readonly bytes: number
  /** Equal for two paths on one volume. */
  readonly volume: string
  /** Equal for two names of one file. */
  readonly identity: string
  /** Of a folder: what is made in it gets its group (setgid). Absent where it does not. */
  readonly givesGroup?: true
}

export interface FileReader {
  readonly bytes: number
  /** Fills `into` from `at` on; less only at the file's end. */
  read(into: Uint8Array, at: number): Promise<number>
  close(): Promise<void>
}

export interface FileWriter {
  /** Appends. The bytes must not be changed before it resolves. */
  write(bytes: Uint8Array): Promise<void>
  /** What was written survives a power cut. */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * What staging and publishing need of a file system. Each call is one operation that is done or not; faults are
 * injected between them. Errors are the file system's own, with its `code`.
 */
export interface Files {
  /** What stands at a path, without following a link; null: nothing. */
  look(path: string): Promise<FileFacts | null>
  /** The path without links in it. Throws ENOENT. */
  real(path: string): Promise<string>
  /** Bytes that we may still write below a folder; null where the volume does not say. */
  space(folder: string): Promise<number | null>
  /** Throws EEXIST; its parent must be there. */
  makeFolder(path: string): Promise<void>
  /** A new file; throws EEXIST, never overwrites. */
  create(path: string): Promise<FileWriter>
  /** An existing file, cut to its first `keep` bytes, to write on behind them. */
  resume(path: string, keep: number): Promise<FileWriter>
  open(path: string): Promise<FileReader>
  /** Gives a file a second name on its volume; throws EEXIST, never overwrites. */
  link(from: string, to: string): Promise<void>
  /** Moves within a volume; what is at `to` is replaced in one step. */
  rename(from: string, to: string): Promise<void>
  /** Removes a file's name; nothing there is fine. */
  remove(path: string): Promise<void>
  /** Removes a folder with all that is in it; nothing there is fine. */
  removeTree(path: string): Promise<void>
  /** Removes a folder; one that is not there or not empty is left. */
  removeEmptyFolder(path: string): Promise<void>
  /** The names in a folder survive a power cut. */
  syncFolder(path: string): Promise<void>
}

/** The error's own code where it came from the file system: `ENOSPC`. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
}

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'no-space',
  EDQUOT: 'no-space',
  EFBIG: 'no-space',
  EACCES: 'folder-not-writable',
  EPERM: 'folder-not-writable',
  EROFS: 'folder-not-writable',
  EBUSY: 'file-locked',
  ETXTBSY: 'file-locked',
  EEXIST: 'conflict',
  EISDIR: 'conflict',
  ENOTEMPTY: 'conflict',
  ENAMETOOLONG: 'name-invalid',
  EILSEQ: 'name-invalid',
  ENOENT: 'folder-missing',
  ENOTDIR: 'folder-missing',
}

/**
 * An error of the file system as one of ours. What is in no list (a share that went away says ENOTCONN, ESTALE,
 * EHOSTDOWN, EIO and much else; too many open files) is `folder-unreachable`: it is tried again.
 */
export function fileError(error: unknown, folder: string, path?: string): unknown {
  const reason = systemCode(error)
  if (isAppError(error) || reason === null || !/^E[A-Z0-9]+$|^UNKNOWN$/.test(reason)) return error
  const facts = { folder, reason, ...(path === undefined ? {} : { path, name: path }) }
  return new AppError(codes[reason] ?? 'folder-unreachable', { facts, cause: error })
}
