import { crc32, deflateRawSync } from 'node:zlib'

/** Everything an entry of a hand-made archive can get wrong. What is left out is right. */
export type ZipPart = {
  readonly name: string | Buffer
  readonly data?: Buffer | string
  readonly method?: number
  readonly flags?: number
  readonly unixMode?: number
  /** Bytes that go into the archive as packed data. */
  readonly packed?: Buffer
  readonly crc32?: number
  readonly bytes?: number
  readonly packedBytes?: number
  readonly extra?: Buffer
  /** In the local header only. */
  readonly localName?: string
  /** Sizes and CRC follow the data. */
  readonly descriptor?: boolean
  readonly zip64?: boolean
  /** Points to the local header of an earlier entry instead of having one. */
  readonly sharesWith?: number
}

const u16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2)
  return bytes
}
const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4)
  return bytes
}
const u64 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 8)
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), index * 8)
  return bytes
}
export const extraField = (id: number, data: Buffer) => Buffer.concat([u16(id, data.length), data])

const utf8 = 0x0800
const unixMaker = (3 << 8) | 20

/** An archive, byte by byte, as hostile as its parts ask for. */
export function zipBytes(
  parts: readonly ZipPart[],
  options: { readonly zip64?: boolean; readonly entries?: number } = {},
): Buffer {
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  const offsets: number[] = []
  let at = 0
  const add = (piece: Buffer) => {
    pieces.push(piece)
    at += piece.length
  }
  for (const part of parts) {
    const data = Buffer.from(part.data ?? 'a,b\n1,2\n')
    const method = part.method ?? 8
    const packed = part.packed ?? (method === 8 ? deflateRawSync(data) : data)
    const name = Buffer.from(part.name)
    const flags = (part.flags ?? utf8) | (part.descriptor ? 8 : 0)
    const crc = part.crc32 ?? crc32(data)
    const bytes = part.bytes ?? data.length
    const packedBytes = part.packedBytes ?? packed.length
    const extra = part.extra ?? Buffer.alloc(0)
    const offset = part.sharesWith === undefined ? at : (offsets[part.sharesWith] ?? 0)
    offsets.push(offset)
    if (part.sharesWith === undefined) {
      const local = part.localName === undefined ? name : Buffer.from(part.localName)
      const stated = part.descriptor ? u32(0, 0, 0) : u32(crc, packedBytes, bytes)
      add(
        Buffer.concat([
          u32(0x04034b50),
          u16(20, flags, method, 0, 0x5821),
          stated,
          u16(local.length, extra.length),
          local,
          extra,
          packed,
          part.descriptor ? u32(0x08074b50, crc, packedBytes, bytes) : Buffer.alloc(0),
        ]),
      )
    }
    const big = extraField(1, u64(bytes, packedBytes, offset))
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(unixMaker, part.zip64 ? 45 : 20, flags, method, 0, 0x5821),
        part.zip64 ? u32(crc, 0xffffffff, 0xffffffff) : u32(crc, packedBytes, bytes),
        u16(name.length, extra.length + (part.zip64 ? big.length : 0), 0, 0, 0),
        u32((part.unixMode ?? 0) << 16, part.zip64 ? 0xffffffff : offset),
        name,
        part.zip64 ? big : Buffer.alloc(0),
        extra,
      ]),
    )
  }
  const directoryAt = at
  for (const piece of directory) add(piece)
  const directoryBytes = at - directoryAt
  const count = options.entries ?? parts.length
  if (options.zip64) {
    const end64At = at
    add(
      Buffer.concat([
        u32(0x06064b50),
        u64(44),
        u16(45, 45),
        u32(0, 0),
        u64(count, count, directoryBytes, directoryAt),
      ]),
    )
    add(Buffer.concat([u32(0x07064b50, 0), u64(end64At), u32(1)]))
    add(Buffer.concat([u32(0x06054b50), u16(0, 0, 0xffff, 0xffff), u32(0xffffffff, 0xffffffff), u16(0)]))
  } else {
    add(Buffer.concat([u32(0x06054b50), u16(0, 0, count, count), u32(directoryBytes, directoryAt), u16(0)]))
  }
  return Buffer.concat(pieces)
}
