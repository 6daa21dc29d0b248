import type { Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { systemCode } from '../../core/deliveries/files.ts'
import { AppError } from '../../core/errors.ts'

/** A file that is only read. */
export type Source = {
  readonly bytes: number
  readonly stamp: string
  /** The bytes between two places; fewer at the file's end. `into`: memory to use that is large enough. */
  read(from: number, to: number, into?: Buffer): Promise<Buffer>
  /** All bytes from a place on, in order. A piece holds until the next one is asked for. */
  pieces(from: number, pieceBytes: number): AsyncGenerator<Buffer>
}

/** What a file has to keep while it is looked into: who it is, its length, and when it was last written. */
const stampOf = ({ dev, ino, size, mtimeMs }: Stats): string => `${dev}:${ino}:${size}:${mtimeMs}`

/**
 * Opens a file to be read, for as long as `use` takes, and no longer: whoever wants to move or replace it must not find
 * it held. `stamp`: the one that it had; throws `file-changed` where it has another one before or after.
 */
export async function withSource<T>(
  path: string,
  stamp: string | null,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const changed = (cause?: unknown) => new AppError('file-changed', { facts: { path }, cause })
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw stamp !== null && ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '') ? changed(error) : error
  })
  try {
    const facts = await handle.stat()
    const now = stampOf(facts)
    if (stamp !== null && now !== stamp) throw changed()

    async function fill(into: Buffer, at: number): Promise<Buffer> {
      let done = 0
      while (done < into.length) {
        const { bytesRead } = await handle.read(into, done, into.length - done, at + done)
        if (bytesRead === 0) break
        done += bytesRead
      }
      return into.subarray(0, done)
    }

    const result = await use({
      bytes: facts.size,
      stamp: now,
      read(from, to, into) {
        const bytes = Math.max(0, Math.min(to, facts.size) - from)
        return fill(into ? into.subarray(0, bytes) : Buffer.allocUnsafe(bytes), from)
      },
      async *pieces(from, pieceBytes) {
        // One is read while the other is looked at.
        const [one, other] = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)]
        let next = fill(one, from)
        try {
          for (let at = from; ; ) {
            const piece = await next
            if (piece.length === 0) return
            at += piece.length
            next = fill(piece.buffer === one.buffer ? other : one, at)
            yield piece
          }
        } finally {
          await next.catch(() => undefined)
        }
      },
    })
    if (stampOf(await handle.stat()) !== now) throw changed()
    return result
  } finally {
    await handle.close()
  }
}
