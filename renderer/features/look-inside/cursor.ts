/** The cell that the keys act on: a row by its position among those left, a column by its place among those shown. */
export type Cursor = { readonly row: number; readonly column: number }

export type Bounds = {
  readonly rows: number
  readonly columns: number
  /** Rows of a page. */
  readonly page: number
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Where a key leads, as in every grid (ARIA Authoring Practices); null: it leads nowhere. */
export function moved(cursor: Cursor, pressed: Pressed, bounds: Bounds): Cursor | null {
  if (pressed.altKey || pressed.shiftKey) return null
  const { row, column } = cursor
  const lastRow = bounds.rows - 1
  const lastColumn = bounds.columns - 1
  const far = pressed.ctrlKey || pressed.metaKey
  const steps: Readonly<Record<string, Cursor>> = {
    ArrowDown: { row: far ? lastRow : row + 1, column },
    ArrowUp: { row: far ? 0 : row - 1, column },
    ArrowRight: { row, column: far ? lastColumn : column + 1 },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    PageDown: { row: row + bounds.page, column },
    PageUp: { row: row - bounds.page, column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? lastRow : row, column: lastColumn },
  }
  const to = steps[pressed.key]
  return to ? within(to, bounds) : null
}

/** The nearest cell that there is. */
export const within = ({ row, column }: Cursor, { rows, columns }: Bounds): Cursor => ({
  row: Math.max(0, Math.min(rows - 1, row)),
  column: Math.max(0, Math.min(columns - 1, column)),
})

/** The id of a cell's element, by which the grid names its active one. */
export const cellId = ({ row, column }: Cursor): string => `inside-${row}-${column}`
