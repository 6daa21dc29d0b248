import { crc32 } from 'node:zlib'
import { checkedPaths, type DirectoryEntry, refuseBombs } from '../core/deliveries/archive-rules.ts'
import type { ArchiveEntry, ArchiveRules, WorkOptions } from '../core/deliveries/file-work.ts'
import type { FileReader } from '../core/deliveries/files.ts'
import { readTar, type TarEntry } from './tar.ts'

/** File types as Unix has them. A link or a device is neither. */
const modes: Readonly<Record<TarEntry['type'], number>> = {
  file: 0o100000,
  folder: 0o040000,
  other: 0o120000,
}

/**
 * Reads a packed tar once, to its end: a tar has no directory, so what is in it, and that all of it is sound, is known
 * only then. The same rules hold for it as for any archive. Its entries have no checksums of their own; what is summed
 * here is what the unpacking has to come to.
 */
export async function surveyTar(
  reader: FileReader,
  { limits }: ArchiveRules,
  { signal, onProgress }: WorkOptions,
): Promise<readonly ArchiveEntry[]> {
  const found: DirectoryEntry[] = []
  const sums: number[] = []
  const entries: TarEntry[] = []
  const whole = { path: '', unixMode: 0, packedBytes: reader.bytes }
  let unpackedBefore = 0
  const onUnpacked = (bytes: number) => {
    refuseBombs([{ ...whole, bytes }], limits)
    onProgress(bytes - unpackedBefore)
    unpackedBefore = bytes
  }
  await readTar(reader, { signal, onUnpacked }, async (entry, body) => {
    entries.push(entry)
    found.push({
      path: entry.type === 'folder' && !entry.path.endsWith('/') ? `${entry.path}/` : entry.path,
      unixMode: modes[entry.type],
      packedBytes: reader.bytes,
      bytes: entry.bytes,
    })
    // The bytes are counted above, as they come; here it is the number of entries.
    refuseBombs([], { ...limits, entries: limits.entries - found.length })
    let sum = 0
    for await (const piece of body) sum = crc32(piece, sum)
    sums.push(sum)
  })
  const paths = checkedPaths(found)
  return entries.flatMap(({ place, bytes }, index) => {
    const path = paths[index]
    if (path === undefined || path === null) return []
    return {
      path,
      method: 'tarred',
      nameDoubtful: path.includes('\ufffd'),
      encrypted: false,
      dataAt: place,
      packedBytes: bytes,
      bytes,
      crc32: (sums[index] ?? 0).toString(16).padStart(8, '0'),
    }
  })
}
