import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, isAppError } from '../../core/errors.ts'
import type { UpdateFolder } from '../../core/ports.ts'

/** What is read at once: large enough to be fast, small enough to leave the window's thread free between two reads. */
const CHUNK = 1 << 20

/** An update's folder on the disk. A file gets its name when all of it is on the disk. */
export function openUpdateFolder(folder: string): UpdateFolder {
  const clear = async () => {
    await rm(folder, { recursive: true, force: true })
  }
  return {
    clear,
    async save(name, pieces) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        for (const other of await readdir(folder)) await rm(join(folder, other), { recursive: true })
        const draft = join(folder, `${name}.part`)
        await write(draft, pieces)
        await rename(draft, join(folder, name))
      } catch (error) {
        // What could not be removed either is removed by the next one that is saved.
        await clear().catch(() => {})
        throw isAppError(error) ? error : errorOf(error, folder)
      }
    },
    measure: name => measureFile(join(folder, name)),
  }
}

async function write(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  // A file of that name, or a link, that somebody else put there is not written into.
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of pieces) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Length and SHA-512 of a file, of one descriptor: what is measured is one file, whatever happens to its name.
 *
 * @param each is given every piece as it is read, before it is used again
 */
export async function measureFile(
  path: string,
  each: (piece: Uint8Array) => Promise<void> = async () => {},
): Promise<{ readonly size: number; readonly sha512: string } | null> {
  const file = await open(path, 'r').catch(error => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  })
  if (file === null) return null
  try {
    const hash = createHash('sha512')
    const buffer = Buffer.alloc(CHUNK)
    let size = 0
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, size)
      if (bytesRead === 0) return { size, sha512: hash.digest('base64') }
      const piece = buffer.subarray(0, bytesRead)
      hash.update(piece)
      await each(piece)
      size += bytesRead
    }
  } finally {
    await file.close()
  }
}

function errorOf(cause: unknown, folder: string): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : null
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('no-space', { facts: { folder }, cause })
  return new AppError('folder-not-writable', { facts: { folder }, cause })
}
