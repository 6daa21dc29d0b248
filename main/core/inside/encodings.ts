import type { InsideEncoding } from '../../../preload/contract/inside.ts'

/** Bytes of the smallest part of a text in this encoding. */
export const unitBytes = (encoding: InsideEncoding): 1 | 2 => (encoding.startsWith('utf-16') ? 2 : 1)

/** Stands for any character that is no ASCII, and is none that a table is made of. */
const other = 0xff

/**
 * A text of UTF-16 as one byte a unit: what makes rows, cells and amounts is ASCII, so they are found in it at half their
 * offsets. Text of one byte a unit is handed back as it is.
 */
export function narrowed(bytes: Uint8Array, encoding: InsideEncoding): Buffer {
  if (unitBytes(encoding) === 1) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0]
  const units = Buffer.allocUnsafe(bytes.length >> 1)
  for (let at = 0; at < units.length; at += 1) {
    const [small = 0, large = 0] = [bytes[2 * at + low], bytes[2 * at + high]]
    units[at] = large === 0 && small < 0x80 ? small : other
  }
  return units
}

const windows1252 = new TextDecoder('windows-1252')

/** The text between two bytes. What is none in this encoding comes as U+FFFD, as everywhere. */
export function decode(bytes: Uint8Array, start: number, end: number, encoding: InsideEncoding): string {
  const piece = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
  switch (encoding) {
    case 'utf-8':
      return piece.toString('utf8')
    case 'windows-1252':
      return windows1252.decode(piece)
    case 'utf-16le':
      return piece.toString('utf16le')
    case 'utf-16be':
      return Buffer.from(piece.subarray(0, piece.length & ~1))
        .swap16()
        .toString('utf16le')
  }
}

/** Whole records as bytes that the parser can read, and the encoding that these are in. */
export function readable(
  bytes: Buffer,
  encoding: InsideEncoding,
): { readonly bytes: Buffer; readonly encoding: 'utf-8' | 'windows-1252' } {
  if (encoding === 'utf-8' || encoding === 'windows-1252') return { bytes, encoding }
  return { bytes: Buffer.from(decode(bytes, 0, bytes.length, encoding), 'utf8'), encoding: 'utf-8' }
}
