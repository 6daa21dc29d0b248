import { createHash } from 'node:crypto'
import type { Received, Receiving } from '../core/deliveries/file-work.ts'
import type { Files } from '../core/deliveries/files.ts'
import { createRecogniser, type Recogniser } from '../core/extract-files/recogniser.ts'
import { steadyWriter } from './steady-writer.ts'

/** Enough to tell a web page or an error message, which is all that it is for. */
const headBytes = 64 * 1024
const readBytes = 1024 * 1024

/** Whether a file begins as a zip archive does; an archive without entries begins with its end. */
export const beginsAsArchive = (head: Uint8Array): boolean =>
  head[0] === 0x50 &&
  head[1] === 0x4b &&
  ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))

/** Writes, hashes and looks into a file in one go. What is there already, of a download that goes on, is read first. */
export async function receive(files: Files, path: string, resumeAt: number): Promise<Receiving> {
  const hash = createHash('sha256')
  const head = Buffer.alloc(headBytes)
  let recogniser: Recogniser | null = createRecogniser()
  let bytes = 0

  function take(piece: Buffer): void {
    hash.update(piece)
    if (bytes < headBytes) {
      piece.copy(head, bytes)
      if (beginsAsArchive(head)) recogniser = null
    }
    recogniser?.push(piece)
    bytes += piece.length
  }

  if (resumeAt > 0) await eachPiece(files, path, resumeAt, take)
  const writer = steadyWriter(resumeAt > 0 ? await files.resume(path, resumeAt) : await files.create(path))

  async function close(): Promise<void> {
    try {
      await writer.sync()
    } finally {
      await writer.close()
    }
  }

  return {
    async write(piece) {
      const buffer = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
      // The disk works on the piece while we do.
      const written = writer.write(buffer)
      take(buffer)
      await written
    },
    async finish(): Promise<Received> {
      await close()
      const contents = recogniser?.end() ?? null
      return {
        bytes,
        sha256: hash.digest('hex'),
        head: head.subarray(0, Math.min(bytes, headBytes)),
        contents,
      }
    },
    async leave() {
      await close()
      return bytes
    },
  }
}

/** Reads the first `length` bytes of a file, the next piece while the last one is worked on. */
export async function eachPiece(
  files: Files,
  path: string,
  length: number | null,
  take: (piece: Buffer) => void,
): Promise<void> {
  const reader = await files.open(path)
  try {
    const end = length ?? reader.bytes
    const buffers = [Buffer.allocUnsafe(readBytes), Buffer.allocUnsafe(readBytes)] as const
    const readAt = async (at: number, into: Buffer) => {
      const piece = into.subarray(0, Math.min(readBytes, end - at))
      return piece.subarray(0, await reader.read(piece, at))
    }
    let next = readAt(0, buffers[0])
    for (let at = 0, turn = 1; at < end; turn += 1) {
      const piece = await next
      if (piece.length === 0) break
      at += piece.length
      next = at < end ? readAt(at, turn % 2 === 0 ? buffers[0] : buffers[1]) : Promise.resolve(piece)
      take(piece)
    }
  } finally {
    await reader.close()
  }
}
