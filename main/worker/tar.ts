import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type Extract, extract, type Headers } from 'tar-stream'
import { type FileReader, systemCode } from '../core/deliveries/files.ts'
import { AppError, isAppError } from '../core/errors.ts'
import { damaged } from './archive-end.ts'

/** Whether a file begins as one does that gzip has packed. */
export const beginsAsGzip = (head: Uint8Array): boolean =>
  head[0] === 0x1f && head[1] === 0x8b && head[2] === 8

/** Whether a file begins as a tar does that nothing has packed (POSIX.1-1988: the mark of a header). */
export const beginsAsTar = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar'

export type TarEntry = {
  readonly path: string
  readonly type: 'file' | 'folder' | 'other'
  readonly bytes: number
  /** Its number among all of them, from 0. */
  readonly place: number
}

export type TarOptions = {
  readonly signal: AbortSignal
  /** Called with all bytes of the unpacked archive so far; what it throws ends the reading. */
  readonly onUnpacked: (bytes: number) => void
}

const pieceBytes = 256 * 1024
const block = 512
/** Long names and other extended headers are held in memory until they are whole; more than this is an attack. */
const longestHeaders = 2 * 1024 * 1024

/**
 * Reads a tar, packed by gzip or not, from its beginning to its end, entry by entry. When this resolves everything was
 * checked: gzip's checksum and length, every header's checksum, that nothing is missing at the end and nothing stands behind it.
 * `take` has to read the whole body of each entry. Throws `damaged-archive`, `cancelled`, or what `take` throws.
 */
export async function readTar(
  reader: FileReader,
  { signal, onUnpacked }: TarOptions,
  take: (entry: TarEntry, body: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  const archive = extract()
  /** What the entries that were met so far take up, with their headers and padding. */
  let met = 0
  let failure: unknown = null

  const fail = (error: unknown) => {
    failure ??= error
    archive.destroy()
  }
  const feed = async () => {
    let fed = 0
    const end = endCheck()
    for await (const piece of contentsOf(reader)) {
      if (signal.aborted) throw new AppError('cancelled')
      fed += piece.length
      onUnpacked(fed)
      end.push(piece)
      await written(archive, piece)
      if (failure !== null) return
      if (fed > met + longestHeaders + pieceBytes) throw damaged('its headers have no end')
    }
    if (!end.isThere()) throw damaged('its end is missing')
    archive.end()
  }
  const feeding = feed().catch(fail)
  try {
    let place = 0
    for await (const entry of archive) {
      const checked = entryOf(entry.header, place)
      place += 1
      met += block + Math.ceil(checked.bytes / block) * block
      await take(checked, entry)
    }
  } catch (error) {
    fail(error)
  }
  await feeding
  if (failure === null) return
  if (isAppError(failure) || isOfFileSystem(failure)) throw failure
  throw damaged(failure instanceof Error ? failure.message : String(failure))
}

const isOfFileSystem = (error: unknown): boolean => /^E(?!RR_)[A-Z]/.test(systemCode(error) ?? '')

/** Resolves when there is room for more, or nobody reads any more. */
function written(archive: Extract, piece: Buffer): Promise<void> {
  if (archive.write(piece)) return Promise.resolve()
  return new Promise(resolve => {
    const done = () => {
      archive.off('drain', done)
      archive.off('close', done)
      resolve()
    }
    archive.on('drain', done)
    archive.on('close', done)
  })
}

/** A sparse file's data are a map and some pieces: what came out would not be what went in. */
function entryOf(
  header: Headers & { readonly pax?: Readonly<Record<string, string>> | null },
  place: number,
): TarEntry {
  const { name, type, size = 0 } = header
  if (!Number.isSafeInteger(size) || size < 0) throw damaged('it has no length', name)
  if (Object.keys(header.pax ?? {}).some(key => key.startsWith('GNU.sparse'))) {
    throw damaged('it is stored as a sparse file', name)
  }
  const isFile = type === 'file' || type === 'contiguous-file'
  return {
    // As in zips: some writers mean a slash by it.
    path: name.replaceAll('\\', '/'),
    type: isFile ? 'file' : type === 'directory' ? 'folder' : 'other',
    bytes: size,
    place,
  }
}

/** Two empty blocks are the end of a tar: one that was cut between two entries has none. */
function endCheck() {
  let zeros = 0
  return {
    push(piece: Buffer): void {
      let at = piece.length
      while (at > 0 && piece[at - 1] === 0) at -= 1
      zeros = at === 0 ? zeros + piece.length : piece.length - at
    },
    isThere: () => zeros >= 2 * block,
  }
}

async function* packed(reader: FileReader): AsyncGenerator<Buffer> {
  for (let at = 0; at < reader.bytes; ) {
    const piece = Buffer.allocUnsafe(Math.min(pieceBytes, reader.bytes - at))
    const read = await reader.read(piece, at)
    if (read === 0) throw damaged('the archive was cut')
    at += read
    yield piece.subarray(0, read)
  }
}

async function* contentsOf(reader: FileReader): AsyncGenerator<Buffer> {
  const head = Buffer.alloc(3)
  await reader.read(head, 0)
  yield* beginsAsGzip(head) ? unpacked(reader) : packed(reader)
}

/** What gzip packed, checked by gzip's own checksum and length. */
async function* unpacked(reader: FileReader): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: pieceBytes })
  // An error of the source ends the iteration as well. Whoever leaves waits until the file is not read any more.
  const read = new Promise<void>(resolve => pipeline(packed(reader), gunzip, () => resolve()))
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) yield piece
  } finally {
    gunzip.destroy()
    await read
  }
  if (gunzip.bytesWritten < reader.bytes) throw damaged('something stands behind its end')
}
