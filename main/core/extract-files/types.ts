/** What the first line of a Concur extract file promises: `EXTRACT|date|record count|total|batch id`. */
export type ExtractHeader = {
  readonly date: string
  readonly rows: number
  /** As the file wrote it. */
  readonly total: string
  readonly batch: string
}

/** The journal amounts of an accounting extract (column 169), added up exactly. */
export type JournalTotal = {
  readonly total: string
  /** Equal in value to the header's total. */
  readonly match: boolean
  /** Rows whose amount could not be read; they are not in the total. */
  readonly unread: number
  /** The total by currency (column 22). Absent where no row names one, and in older records. */
  readonly currencies?: readonly CurrencyTotal[]
}

/** What the rows of one currency add up to. `currency` as the file wrote it; empty where it names none. */
export type CurrencyTotal = { readonly currency: string; readonly total: string }

/** The columns of delimited text, by its first record. */
export type FileColumns = {
  readonly count: number
  /** As its first line has them; null where it has none, or too many to keep. */
  readonly names: readonly string[] | null
}

/** What a file holds, found while its bytes went by. */
export type FileContents = {
  /** Records below the header line; null where it is no text. */
  readonly rows: number | null
  /** Nothing in it but a header line, or nothing at all. */
  readonly empty: boolean
  /** A pipe-delimited text, whose name ends in `.txt` where the server gave none. */
  readonly pipes: boolean
  /** Null where the first line is not such a header. */
  readonly header: ExtractHeader | null
  /** Null where the file is not an accounting extract. */
  readonly journal: JournalTotal | null
  /** Null where it is no delimited text, or has no row; older records have none. */
  readonly columns?: FileColumns | null
}
