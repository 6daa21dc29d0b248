import { type CellsIn, cellsIn } from './cells-in.ts'

const [newline, carriageReturn, quote] = [0x0a, 0x0d, 0x22]

/** Where a reader of delimited text stands between two bytes. */
type Place = 'cell-start' | 'plain' | 'quoted' | 'quote-in-quoted'

export type Records = {
  /** Records so far, without blank lines. */
  readonly count: number
  /** The most cells that a record had so far; 0 unless it is `measured`. */
  readonly widest: number
  /** How many cells the first record has; null while there is none. */
  readonly columns: number | null
  push(bytes: Buffer): void
  end(): void
}

/** A column, from 0, whose cells are handed on, without quotes around them. */
export type KeptColumn = {
  readonly column: number
  /** At most so many bytes of a cell are handed on. */
  readonly longest: number
  /** The bytes are those of the cell only until it returns. */
  take(bytes: Uint8Array, start: number, end: number): void
  /** A record has no such column. */
  takeNone(): void
}

export type RecordsOptions = {
  /** Null: every line is a record, and quotes mean nothing. */
  readonly delimiter: number | null
  /** The byte that ends a line; before a line feed, a carriage return belongs to it. */
  readonly lineEnd?: typeof newline | typeof carriageReturn
  /**
   * A quoted cell ends at a line that begins with these bytes, its closing quote being lost: otherwise one stray quote
   * would swallow every row below it. Null: quotes must be closed.
   */
  readonly recordStart: Uint8Array | null
  /** In the order of their columns, no column twice. */
  readonly kept: readonly KeptColumn[]
  /** Called for each record once it has ended and its kept cells were handed on; offsets count from the first push. */
  readonly onRecord?: (start: number, end: number) => void
  /** Counts the cells of every record. */
  readonly measured?: boolean
}

/**
 * Splits delimited text into records without holding it: RFC 4180, with any delimiter, and lenient where real files
 * are dirty. It works on bytes, which every encoding that extracts come in (ASCII-compatible ones) allows.
 *
 * Whole lines without a quote are most of any file and are searched, which is ten times faster; the rest goes
 * byte by byte.
 */
