import type { InsideCondition } from '../../../preload/contract/inside.ts'
import type { WorkOptions } from '../deliveries/file-work.ts'
import type { ColumnSum } from '../extract-files/column-sum.ts'
import type { JournalTotal } from '../extract-files/types.ts'
import type { Beginning, Format } from './format.ts'

/** A file and what tells that it is still the same: nothing that was found in it holds for another one. */
export type ViewedFile = { readonly path: string; readonly stamp: string; readonly format: Format }

/** What the first megabyte tells. `kind`: an archive is to be listed, and what is `other` is no table. */
export type Opened = {
  readonly kind: 'table' | 'zip' | 'tar' | 'gzip' | 'other'
  readonly stamp: string
  readonly bytes: number
  /** Null unless it is a table. */
  readonly beginning: Beginning | null
  /** The first rows, at most 100, whole. */
  readonly rows: readonly (readonly string[])[]
  /** The file has no more rows than those. */
  readonly all: boolean
}

/** Each so many rows the index knows where they begin. */
export const rowsPerMark = 64

/** A part of a file that begins and ends where rows do. */
export type Span = {
  readonly from: number
  readonly to: number
  /** The number of its first row, from 0. */
  readonly row: number
  /** A bit for each of its rows, the lowest first, set where the row is left by the filter; null: all are. */
  readonly keep: Uint8Array | null
}

export type Indexed = {
  readonly rows: number
  /** Where the rows 0, 64, 128, … begin. */
  readonly marks: Float64Array
  /** The most cells that a row has. */
  readonly widest: number
  readonly sums: readonly ColumnSum[]
  readonly journal: JournalTotal | null
}

/** Columns are counted from 0 here; `masked` are those whose values are compared and handed out as they are shown. */
type OfColumns = { readonly masked: readonly number[] }

export type WantedRows = OfColumns & {
  readonly columns: readonly number[]
  /** Longer cells are cut there. */
  readonly longest: number
  readonly pieces: readonly { readonly span: Span; readonly rows: readonly number[] }[]
}
export type WantedText = OfColumns & {
  readonly text: string
  readonly column: number | null
  /** The first row to look at, or going up the last one. */
  readonly from: number
  readonly direction: 'down' | 'up'
}
export type WantedFilter = OfColumns & { readonly conditions: readonly InsideCondition[] }

export type WantedCopy = OfColumns & {
  readonly columns: readonly { readonly column: number; readonly name: string; readonly money: boolean }[]
  readonly spans: readonly Span[]
  /** Written beside it, and put there when it is whole; what is there is replaced. */
  readonly to: string
  readonly sheetRows: number
}
export type Copied = { readonly rows: number; readonly sheets: number; readonly cellsCut: number }

/** What is asked of a worker thread, as data. */
export type InsideAsk =
  | { readonly what: 'open'; readonly path: string }
  | {
      readonly what: 'index'
      readonly file: ViewedFile
      readonly header: Beginning['header']
      readonly columns: readonly number[]
    }
  | { readonly what: 'rows'; readonly file: ViewedFile; readonly wanted: WantedRows }
  | { readonly what: 'find'; readonly file: ViewedFile; readonly span: Span; readonly wanted: WantedText }
  | { readonly what: 'filter'; readonly file: ViewedFile; readonly span: Span; readonly wanted: WantedFilter }
  | {
      readonly what: 'values'
      readonly file: ViewedFile
      readonly span: Span
      readonly column: number
      readonly masked: boolean
      readonly most: number
    }
  | {
      readonly what: 'add-up'
      readonly file: ViewedFile
      readonly span: Span
      readonly columns: readonly number[]
    }
  | { readonly what: 'copy'; readonly file: ViewedFile; readonly wanted: WantedCopy }
  | { readonly what: 'gunzip'; readonly path: string; readonly to: string; readonly most: number }

export type InsideAnswers = {
  open: Opened
  index: Indexed
  rows: readonly (readonly (string | null)[])[]
  find: { readonly row: number; readonly column: number } | null
  /** A bit for each row of the span. */
  filter: Uint8Array
  /** Null: more different ones than `most`. */
  values: readonly (readonly [string, number])[] | null
  'add-up': { readonly rows: number; readonly sums: readonly ColumnSum[] }
  copy: Copied
  gunzip: { readonly bytes: number; readonly sha256: string }
}
export type InsideAnswer = InsideAnswers[keyof InsideAnswers]

/**
 * Reading a file of any size, in worker threads (main/worker/inside): each ask is answered from the file itself, and
 * throws `file-changed` where that is not the one it was any more. Nothing is written but a copy.
 */
export interface InsideWork {
  inside<W extends InsideAsk['what']>(
    ask: InsideAsk & { readonly what: W },
    options: WorkOptions,
  ): Promise<InsideAnswers[W]>
}
