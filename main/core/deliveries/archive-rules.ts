import { AppError } from '../errors.ts'
import type { ArchiveLimits } from './file-work.ts'
import { foldersOf, plainPath, refusal } from './safe-names.ts'

/** What an archive's directory says of one entry, before any of it is believed. */
export type DirectoryEntry = {
  /** With `/`; a folder's ends with it. */
  readonly path: string
  /** File type and rights as Unix has them; 0 where the archive was made on another system. */
  readonly unixMode: number
  readonly packedBytes: number
  readonly bytes: number
}

const [typeMask, regular, folder] = [0o170000, 0o100000, 0o040000]

const unsafe = (path: string, reason: string) =>
  new AppError('unsafe-name', { facts: { file: printable(path), reason } })

/** The path as it may stand in a sentence: control characters and turned writing would make another one of it. */
const printable = (path: string): string => path.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd').slice(0, 200)

/**
 * The paths of an archive's files, null for its folders. Throws `unsafe-name` for what leaves the folder it is
 * unpacked into, is absolute, names a drive, is a link or a device, or stands there twice: none of that is in an
 * archive by accident, so the whole of it is refused.
 */
export function checkedPaths(entries: readonly DirectoryEntry[]): readonly (string | null)[] {
  const files = new Set<string>()
  const folders = new Set<string>()
  const paths = entries.map(entry => {
    const reason = refusal(entry.path)
    if (reason) throw unsafe(entry.path, reason)
    const type = entry.unixMode & typeMask
    const isFolder = entry.path.endsWith('/')
    if (type !== 0 && type !== (isFolder ? folder : regular)) throw unsafe(entry.path, 'link-or-device')
    if (isFolder && entry.bytes > 0) throw unsafe(entry.path, 'folder-with-data')
    const path = plainPath(entry.path)
    for (const above of foldersOf(path)) folders.add(above)
    if (isFolder) {
      folders.add(path)
      return null
    }
    if (files.has(path)) throw unsafe(entry.path, 'twice')
    files.add(path)
    return path
  })
  for (const path of files) if (folders.has(path)) throw unsafe(path, 'file-and-folder')
  return paths
}

/** Throws `archive-bomb` where the entries claim to be more than any extract is. */
export function refuseBombs(entries: readonly DirectoryEntry[], limits: ArchiveLimits): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0)
  const tooDense = ({ bytes: size, packedBytes }: DirectoryEntry) =>
    size > limits.ratioFrom && size > limits.ratio * packedBytes
  if (entries.length > limits.entries || bytes > limits.bytes) {
    throw new AppError('archive-bomb', { facts: { entries: entries.length, bytes } })
  }
  if (entries.some(tooDense) || tooDense({ path: '', unixMode: 0, bytes, packedBytes: packed })) {
    throw new AppError('archive-bomb', { facts: { bytes, packedBytes: packed } })
  }
}
