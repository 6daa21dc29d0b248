import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { InsideRange, InsideRow } from '../../../preload/contract/inside.ts'
import { viewOf } from '../../desk-error.ts'

/** Cells are fetched by blocks of so many rows and so many columns. */
export const blockRows = 100
export const blockColumns = 32
/** So many blocks are kept: a few windows' worth of cells, however long the file is. */
const kept = 48
/** So many are asked for at once: what is asked for first is answered first, and by then something else may be seen. */
const atOnce = 2

/** What is looked at, both ends included: rows by position, columns by their place among those shown; and the first. */
export type Window = {
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

export type Cells = {
  /** A new object whenever cells have come. */
  readonly read: () => { readonly error: ErrorView | null }
  readonly subscribe: (listener: () => void) => () => void
  /** Asks for what is missing of a window, and no longer for what was only wanted before. */
  readonly want: (window: Window) => void
  /** Null: the row has no such cell; undefined: it is on the way. */
  readonly cell: (row: number, column: number) => string | null | undefined
  /** The number of a row in the file; undefined: it is on the way. */
  readonly number: (row: number) => number | undefined
}

export type CellsOf = {
  readonly ask: (range: InsideRange) => Promise<readonly InsideRow[]>
  /** Numbers of the columns shown, in their order. */
  readonly columns: readonly number[]
  /** Rows that are here already, with all columns; none where they are filtered. */
  readonly first: readonly InsideRow[]
}

/** The cells of a file as they are looked at: a gigabyte is never all here. */
export function createCells({ ask, columns, first }: CellsOf): Cells {
  const blocks = new Map<string, readonly InsideRow[]>()
  const asked = new Set<string>()
  const listeners = new Set<() => void>()
  let state: { readonly error: ErrorView | null } = { error: null }
  let wanted: Window | null = null

  const keyOf = (row: number, column: number): string =>
    `${Math.floor(row / blockRows)} ${Math.floor(column / blockColumns)}`
  const show = (error: ErrorView | null): void => {
    state = { error }
    for (const listener of listeners) listener()
  }
  const keep = (key: string, rows: readonly InsideRow[]): void => {
    blocks.set(key, rows)
    const [oldest] = blocks.keys()
    if (blocks.size > kept && oldest !== undefined) blocks.delete(oldest)
  }

  const missing = (): { readonly row: number; readonly column: number } | null => {
    if (!wanted) return null
    for (let row = start(wanted.firstRow, blockRows); row <= wanted.lastRow; row += blockRows) {
      for (const column of columnBlocks(wanted)) {
        const key = keyOf(row, column)
        const here = blocks.get(key)
        if (here) {
          // What is looked at is the newest: the oldest is what goes first.
          blocks.delete(key)
          blocks.set(key, here)
        } else if (!asked.has(key) && !isFirst(row)) return { row, column }
      }
    }
    return null
  }
  const isFirst = (row: number): boolean =>
    wanted !== null && first.length > Math.min(row + blockRows - 1, wanted.lastRow)

  const pump = (): void => {
    for (let next = missing(); next !== null && asked.size < atOnce; next = missing()) {
      const { row, column } = next
      const key = keyOf(row, column)
      asked.add(key)
      ask({ from: row, count: blockRows, columns: columns.slice(column, column + blockColumns) }).then(
        rows => {
          asked.delete(key)
          keep(key, rows)
          show(null)
          pump()
        },
        error => {
          asked.delete(key)
          wanted = null
          show(viewOf(error))
        },
      )
    }
  }

  const rowAt = (row: number, column: number): InsideRow | undefined =>
    blocks.get(keyOf(row, column))?.[row % blockRows]

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    want(window) {
      wanted = window
      pump()
    },
    cell(row, column) {
      const here = rowAt(row, column)
      if (here) return here.cells[column % blockColumns] ?? null
      const early = first[row]
      return early ? (early.cells[(columns[column] ?? 0) - 1] ?? null) : undefined
    },
    number(row) {
      return (rowAt(row, 0) ?? first[row])?.number
    },
  }
}

/** The first column is frozen: it is always seen. */
function columnBlocks({ firstColumn, lastColumn }: Window): readonly number[] {
  const blocks = [0]
  for (let at = start(firstColumn, blockColumns); at <= lastColumn; at += blockColumns) {
    if (at > 0) blocks.push(at)
  }
  return blocks
}

const start = (at: number, block: number): number => Math.floor(at / block) * block