export function createRecords({
  delimiter,
  lineEnd = newline,
  recordStart,
  kept,
  onRecord,
  measured = false,
}: RecordsOptions): Records {
  const keptCells = kept.map(({ longest }) => ({ bytes: Buffer.alloc(longest), length: 0 }))
  const keptAt = new Map(kept.map(({ column }, index) => [column, index]))
  let place: Place = 'cell-start'
  let count = 0
  let widest = 0
  let columns: number | null = null
  let column = 0
  let blank = true
  /** A carriage return that is content unless the line ends behind it. */
  let returned = false
  let probed = -1
  /** Bytes of the kept cell, also those beyond its longest. */
  let offered = 0
  let keeping = keptAt.get(0) ?? -1
  let cells: CellsIn | null = null
  /** Where the pushed bytes begin, and where the record does that is being read. */
  let base = 0
  let begin = 0

  /** `next`: where the following record begins; `end`: where this one ends, without its line's end. */
  function endRecord(end: number, next: number): void {
    if (!blank || column > 0) {
      count += 1
      columns ??= column + 1
      for (const [index, one] of kept.entries()) {
        const cell = keptCells[index]
        if (cell && column >= one.column) one.take(cell.bytes, 0, cell.length)
        else one.takeNone()
      }
      if (measured && column >= widest) widest = column + 1
      onRecord?.(begin, end)
    }
    begin = next
    place = 'cell-start'
    column = 0
    keeping = keptAt.get(0) ?? -1
    blank = true
    returned = false
    probed = -1
    offered = 0
    for (const cell of keptCells) cell.length = 0
  }

  function keep(byte: number): void {
    const cell = keeping < 0 ? undefined : keptCells[keeping]
    offered += 1
    if (cell && cell.length < cell.bytes.length) {
      cell.bytes[cell.length] = byte
      cell.length += 1
    }
  }

  /** Within quotes: whether a new record has begun, which shows that the closing quote is missing. */
  function lostQuoteAt(byte: number): boolean {
    if (recordStart === null) return false
    if (byte === lineEnd) probed = 0
    else if (probed >= 0) probed = byte === recordStart[probed] ? probed + 1 : -1
    return probed === recordStart.length
  }

  function plain(byte: number): void {
    place = 'plain'
    blank = false
    keep(byte)
  }

  function inCell(byte: number, at: number): void {
    if (byte === lineEnd) {
      endRecord(at - 1, at)
      return
    }
    if (returned) plain(carriageReturn)
    returned = byte === carriageReturn
    if (returned) return
    if (byte === delimiter) {
      column += 1
      keeping = keptAt.get(column) ?? -1
      offered = 0
      place = 'cell-start'
    } else if (byte === quote && place === 'cell-start' && delimiter !== null) {
      place = 'quoted'
      blank = false
      probed = -1
    } else if (byte === quote && place === 'quote-in-quoted') {
      place = 'quoted'
      keep(byte)
    } else plain(byte)
  }

  function inQuotes(byte: number, at: number): void {
    if (byte === quote) {
      place = 'quote-in-quoted'
      probed = -1
    } else if (recordStart && lostQuoteAt(byte)) {
      const next = at - recordStart.length
      const lost = keptCells[keeping]
      // The line's end and the first cell behind it were kept already.
      if (lost) lost.length = Math.min(lost.length, offered - recordStart.length)
      endRecord(next - 1, next)
      // Up to here the new record is its first cell and the delimiter behind it.
      column = 1
      keeping = keptAt.get(1) ?? -1
      blank = false
      const first = keptCells[keptAt.get(0) ?? -1]
      if (first) first.length = Buffer.from(recordStart).copy(first.bytes, 0, 0, recordStart.length - 1)
    } else keep(byte)
  }

  /** A record that is one whole line, without a quote. */
  function takeLine(bytes: Buffer, start: number, end: number): void {
    const text = bytes[end - 1] === carriageReturn && end > start ? end - 1 : end
    if (text > start) {
      count += 1
      columns ??= 1 + (cells?.count(start, text) ?? 0)
      const counted = handOn(bytes, start, text)
      if (measured) widest = Math.max(widest, counted.column + 1 + (cells?.count(counted.at, text) ?? 0))
      onRecord?.(base + start, base + end)
    }
    begin = base + end + 1
  }

  /** Hands the kept cells of a line on. The last of them that it has, and where that begins. */
  function handOn(
    bytes: Buffer,
    start: number,
    end: number,
  ): { readonly column: number; readonly at: number } {
    let last = { column: 0, at: start }
    let missing = false
    for (const one of kept) {
      const at: number = missing
        ? -1
        : (cells?.skip(last.at, end, one.column - last.column) ?? (one.column > 0 ? -1 : start))
      missing = at < 0
      if (missing) {
        one.takeNone()
        continue
      }
      last = { column: one.column, at }
      let cellEnd = at
      const longest = Math.min(end, at + one.longest)
      while (cellEnd < longest && bytes[cellEnd] !== delimiter) cellEnd += 1
      one.take(bytes, at, cellEnd)
    }
    return last
  }

  return {
    get count() {
      return count
    },
    get widest() {
      return widest
    },
    get columns() {
      return columns
    },
    push(bytes) {
      cells = delimiter === null ? null : cellsIn(bytes, delimiter)
      let nextQuote = delimiter === null ? -1 : bytes.indexOf(quote)
      for (let at = 0; at < bytes.length; ) {
        const fresh = blank && column === 0 && place === 'cell-start' && begin === base + at
        const end = fresh ? bytes.indexOf(lineEnd, at) : -1
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
          if (place === 'quoted') inQuotes(byte, base + at)
          else inCell(byte, base + at)
        } while (at < bytes.length && (bytes[at - 1] !== lineEnd || place === 'quoted'))
      }
      base += bytes.length
    },
    end: () => endRecord(base, base),
  }
}
