import { createHash } from 'node:crypto'
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib'
import type { ArchiveEntry, Extracted, WorkOptions } from '../core/deliveries/file-work.ts'
import { type FileReader, type Files, type FileWriter, systemCode } from '../core/deliveries/files.ts'
import { AppError, isAppError } from '../core/errors.ts'
import { createRecogniser } from '../core/extract-files/recogniser.ts'
import { damaged } from './archive-end.ts'
import { steadyWriter } from './steady-writer.ts'

const pieceBytes = 256 * 1024
/** Up to here an entry is unpacked in one go, which is much quicker for the thousands of small files of some archives. */
const smallBytes = 1024 * 1024
/** Entries on the way at once: while one waits for the disk, others are inflated and hashed. */
const lanes = 4

/** zlib's `info` gives the engine along, which knows how much it used; Node's types do not have it. */
type Inflated = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } }

export type Task = { readonly entry: ArchiveEntry; readonly to: string | null }

/**
 * Unpacks entries side by side. Each is checked by the bytes that came out of it, all of which are counted, summed and
 * hashed before they count as written: the readers of archives that were tried let most single flipped bits pass.
 */
export async function extract(
  files: Files,
  archive: string,
  tasks: readonly Task[],
  options: WorkOptions,
): Promise<readonly Extracted[]> {
  const reader = await files.open(archive)
  try {
    const results = new Map<Task, Extracted>()
    const waiting = tasks.values()
    let failed = false
    const lane = async () => {
      for (const task of waiting) {
        if (failed || options.signal.aborted) return
        try {
          results.set(task, await extractOne(files, reader, task, options))
        } catch (error) {
          failed = true
          throw error
        }
      }
    }
    const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
    const first = ended.find(one => one.status === 'rejected')
    if (first) throw first.reason
    if (options.signal.aborted) throw new AppError('cancelled')
    return tasks.flatMap(task => results.get(task) ?? [])
  } finally {
    await reader.close()
  }
}

async function extractOne(
  files: Files,
  reader: FileReader,
  { entry, to }: Task,
  { signal, onProgress }: WorkOptions,
): Promise<Extracted> {
  const writer = to === null ? null : steadyWriter(await files.create(to))
  try {
    const content = await checked(bytesOf(reader, entry), entry, writer, bytes => {
      if (signal.aborted) throw new AppError('cancelled')
      onProgress(bytes)
    })
    await writer?.sync()
    return content
  } catch (error) {
    if (isAppError(error) || isOfFileSystem(error)) throw error
    // zlib's errors are few and say little: whatever it is, these bytes are not what was packed.
    throw damaged(error instanceof Error ? error.message : String(error), entry.path)
  } finally {
    await writer?.close()
  }
}

const isOfFileSystem = (error: unknown): boolean => /^E(?!RR_)[A-Z]/.test(systemCode(error) ?? '')

async function checked(
  pieces: AsyncIterable<Buffer>,
  entry: ArchiveEntry,
  writer: FileWriter | null,
  onPiece: (bytes: number) => void,
): Promise<Extracted> {
  const hash = createHash('sha256')
  const recogniser = createRecogniser()
  let crc = 0
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > entry.bytes) throw damaged('it is longer than stated', entry.path)
    const written = writer?.write(piece)
    crc = crc32(piece, crc)
    hash.update(piece)
    recogniser.push(piece)
    await written
    onPiece(piece.length)
  }
  if (bytes !== entry.bytes) throw damaged('it is shorter than stated', entry.path)
  if (crc !== Number.parseInt(entry.crc32, 16)) throw damaged('its checksum is wrong', entry.path)
  return { bytes, sha256: hash.digest('hex'), contents: recogniser.end() }
}

function bytesOf(reader: FileReader, entry: ArchiveEntry): AsyncIterable<Buffer> {
  if (entry.method === 'stored') return packed(reader, entry)
  return entry.packedBytes <= smallBytes && entry.bytes <= smallBytes * 4
    ? inflatedAtOnce(reader, entry)
    : inflated(reader, entry)
}

/**
 * An entry's bytes as they are in the archive. A piece may be used until the next one is asked for: two buffers serve
 * by turns, since one of its own for each piece would pile up, unused, until the engine cares to collect them.
 */
async function* packed(reader: FileReader, entry: ArchiveEntry): AsyncGenerator<Buffer> {
  const { dataAt, packedBytes } = entry
  const buffers = [Buffer.allocUnsafe(pieceBytes), Buffer.allocUnsafe(pieceBytes)] as const
  const readAt = (at: number, turn: number): Promise<Buffer> =>
    read(reader, entry, dataAt + at, buffers[turn % 2 === 0 ? 0 : 1].subarray(0, packedBytes - at))
  let next = packedBytes === 0 ? null : readAt(0, 0)
  for (let at = 0, turn = 1; next; turn += 1) {
    const piece = await next
    at += piece.length
    next = at < packedBytes ? readAt(at, turn) : null
    // It may fail while nobody waits for it yet, or ever.
    next?.catch(() => {})
    yield piece
  }
}

async function read(reader: FileReader, { path }: ArchiveEntry, at: number, into: Buffer): Promise<Buffer> {
  if ((await reader.read(into, at)) < into.length) throw damaged('the archive was cut', path)
  return into
}

async function* inflatedAtOnce(reader: FileReader, entry: ArchiveEntry): AsyncGenerator<Buffer> {
  const whole = await read(reader, entry, entry.dataAt, Buffer.allocUnsafe(entry.packedBytes))
  // One byte more than stated may come out, to be seen as too long; zlib wants at least 64 at a time.
  const options = { chunkSize: Math.max(entry.bytes + 1, 64), maxOutputLength: entry.bytes + 1, info: true }
  const { buffer, engine } = inflateRawSync(whole, options) as unknown as Inflated
  refuseRest(engine.bytesWritten, entry)
  if (buffer.length > 0) yield buffer
}

async function* inflated(reader: FileReader, entry: ArchiveEntry): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: pieceBytes })
  const feed = async () => {
    for await (const piece of packed(reader, entry)) {
      await new Promise(used => inflate.write(piece, used))
      if (inflate.destroyed) return
    }
    inflate.end()
  }
  const fed = feed().catch((error: unknown) => {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  try {
    for await (const piece of inflate as AsyncIterable<Buffer>) yield piece
  } finally {
    inflate.destroy()
    await fed
  }
  refuseRest(inflate.bytesWritten, entry)
}

/** What stands behind the end of the packed data was never checked by anything. */
function refuseRest(used: number, entry: ArchiveEntry): void {
  if (used < entry.packedBytes) throw damaged('its data end before their place does', entry.path)
}
