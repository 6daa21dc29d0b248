import { type SkipCells, skipCellsIn } from './skip-cells.ts'

const [newline, carriageReturn, quote] = [0x0a, 0x0d, 0x22]

/** Where a reader of delimited text stands between two bytes. */
type Place = 'cell-start' | 'plain' | 'quoted' | 'quote-in-quoted'

/** A journal amount has at most 23 characters; room for what is wrong, so that it is seen as wrong. */
const longestKept = 64

export type Records = {
  /** Records so far, without blank lines. */
  readonly count: number
  push(bytes: Buffer): void
  end(): void
}

export type RecordsOptions = {
  /** Null: every line is a record, and quotes mean nothing. */
  readonly delimiter: number | null
  /**
   * A quoted cell ends at a line that begins with these bytes, its closing quote being lost: otherwise one stray quote
   * would swallow every row below it. Null: quotes must be closed.
   */
  readonly recordStart: Uint8Array | null
  /** A column, from 0, whose cells are handed on, at most their first 64 bytes. */
  readonly kept: {
    readonly column: number
    /** The bytes are those of the cell only until it returns. */
    take(bytes: Uint8Array, start: number, end: number): void
    /** A record has no such column. */
    takeNone(): void
  } | null
}

/**
 * Splits delimited text into records without holding it: RFC 4180, with any delimiter, and lenient where real files
 * are dirty. It works on bytes, which every encoding that extracts come in (ASCII-compatible ones) allows.
 *
 * Whole lines without a quote are most of any file and are searched, which is ten times faster; the rest goes
 * byte by byte.
 */
export function createRecords({ delimiter, recordStart, kept }: RecordsOptions): Records {
  const keptColumn = kept?.column ?? -1
  const cell = Buffer.alloc(longestKept)
  let place: Place = 'cell-start'
  let count = 0
  let column = 0
  let blank = true
  let probed = -1
  let cellLength = 0
  let skipCells: SkipCells | null = null

  function endRecord(): void {
    if (!blank || column > 0) {
      count += 1
      if (column >= keptColumn) kept?.take(cell, 0, cellLength)
      else kept?.takeNone()
    }
    place = 'cell-start'
    column = 0
    blank = true
    probed = -1
    cellLength = 0
  }

  function keep(byte: number): void {
    if (cellLength < longestKept) {
      cell[cellLength] = byte
      cellLength += 1
    }
  }

  /** Within quotes: whether a new record has begun, which shows that the closing quote is missing. */
  function lostQuoteAt(byte: number): boolean {
    if (recordStart === null) return false
    if (byte === newline) probed = 0
    else if (probed >= 0) probed = byte === recordStart[probed] ? probed + 1 : -1
    return probed === recordStart.length
  }

  function inCell(byte: number): void {
    if (byte === newline) endRecord()
    else if (byte === delimiter) {
      column += 1
      place = 'cell-start'
    } else if (byte === quote && place === 'cell-start' && delimiter !== null) {
      place = 'quoted'
      blank = false
      probed = -1
    } else if (byte !== carriageReturn) {
      place = byte === quote && place === 'quote-in-quoted' ? 'quoted' : 'plain'
      blank = false
      if (column === keptColumn) keep(byte)
    }
  }

  function inQuotes(byte: number): void {
    if (byte === quote) place = 'quote-in-quoted'
    else if (lostQuoteAt(byte)) {
      endRecord()
      column = 1
      blank = false
    } else if (column === keptColumn) keep(byte)
  }

  /** A record that is one whole line, without a quote. */
  function takeLine(bytes: Buffer, start: number, end: number): void {
    if (end === start || (end === start + 1 && bytes[start] === carriageReturn)) return
    count += 1
    if (kept) handOn(bytes, start, bytes[end - 1] === carriageReturn ? end - 1 : end)
  }

  function handOn(bytes: Buffer, start: number, end: number): void {
    const at = skipCells?.(start, end, keptColumn) ?? -1
    if (at < 0) {
      kept?.takeNone()
      return
    }
    let cellEnd = at
    const longest = Math.min(end, at + longestKept)
    while (cellEnd < longest && bytes[cellEnd] !== delimiter) cellEnd += 1
    kept?.take(bytes, at, cellEnd)
  }

  return {
    get count() {
      return count
    },
    push(bytes) {
      skipCells = kept === null || delimiter === null ? null : skipCellsIn(bytes, delimiter)
      let nextQuote = delimiter === null ? -1 : bytes.indexOf(quote)
      for (let at = 0; at < bytes.length; ) {
        const fresh = blank && column === 0 && place === 'cell-start'
        const end = fresh ? bytes.indexOf(newline, at) : -1
        if (nextQuote >= 0 && nextQuote < at) nextQuote = bytes.indexOf(quote, at)
        if (end >= 0 && (nextQuote < 0 || nextQuote > end)) {
          takeLine(bytes, at, end)
          at = end + 1
          continue
        }
        // Up to where a record ends; then lines are looked for again.
        do {
          const byte = bytes[at] ?? 0
          at += 1
          if (place === 'quoted') inQuotes(byte)
          else inCell(byte)
        } while (at < bytes.length && (bytes[at - 1] !== newline || place === 'quoted'))
      }
    },
    end: endRecord,
  }
}
