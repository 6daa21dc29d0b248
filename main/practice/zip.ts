import { pipeline } from 'node:stream'
import { crc32, createDeflateRaw, inflateRawSync } from 'node:zlib'
import AdmZip from 'adm-zip'
import type { SampleTime } from './samples/sample.ts'

export type ZipEntry = Readonly<{ name: string; data: Buffer }>
export type ZipSource = Readonly<{ name: string; chunks: () => AsyncIterable<Buffer> }>

const MADE_ON_UNIX = (3 << 8) | 20

/** An archive in memory with the same bytes on every system: entry times are given, the maker is fixed. */
export async function zip(entries: readonly ZipEntry[], { fields }: SampleTime): Promise<Buffer> {
  // Sorting would put the accounting extract behind its side files.
  const archive = new AdmZip(undefined, { noSort: true })
  for (const { name, data } of entries) {
    const { header } = archive.addFile(name, data)
    // adm-zip writes local time, so the fields are given as such.
    header.time = new Date(...fields)
    header.made = MADE_ON_UNIX
  }
  return archive.toBufferPromise()
}

const LOCAL_HEADER_SIZE = 30

/**
 * Flips one bit of the first entry's compressed data, chosen so that it still inflates to the same length and
 * only the CRC gives it away: of random flips more than half are of that kind, and readers that check nothing
 * but the stream let them pass.
 */
export function flipOneBit(archive: Buffer): Buffer {
  const entry = new AdmZip(archive).getEntries()[0]
  if (entry === undefined) throw new Error('There is no entry to damage.')
  const start = LOCAL_HEADER_SIZE + archive.readUInt16LE(26) + archive.readUInt16LE(28)
  const { compressedSize, size, crc } = entry.header
  const damaged = Buffer.from(archive)
  const data = damaged.subarray(start, start + compressedSize)
  for (let at = Math.floor(compressedSize / 2); at < compressedSize; at += 1) {
    for (let bit = 0; bit < 8; bit += 1) {
      const before = data.readUInt8(at)
      data.writeUInt8(before ^ (1 << bit), at)
      if (inflatesWrongly(data, size, crc)) return damaged
      data.writeUInt8(before, at)
    }
  }
  throw new Error('No bit of this entry can be flipped without ending its stream.')
}

function inflatesWrongly(data: Buffer, size: number, crc: number): boolean {
  try {
    const text = inflateRawSync(data)
    return text.length === size && crc32(text) !== crc
  } catch {
    return false
  }
}

const DEFLATE = 8
/** Bit 3: sizes and CRC follow the data. Bit 11: names are UTF-8. */
const FLAGS = 0x0808
const LIMIT = 0xffff_ffff

type Written = { name: Buffer; crc: number; size: number; compressed: number; offset: number }

/**
 * An archive written while it is made, for extracts that are never held in memory: each entry is followed by a
 * data descriptor, as server-side writers do. Without zip64, so entries and archive stay below 4 GiB.
 */
export async function* zipStream(
  sources: readonly ZipSource[],
  { fields }: SampleTime,
): AsyncGenerator<Buffer> {
  const [year, month, day, hour, minute, second] = fields
  const date = ((year - 1980) << 9) | ((month + 1) << 5) | day
  const time = (hour << 11) | (minute << 5) | (second >> 1)
  const written: Written[] = []
  let offset = 0
  for (const source of sources) {
    const entry: Written = { name: Buffer.from(source.name, 'utf8'), crc: 0, size: 0, compressed: 0, offset }
    written.push(entry)
    const head = Buffer.concat([header(0x04034b50, [], entry, date, time), entry.name])
    yield head
    for await (const part of deflated(source, entry)) {
      entry.compressed += part.length
      yield part
    }
    yield descriptor(entry)
    offset += head.length + entry.compressed + 16
    if (offset > LIMIT || entry.size > LIMIT) throw new RangeError('This archive would need zip64.')
  }
  const directory = written.map(entry => directoryEntry(entry, date, time))
  yield* directory
  yield endOfDirectory(
    written.length,
    directory.reduce((sum, part) => sum + part.length, 0),
    offset,
  )
}

async function* counted(source: ZipSource, entry: Written): AsyncGenerator<Buffer> {
  for await (const part of source.chunks()) {
    entry.crc = crc32(part, entry.crc)
    entry.size += part.length
    yield part
  }
}

function deflated(source: ZipSource, entry: Written): AsyncIterable<Buffer> {
  // An error of the source ends the iteration below as well, so the callback has nothing to do.
  return pipeline(counted(source, entry), createDeflateRaw({ level: 1 }), () => {})
}

/** The fields that a local header and a directory entry have in common; `made` stands in the directory only. */
function header(
  signature: number,
  made: readonly number[],
  entry: Written,
  date: number,
  time: number,
): Buffer {
  const words = [...made, 20, FLAGS, DEFLATE, time, date]
  const known = made.length > 0
  const tail = Buffer.alloc(16)
  tail.writeUInt32LE(known ? entry.crc : 0, 0)
  tail.writeUInt32LE(known ? entry.compressed : 0, 4)
  tail.writeUInt32LE(known ? entry.size : 0, 8)
  tail.writeUInt16LE(entry.name.length, 12)
  const front = Buffer.alloc(4 + words.length * 2)
  front.writeUInt32LE(signature, 0)
  for (const [index, word] of words.entries()) front.writeUInt16LE(word, 4 + index * 2)
  return Buffer.concat([front, tail])
}

function descriptor({ crc, compressed, size }: Written): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(crc, 4)
  bytes.writeUInt32LE(compressed, 8)
  bytes.writeUInt32LE(size, 12)
  return bytes
}

function directoryEntry(entry: Written, date: number, time: number): Buffer {
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE((0o100644 << 16) >>> 0, 6)
  tail.writeUInt32LE(entry.offset, 10)
  return Buffer.concat([header(0x02014b50, [MADE_ON_UNIX], entry, date, time), tail, entry.name])
}

function endOfDirectory(entries: number, size: number, offset: number): Buffer {
  const bytes = Buffer.alloc(22)
  bytes.writeUInt32LE(0x06054b50, 0)
  bytes.writeUInt16LE(entries, 8)
  bytes.writeUInt16LE(entries, 10)
  bytes.writeUInt32LE(size, 12)
  bytes.writeUInt32LE(offset, 16)
  return bytes
}
