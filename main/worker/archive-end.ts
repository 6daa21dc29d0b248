import type { FileReader } from '../core/deliveries/files.ts'
import { AppError } from '../core/errors.ts'

export type ArchiveEnd = {
  readonly entries: number
  readonly directoryAt: number
  readonly directoryBytes: number
}

const [endSize, locatorSize, end64Size, longestComment] = [22, 20, 56, 0xffff]
const [endMark, locatorMark, end64Mark] = [0x06054b50, 0x07064b50, 0x06064b50]

export const damaged = (reason: string, file?: string): AppError =>
  new AppError('damaged-archive', { facts: { reason, ...(file === undefined ? {} : { file }) } })

/**
 * Reads an archive's end record and holds its figures against each other. yauzl believes the count of entries alone:
 * one flipped bit in it would leave files out in silence.
 */
export async function readArchiveEnd(reader: FileReader): Promise<ArchiveEnd> {
  const tail = Buffer.alloc(Math.min(reader.bytes, locatorSize + endSize + longestComment))
  const tailAt = reader.bytes - tail.length
  await reader.read(tail, tailAt)
  const at = endIn(tail)
  if (at < 0) throw damaged('no end of the archive: it was cut, or is none')
  const end = tail.subarray(at)
  const has64 = at >= locatorSize && tail.readUInt32LE(at - locatorSize) === locatorMark
  const found = has64
    ? await readEnd64(reader, tail.subarray(at - locatorSize))
    : {
        disks: end.readUInt16LE(4) + end.readUInt16LE(6),
        entriesHere: end.readUInt16LE(8),
        entries: end.readUInt16LE(10),
        directoryBytes: end.readUInt32LE(12),
        directoryAt: end.readUInt32LE(16),
        endAt: tailAt + at,
      }
  if (found.disks !== 0 || found.entriesHere !== found.entries) throw damaged('the count of files differs')
  if (found.directoryAt + found.directoryBytes !== found.endAt)
    throw damaged('the directory is not where it should be')
  const { entries, directoryAt, directoryBytes } = found
  return { entries, directoryAt, directoryBytes }
}

/** The end record is the last thing in the file, its comment included. */
function endIn(tail: Buffer): number {
  for (let at = tail.length - endSize; at >= 0; at -= 1) {
    if (tail.readUInt32LE(at) === endMark && at + endSize + tail.readUInt16LE(at + 20) === tail.length)
      return at
  }
  return -1
}

async function readEnd64(reader: FileReader, locator: Buffer) {
  const endAt = Number(locator.readBigUInt64LE(8))
  const end = Buffer.alloc(end64Size)
  const whole = endAt + end64Size <= reader.bytes && (await reader.read(end, endAt)) === end64Size
  if (!whole || end.readUInt32LE(0) !== end64Mark) throw damaged('the end of the archive cannot be read')
  return {
    disks: end.readUInt32LE(16) + end.readUInt32LE(20),
    entriesHere: Number(end.readBigUInt64LE(24)),
    entries: Number(end.readBigUInt64LE(32)),
    directoryBytes: Number(end.readBigUInt64LE(40)),
    directoryAt: Number(end.readBigUInt64LE(48)),
    endAt,
  }
}
