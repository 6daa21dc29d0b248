/**
 * Look inside: a delivered file as a table. A file is named by its receipt and its place in it; main finds where it is.
 * Opening gives a view, and every further call names that view. Everything that may take long is a call that answers
 * when it is done, takes a `workId` which the window makes up, tells its progress by `onInside`, and ends with
 * `cancelled` once `cancel` names it.
 */

/** `entry`: a file within an archive, by the path that `open` listed; null: the delivered file itself. */
export type InsideTarget = {
  readonly receiptId: string
  readonly fileIndex: number
  readonly entry: string | null
}

export const insideEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type InsideEncoding = (typeof insideEncodings)[number]

export type InsideDialect = {
  /** Null: one column; every line is a row, and quotes mean nothing. */
  readonly delimiter: '|' | ',' | ';' | '\t' | null
  readonly encoding: InsideEncoding
  /** The file begins with a byte order mark. */
  readonly byteOrderMark: boolean
  readonly lineEnd: 'lf' | 'crlf' | 'cr'
}

export type InsideColumn = {
  /** From 1, as the file has them. */
  readonly number: number
  /** As Concur's layout or the file's first row names it; null: nobody does. */
  readonly name: string | null
  /** What the layout says it holds; null where nobody says. A hint for alignment, no promise. */
  readonly holds: 'text' | 'number' | 'money' | 'date' | null
  /** Bank or card data, by the layout, by its name, or by what its first values look like. */
  readonly sensitive: boolean
  /** Its values come as `•••• 4821`, and are not sent as they are, until `show` names it. */
  readonly masked: boolean
}

/** A row of the file. Cells stand in the order of the columns that were asked for; a missing cell is null. */
export type InsideRow = {
  /** Its number in the file, from 1; a header line, names of columns and blank lines are not counted. */
  readonly number: number
  readonly cells: readonly (string | null)[]
}

export type InsideView = {
  readonly viewId: string
  /** The name of the file as it is now, without its folder. */
  readonly name: string
  readonly bytes: number
  /** Where it was found: where it was put, elsewhere below its folder, or only within a kept archive. */
  readonly where: 'there' | 'moved' | 'archive'
  /** Its size is not the delivered one's, so it was changed since. Verify tells what a size does not show. */
  readonly changed: boolean
  readonly dialect: InsideDialect
  /** `concur`: an accounting extract by its first line and its width. `titles`: the first row names the columns. */
  readonly layout: 'concur' | 'titles' | 'none'
  /** What the first line of a Concur extract promises. */
  readonly header: InsideHeader | null
  readonly columns: readonly InsideColumn[]
  /** The first rows, with all columns: what can be shown before the index is there. */
  readonly firstRows: readonly InsideRow[]
  /** The file has no more rows than those. */
  readonly firstRowsAreAll: boolean
}

export type InsideHeader = {
  readonly date: string
  readonly rows: number
  readonly total: string
  readonly batch: string
}

/** A file of an archive that was delivered unpacked by nobody; one that cannot be read (encrypted) says so. */
export type InsideEntry = { readonly path: string; readonly bytes: number; readonly encrypted: boolean }

export type InsideOpened =
  | { readonly kind: 'table'; readonly view: InsideView }
  | { readonly kind: 'archive'; readonly name: string; readonly entries: readonly InsideEntry[] }

/** A column added up in exact decimals, over all rows or, where rows are filtered, over those. */
export type InsideTotals = {
  readonly column: number
  readonly rows: number
  /** Cells that are not empty. */
  readonly filled: number
  /** Of them, those that are plain decimals: `-1.50`, `+550.0000`; no thousands marks, no exponents. */
  readonly numbers: number
  /** All decimals that any of them has; null where there is no number, or the column is masked. */
  readonly sum: string | null
  /** The sum by `numbers`, rounded half away from zero to two decimals more than the sum has. */
  readonly average: string | null
}

/** Control totals: what the first line promises beside what the rows come to. */
export type InsideControl = {
  readonly headerRows: number
  readonly headerTotal: string
  readonly rows: number
  /** Null where the rows have no journal amount: one of the files beside an accounting extract. */
  readonly total: string | null
  /** Rows whose amount is no number; they are not in the total. */
  readonly unread: number
  readonly match: boolean
}

export type InsideIndex = {
  readonly rows: number
  readonly totals: readonly InsideTotals[]
  /** Null where the file has no such first line. */
  readonly control: InsideControl | null
  /** With those that only rows further down have, which nothing names. */
  readonly columns: readonly InsideColumn[]
}

/** Conditions on one cell each; upper and lower case are the same. A masked column is compared as it is shown. */
export type InsideCondition = {
  readonly column: number
  readonly is: 'equal' | 'containing' | 'empty' | 'filled'
  /** Of no meaning for `empty` and `filled`. */
  readonly text: string
}

