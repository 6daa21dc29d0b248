import type { InsideDialect, InsideEncoding, InsideHeader } from '../../../preload/contract/inside.ts'
import {
  delimiterOf,
  detailRow,
  extractHeaderOf,
  firstLineOf,
  lineCells,
  looksLikeTitles,
} from '../extract-files/first-line.ts'
import { createRecords } from '../extract-files/records.ts'
import { decode, narrowed, unitBytes } from './encodings.ts'

/** How a file is read. Every scan of it is given the same one, so that all of them find the same rows. */
export type Format = {
  readonly dialect: InsideDialect
  /** The byte in the file at which its rows begin: behind a header line, or the names of columns. */
  readonly dataAt: number
  /** Its rows begin as Concur's do, which shows where a closing quote is missing. */
  readonly detailRows: boolean
}

/** What the beginning of a file tells. */
export type Beginning = {
  readonly format: Format
  readonly header: InsideHeader | null
  /** The names of columns, where the first row is that. */
  readonly titles: readonly string[] | null
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d]

/** The characters that begin what is no table: XML and HTML, a JSON object, a JSON list of objects or lists. */
const otherKinds = /^\s*(?:<[?!a-z]|\{\s*["}]|\[\s*[[{])/i

/**
 * How a file is to be read, by its first bytes and some of its others. Null where it is no table: what is binary, a PDF,
 * JSON, XML. Throws nothing: what is doubtful is text of one column.
 */
export function beginningOf(head: Uint8Array, samples: readonly Uint8Array[]): Beginning | null {
  const { encoding, mark } = encodingOf(head, samples)
  const unit = unitBytes(encoding)
  const bytes = narrowed(head.subarray(mark), encoding)
  if (bytes.includes(0) || Buffer.from(head.subarray(0, 5)).equals(Buffer.from('%PDF-'))) return null
  if (otherKinds.test(bytes.toString('latin1', 0, 200))) return null

  const lineEnd = lineEndOf(bytes)
  const lines = lineEnd === 'cr' ? bytes.map(byte => (byte === carriageReturn ? lineFeed : byte)) : bytes
  const line = firstLineOf(lines, 0)
  const header = extractHeaderOf(line)
  const second = header ? firstLineOf(lines, line.length + 1) : line
  const code = header ? '|'.charCodeAt(0) : delimiterOf(line)
  const delimiter = delimiters.find(one => one.charCodeAt(0) === code) ?? null
  const detailRows = header !== null && detailRow.equals(second.subarray(0, detailRow.length))
  const first = header ? line.length : 0
  const end = header ? null : endOfRecord(bytes, code, lineEnd)
  const titles = end === null ? null : lineCells(bytes.subarray(0, end), code)
  const named = titles !== null && looksLikeTitles(titles)
  return {
    format: {
      dialect: { delimiter, encoding, byteOrderMark: mark > 0, lineEnd },
      dataAt: mark + unit * (named && end !== null ? end : first),
      detailRows,
    },
    header,
    titles:
      named && end !== null && delimiter !== null
        ? lineTitles(decode(head, mark, mark + unit * end, encoding), delimiter, titles.length)
        : null,
  }
}

const delimiters = ['|', '\t', ';', ','] as const

/** The names in their own encoding; lineCells has read them byte by byte. */
function lineTitles(text: string, delimiter: string, columns: number): readonly string[] {
  const cells = lineCells(Buffer.from(text, 'utf8'), delimiter.charCodeAt(0))
  return cells.slice(0, columns).map(cell => Buffer.from(cell, 'latin1').toString('utf8').trim())
}

/** Where the first record ends, without its line's end; null where the head has no whole one. */
function endOfRecord(
  bytes: Buffer,
  delimiter: number | null,
  lineEnd: InsideDialect['lineEnd'],
): number | null {
  let found: number | null = null
  const records = createRecords({
    delimiter,
    lineEnd: lineEndByte(lineEnd),
    recordStart: null,
    kept: [],
    onRecord: (_start, end) => {
      found ??= end
    },
  })
  records.push(bytes.subarray(0, longestTitles))
  if (bytes.length <= longestTitles) records.end()
  return found
}

const longestTitles = 64 * 1024

export const lineEndByte = (lineEnd: InsideDialect['lineEnd']) =>
  lineEnd === 'cr' ? carriageReturn : lineFeed

function lineEndOf(bytes: Buffer): InsideDialect['lineEnd'] {
  const feed = bytes.indexOf(lineFeed)
  if (feed > 0 && bytes[feed - 1] === carriageReturn) return 'crlf'
  return feed < 0 && bytes.includes(carriageReturn) ? 'cr' : 'lf'
}

/**
 * By its byte order mark; else by where its zero bytes stand, as Western text in UTF-16 has one in every character; else
 * UTF-8 where all that was looked at is that, and Windows-1252 where not: nothing else that extracts come in is left.
 */
function encodingOf(
  head: Uint8Array,
  samples: readonly Uint8Array[],
): { readonly encoding: InsideEncoding; readonly mark: number } {
  const begins = (...mark: readonly number[]) => mark.every((byte, index) => head[index] === byte)
  if (begins(0xef, 0xbb, 0xbf)) return { encoding: 'utf-8', mark: 3 }
  if (begins(0xff, 0xfe)) return { encoding: 'utf-16le', mark: 2 }
  if (begins(0xfe, 0xff)) return { encoding: 'utf-16be', mark: 2 }
  const zeros = [0, 1].map(
    parity => head.subarray(0, 4096).filter((byte, at) => byte === 0 && at % 2 === parity).length,
  )
  const [even = 0, odd = 0] = zeros
  const many = Math.min(head.length, 4096) / 4
  if (odd > many && even === 0) return { encoding: 'utf-16le', mark: 0 }
  if (even > many && odd === 0) return { encoding: 'utf-16be', mark: 0 }
  return { encoding: [head, ...samples].every(isUtf8) ? 'utf-8' : 'windows-1252', mark: 0 }
}

/** Whether a piece is UTF-8, but for a character that it may cut at either of its ends. */
function isUtf8(piece: Uint8Array): boolean {
  let [start, end] = [0, piece.length]
  while (start < Math.min(3, end) && ((piece[start] ?? 0) & 0xc0) === 0x80) start += 1
  for (let back = 1; back <= Math.min(3, end - start); back += 1) {
    const byte = piece[end - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    if (length > back) end -= back
    break
  }
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(piece.subarray(start, end))
    return true
  } catch {
    return false
  }
}
