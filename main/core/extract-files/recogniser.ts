import {
  columnTitles,
  delimiterOf,
  detailRow,
  extractHeaderOf,
  firstLineOf,
  lineCells,
} from './first-line.ts'
import { createJournal, type Journal } from './journal.ts'
import { createRecords, type Records } from './records.ts'
import type { ExtractHeader, FileContents } from './types.ts'

/** The first line must end within this; a longer one is no header that we know. */
const headBytes = 65_536

const pipe = '|'.charCodeAt(0)
/** ISO 32000-1, 7.5.2: the first bytes of every PDF. */
const pdf = Buffer.from('%PDF-')

export type Recogniser = {
  /** The file's bytes in order. They are not kept: the buffer may be used again. */
  push(bytes: Buffer): void
  end(): FileContents
}

/**
 * Finds what a file holds while its bytes go by: rows of any text, and for a Concur extract what its header line
 * promises. Memory does not grow with the file.
 */
export function createRecogniser(): Recogniser {
  let head: Buffer[] = []
  let headLength = 0
  let started: Started | null = null

  function start(): Started {
    const bytes = Buffer.concat(head)
    head = []
    const made = startOf(bytes)
    made.records?.push(bytes.subarray(made.skip))
    return made
  }

  return {
    push(bytes) {
      if (started) started.records?.push(bytes)
      else {
        head.push(Buffer.from(bytes))
        headLength += bytes.length
        if (bytes.includes(0x0a) || headLength >= headBytes) started = start()
      }
    },
    end() {
      const { records, header, titles, journal, delimiter } = started ?? start()
      if (records === null) {
        return { rows: null, empty: false, pipes: false, header: null, journal: null, columns: null }
      }
      records.end()
      const rows = titles === null ? records.count : records.count - 1
      const count = delimiter === null ? null : records.columns
      return {
        rows,
        empty: rows === 0,
        pipes: delimiter === pipe,
        header,
        journal: header ? (journal?.result(header) ?? null) : null,
        columns: count === null ? null : { count, names: titles },
      }
    },
  }
}

type Started = {
  /** Null: no text, or none whose lines we can count. */
  readonly records: Records | null
  readonly delimiter: number | null
  readonly header: ExtractHeader | null
  /** The names of columns, where the first record is those. */
  readonly titles: readonly string[] | null
  readonly journal: Journal | null
  /** Bytes at the beginning that are no record: a byte order mark, a header line. */
  readonly skip: number
}

function startOf(bytes: Buffer): Started {
  const mark = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0
  const line = firstLineOf(bytes, mark)
  // A NUL is in every UTF-16 text and in nearly every binary file, and in no text of another encoding. A PDF may begin
  // with none, and its lines are no rows.
  if (bytes.includes(0) || bytes.subarray(0, pdf.length).equals(pdf)) {
    return { records: null, delimiter: null, header: null, titles: null, journal: null, skip: 0 }
  }
  const header = extractHeaderOf(line)
  const delimiter = header ? pipe : delimiterOf(line)
  const journal = header ? createJournal() : null
  const records = createRecords({
    delimiter,
    recordStart: header ? detailRow : null,
    kept: journal?.kept ?? [],
  })
  const titles = header === null ? columnTitles(lineCells(line, delimiter)) : null
  return { records, delimiter, header, titles, journal, skip: header ? mark + line.length : mark }
}
