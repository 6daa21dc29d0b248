import { createHash } from 'node:crypto'
import type { Hashed, WorkOptions } from '../core/deliveries/file-work.ts'
import type { Files } from '../core/deliveries/files.ts'
import { AppError } from '../core/errors.ts'
import { eachPiece } from './receive.ts'

/** A file's SHA-256 and how many bytes it was made of. */
export async function hashFile(
  files: Files,
  path: string,
  { signal, onProgress }: WorkOptions,
): Promise<Hashed> {
  const hash = createHash('sha256')
  let bytes = 0
  await eachPiece(files, path, null, piece => {
    if (signal.aborted) throw new AppError('cancelled')
    hash.update(piece)
    bytes += piece.length
    onProgress(piece.length)
  })
  return { bytes, sha256: hash.digest('hex') }
}
