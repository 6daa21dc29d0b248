import { pipeline } from 'node:stream'
import { constants, crc32, createDeflateRaw, deflateRawSync } from 'node:zlib'

/** One entry of an archive that is written while it is read. */
export type ZipSource = {
  readonly name: string
  packed(): AsyncIterable<Buffer> | Iterable<Buffer>
  /** Known when `packed` was read to its end. */
  facts(): { readonly crc: number; readonly bytes: number }
}

/** What any archiver makes of a file: deflate at its usual level. */
export function deflated(name: string, pieces: () => Iterable<Buffer>): ZipSource {
  let facts = { crc: 0, bytes: 0 }
  function* counted() {
    facts = { crc: 0, bytes: 0 }
    for (const piece of pieces()) {
      facts = { crc: crc32(piece, facts.crc), bytes: facts.bytes + piece.length }
      yield piece
    }
  }
  return {
    name,
    // An error of the source ends the iteration as well, so the callback has nothing to do.
    packed: () => pipeline(counted(), createDeflateRaw({ level: 6 }), () => {}),
    facts: () => facts,
  }
}

/**
 * One block again and again, packed once: a full flush ends at a whole byte and refers to nothing before it, so that
 * packed blocks can stand behind each other. Archives of any size come out of it as fast as they are sent.
 */
export function repeated(
  name: string,
  block: Buffer,
  times: number,
): ZipSource & { readonly packedBytes: number } {
  const packedBlock = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH })
  const last = Buffer.from([3, 0])
  return {
    name,
    packedBytes: packedBlock.length * times + last.length,
    *packed() {
      for (let turn = 0; turn < times; turn += 1) yield packedBlock
      yield last
    },
    facts() {
      let crc = 0
      for (let turn = 0; turn < times; turn += 1) crc = crc32(block, crc)
      return { crc, bytes: block.length * times }
    },
  }
}

type Written = { readonly name: Buffer; crc: number; bytes: number; packedBytes: number; at: number }

const [deflate, flags, time, date] = [8, 0x0808, 0, 0x5c7f]
const zip64Id = 1
const elsewhere = 0xffffffff

/** A classic archive, or one in zip64 throughout, whose entries' sizes and sums follow their data. */
export async function* zipArchive(sources: Iterable<ZipSource>, zip64: boolean): AsyncGenerator<Buffer> {
  const written: Written[] = []
  let at = 0
  for (const source of sources) {
    const entry: Written = { name: Buffer.from(source.name), crc: 0, bytes: 0, packedBytes: 0, at }
    written.push(entry)
    const local = localHeader(entry.name, zip64)
    yield local
    for await (const piece of source.packed()) {
      entry.packedBytes += piece.length
      yield piece
    }
    Object.assign(entry, source.facts())
    const after = descriptor(entry, zip64)
    yield after
    at += local.length + entry.packedBytes + after.length
  }
  const directory = Buffer.concat(written.map(entry => directoryEntry(entry, zip64)))
  yield directory
  yield end(written.length, directory.length, at, zip64)
}

/** How long such an archive is. */
export function zipBytes(sources: readonly { name: string; packedBytes: number }[], zip64: boolean): number {
  const frame = (name: string) =>
    localHeader(Buffer.from(name), zip64).length + (zip64 ? 24 : 16) + 46 + name.length + (zip64 ? 28 : 0)
  const entries = sources.map(source => frame(source.name) + source.packedBytes)
  return entries.reduce((sum, bytes) => sum + bytes, end(0, 0, 0, zip64).length)
}

function fields(...pairs: readonly (readonly [size: 2 | 4 | 8, value: number])[]): Buffer {
  return Buffer.concat(
    pairs.map(([size, value]) => {
      const bytes = Buffer.alloc(size)
      if (size === 8) bytes.writeBigUInt64LE(BigInt(value))
      else bytes.writeUIntLE(value, 0, size)
      return bytes
    }),
  )
}

function localHeader(name: Buffer, zip64: boolean): Buffer {
  const size = zip64 ? elsewhere : 0
  const extra = zip64 ? fields([2, zip64Id], [2, 16], [8, 0], [8, 0]) : Buffer.alloc(0)
  const head = fields([4, 0x04034b50], [2, zip64 ? 45 : 20], [2, flags], [2, deflate], [2, time], [2, date])
  return Buffer.concat([
    head,
    fields([4, 0], [4, size], [4, size], [2, name.length], [2, extra.length]),
    name,
    extra,
  ])
}

const descriptor = ({ crc, bytes, packedBytes }: Written, zip64: boolean): Buffer =>
  fields([4, 0x08074b50], [4, crc], [zip64 ? 8 : 4, packedBytes], [zip64 ? 8 : 4, bytes])

function directoryEntry({ name, crc, bytes, packedBytes, at }: Written, zip64: boolean): Buffer {
  const extra = zip64 ? fields([2, zip64Id], [2, 24], [8, bytes], [8, packedBytes], [8, at]) : Buffer.alloc(0)
  return Buffer.concat([
    fields([4, 0x02014b50], [2, zip64 ? 45 : 20], [2, zip64 ? 45 : 20], [2, flags], [2, deflate]),
    fields(
      [2, time],
      [2, date],
      [4, crc],
      [4, zip64 ? elsewhere : packedBytes],
      [4, zip64 ? elsewhere : bytes],
    ),
    fields([2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, zip64 ? elsewhere : at]),
    name,
    extra,
  ])
}

function end(entries: number, directoryBytes: number, directoryAt: number, zip64: boolean): Buffer {
  if (!zip64)
    return fields(
      [4, 0x06054b50],
      [4, 0],
      [2, entries],
      [2, entries],
      [4, directoryBytes],
      [4, directoryAt],
      [2, 0],
    )
  const endAt = directoryAt + directoryBytes
  return Buffer.concat([
    fields([4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, entries], [8, entries]),
    fields([8, directoryBytes], [8, directoryAt]),
    fields([4, 0x07064b50], [4, 0], [8, endAt], [4, 1]),
    fields([4, 0x06054b50], [4, 0], [2, 0xffff], [2, 0xffff], [4, elsewhere], [4, elsewhere], [2, 0]),
  ])
}
