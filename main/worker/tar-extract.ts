import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ArchiveEntry, Extracted, WorkOptions } from '../core/deliveries/file-work.ts'
import type { Files } from '../core/deliveries/files.ts'
import { createRecogniser } from '../core/extract-files/recogniser.ts'
import { damaged } from './archive-end.ts'
import { readTar } from './tar.ts'

type Task = { readonly entry: ArchiveEntry; readonly to: string | null }

/**
 * Unpacks entries of a packed tar while it is read once more. What comes out has to be what the survey found, byte by
 * byte, and the archive has to be sound to its end, before any of it counts.
 */
export async function extractTar(
  files: Files,
  archive: string,
  tasks: readonly Task[],
  { signal, onProgress }: WorkOptions,
): Promise<readonly Extracted[]> {
  const wanted = new Map(tasks.map(task => [task.entry.dataAt, task]))
  const results = new Map<Task, Extracted>()
  const reader = await files.open(archive)
  try {
    await readTar(reader, { signal, onUnpacked: () => {} }, async ({ place }, body) => {
      const task = wanted.get(place)
      if (task) results.set(task, await extractOne(files, task, body, onProgress))
      else for await (const _ of body);
    })
  } finally {
    await reader.close()
  }
  return tasks.map(task => {
    const result = results.get(task)
    if (!result) throw damaged('it is no longer what it was', task.entry.path)
    return result
  })
}

async function extractOne(
  files: Files,
  { entry, to }: Task,
  body: AsyncIterable<Buffer>,
  onProgress: (bytes: number) => void,
): Promise<Extracted> {
  const writer = to === null ? null : await files.create(to)
  try {
    const hash = createHash('sha256')
    const recogniser = createRecogniser()
    let bytes = 0
    let sum = 0
    for await (const piece of body) {
      const written = writer?.write(piece)
      bytes += piece.length
      sum = crc32(piece, sum)
      hash.update(piece)
      recogniser.push(piece)
      await written
      onProgress(piece.length)
    }
    if (bytes !== entry.bytes || sum !== Number.parseInt(entry.crc32, 16)) {
      throw damaged('it is no longer what it was', entry.path)
    }
    await writer?.sync()
    return { bytes, sha256: hash.digest('hex'), contents: recogniser.end() }
  } finally {
    await writer?.close()
  }
}