/** Where rows are filtered, `position` counts the rows that are left; otherwise it is the number less one. */
export type InsideFound = { readonly position: number; readonly number: number; readonly column: number }

export type InsideFind = {
  /** Upper and lower case are the same. Masked columns are searched as they are shown. */
  readonly text: string
  /** Null: in all columns. */
  readonly column: number | null
  /** The position of the first row to look at. */
  readonly from: number
  readonly direction: 'down' | 'up'
}

export type InsideRange = {
  /** Position of the first row, from 0, among those that the filter leaves. */
  readonly from: number
  /** At most 500. */
  readonly count: number
  /** Numbers of columns, in the order in which they are wanted. */
  readonly columns: readonly number[]
}

/** How often a column has a value. */
export type InsideValue = { readonly text: string; readonly rows: number }
/** The values of a column, the most frequent first, and how many different ones there are. */
export type InsideValues = {
  readonly values: readonly InsideValue[]
  /** The different values; null where they are more than were told apart (10,000): then the counts are left out too. */
  readonly different: number | null
}

/** What was saved as a workbook, and everything in it that is not as in the file. */
export type InsideCopy = {
  readonly path: string
  readonly rows: number
  /** A sheet holds 1,048,576 rows; what is more went to further ones. */
  readonly sheets: number
  /** A sheet holds 16,384 columns; so many more were left out. */
  readonly columnsLeftOut: number
  /** A cell of a workbook holds 32,767 characters; so many cells were cut there. */
  readonly cellsCut: number
  /** Numbers of the columns whose values are masked in it, as they were in the view. */
  readonly masked: readonly number[]
}

export type InsideProgress = {
  readonly workId: string
  /** `unpack`: out of an archive. `look`: for a file that was moved. */
  readonly doing: 'unpack' | 'look' | 'index' | 'find' | 'filter' | 'add-up' | 'values' | 'copy'
  /** Bytes of the file. */
  readonly done: number
  readonly of: number
}

/** Cells longer than this come cut, with `…` at their end; `cell` gives the whole of one. */
export const longestShownCell = 1000
export const mostRowsAsked = 500

export type InsideCalls = {
  /**
   * Opens a delivered file: within 300 ms where it lies where it was put, however large it is. An archive answers with
   * its entries: open one of them. Errors: `delivered-file-missing`, `file-not-a-table`, `damaged-archive` and what
   * else an archive can be, `no-space` (facts: neededBytes, freeBytes), `cancelled`.
   */
  open(target: InsideTarget, workId: string): Promise<InsideOpened>
  /** Forgets a view, and ends what it is at. Every view is closed with the window. */
  close(viewId: string): Promise<void>
  /** Ends the work that was begun by that id, if it is still under way. */
  cancel(workId: string): Promise<void>
  /**
   * Finds where every row is, counts them, and adds up the journal amount of an accounting extract and those columns in
   * the same pass. Needed once; asked again it adds up what is asked. `rows` beyond the first ones, `find`, `filter`
   * and the rest wait for it, and begin it where nobody has. Error: `file-changed`.
   */
  index(viewId: string, columns: readonly number[], workId: string): Promise<InsideIndex>
  /** Rows by position; fewer only at the end. Errors: `file-changed`, `not-found`: the view is closed. */
  rows(viewId: string, range: InsideRange): Promise<readonly InsideRow[]>
  /** A whole cell, at most 100,000 characters; of a masked column as it is shown. Null: the row has none. */
  cell(viewId: string, row: number, column: number): Promise<string | null>
  /** The next row that has the text, from a position on, without going round; null: there is none. */
  find(viewId: string, wanted: InsideFind, workId: string): Promise<InsideFound | null>
  /** Leaves the rows that meet all conditions, in place of what was left before; none: all rows. How many are left. */
  filter(viewId: string, conditions: readonly InsideCondition[], workId: string): Promise<number>
  /** The values of a column among the rows that are left, to filter by: at most 200 of them, masked where it is. */
  values(viewId: string, column: number, workId: string): Promise<InsideValues>
  addUp(viewId: string, columns: readonly number[], workId: string): Promise<readonly InsideTotals[]>
  /**
   * On purpose: from now on these sensitive columns of this view come as they are, and all others masked. None: all
   * are masked again. Rows that came before have to be asked for again.
   */
  show(viewId: string, columns: readonly number[]): Promise<readonly InsideColumn[]>
  /**
   * Asks where to save, and saves those columns of the rows that are left as a workbook in which leading zeros, long ids
   * and what looks like a formula stay as they are. The delivered file is only read. Null where the user thought
   * better of it. Errors: `not-written`, `no-space`, `file-changed`.
   */
  saveCopy(viewId: string, columns: readonly number[], workId: string): Promise<InsideCopy | null>
  /** Shows the view's last saved copy in its folder. */
  showCopy(viewId: string): Promise<void>
}
