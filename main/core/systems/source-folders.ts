/**
 * Folders in which a system leaves its files, as this computer reaches them. Nothing in them is ever changed: there is
 * no call for it. Errors are the file system's own, with its `code`.
 */
export type SourceFacts = {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  readonly bytes: number
  /** When it was last written, as finely as the file system knows it; only to be compared. */
  readonly written: string
}

export interface SourceFile {
  readonly facts: SourceFacts
  /** Fills `into` from `at` on; returns how many bytes, less only at the file's end. */
  read(into: Uint8Array, at: number): Promise<number>
  /** What it is now: it may have been written to meanwhile. */
  look(): Promise<SourceFacts>
  close(): Promise<void>
}

export interface SourceFolders {
  /** The names in a folder. */
  names(folder: string): Promise<readonly string[]>
  /** What stands at a path, without following a link. Throws ENOENT. */
  look(path: string): Promise<SourceFacts>
  /** The path without links in it. Throws ENOENT. */
  real(path: string): Promise<string>
  open(path: string): Promise<SourceFile>
}
