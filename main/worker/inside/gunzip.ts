import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import type { WorkOptions } from '../../core/deliveries/file-work.ts'
import { systemCode } from '../../core/deliveries/files.ts'
import { AppError } from '../../core/errors.ts'
import { damaged } from '../archive-end.ts'

/** Unpacks what gzip packed by itself, checked by its own checksum. Throws `damaged-archive`, `archive-bomb`. */
export async function gunzipFile(
  { path, to, most }: { readonly path: string; readonly to: string; readonly most: number },
  { signal, onProgress }: WorkOptions,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  const handle = await open(to, 'wx')
  let bytes = 0
  const packed = createReadStream(path)
  const unpacked = createGunzip({ chunkSize: 256 * 1024 })
  packed.on('error', error => unpacked.destroy(error))
  packed.on('data', piece => onProgress(piece.length))
  try {
    for await (const piece of packed.pipe(unpacked) as AsyncIterable<Buffer>) {
      if (signal.aborted) throw new AppError('cancelled')
      bytes += piece.length
      if (bytes > most) throw new AppError('archive-bomb', { facts: { bytes } })
      hash.update(piece)
      await handle.writeFile(piece)
    }
  } catch (error) {
    await rm(to, { force: true })
    if (systemCode(error)?.startsWith('Z_')) throw damaged(systemCode(error) ?? '')
    throw error
  } finally {
    packed.destroy()
    unpacked.destroy()
    await handle.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}
