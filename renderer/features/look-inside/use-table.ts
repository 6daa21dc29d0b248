import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { InsideCondition } from '../../../preload/contract/inside.ts'
import { viewOf } from '../../desk-error.ts'
import { copyToClipboard } from '../../ui/copy.tsx'
import { useSettled } from '../../ui/use-settled.ts'
import type { Cells } from './cells.ts'
import type { Cursor } from './cursor.ts'
import { asClipboardRow } from './figures.ts'
import type { Inside } from './inside.ts'
import { fileKindOf, type Layout } from './layout.ts'
import { remember, remembered } from './remembered.ts'
import { type Shown, shownColumns } from './shown.ts'

export type Table = {
  readonly shown: readonly Shown[]
  readonly layout: Layout
  readonly onLayout: (layout: Layout) => void
  readonly cells: Cells
  readonly cursor: Cursor
  readonly onCursor: (cursor: Cursor) => void
  /** The column with the cursor. */
  readonly column: Shown
  /** Goes to a row and, where one is named by its number, to a column, which is shown if it was hidden. */
  readonly goTo: (row: number, column?: number) => void
  readonly filter: (conditions: readonly InsideCondition[]) => Promise<void>
  readonly addCondition: (condition: InsideCondition) => Promise<void>
  /** The number of the row whose cell was copied; null: it could not be. */
  readonly copyCell: () => Promise<number | null>
  readonly copyRow: () => Promise<number | null>
}

/** A column that one only passes by is not added up. */
const stayedMs = 250

/** What the screen of one file is at: how its columns are arranged, where the cursor is, and the cells around it. */
export function useTable(inside: Inside): Table {
  const { view, store } = inside
  const columns = useStore(store, state => state.columns)
  const round = useStore(store, state => state.round)
  const counted = useStore(store, state => state.index !== null)
  const fileKind = useMemo(() => fileKindOf(view), [view])
  const [layout, setLayout] = useState(() => remembered(fileKind, localStorage))
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 })
  const shown = useMemo(() => shownColumns(columns, view.firstRows, layout), [columns, view, layout])
  const numbers = shown.map(({ number }) => number).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round or other columns make all cells old; widths do not
  const cells = useMemo(() => inside.cellsOf(shown.map(({ number }) => number)), [inside, round, numbers])
  useSyncExternalStore(cells.subscribe, cells.read)
  const at = Math.min(cursor.column, shown.length - 1)
  const column = shown[at] ?? noColumn

  useEffect(() => {
    void inside.count()
  }, [inside])
  const stayed = useSettled(column.number, stayedMs)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round forgets what was added up
  useEffect(() => {
    if (counted && store.getState().totals[stayed] === undefined) void inside.addUp(stayed)
  }, [inside, store, counted, stayed, round])

  const onLayout = (next: Layout): void => {
    setLayout(next)
    remember(fileKind, next, localStorage)
  }
  const filter = async (conditions: readonly InsideCondition[]): Promise<void> => {
    await inside.filter(conditions)
    setCursor(before => ({ ...before, row: 0 }))
  }
  const copied = async (read: (row: number) => Promise<string>): Promise<number | null> => {
    const row = cells.number(cursor.row)
    if (row === undefined) return null
    try {
      await copyToClipboard(await read(row))
      return row
    } catch (error) {
      store.setState({ error: viewOf(error) })
      return null
    }
  }
  return {
    shown,
    layout,
    onLayout,
    cells,
    cursor: { row: cursor.row, column: at },
    onCursor: setCursor,
    column,
    goTo(row, number) {
      if (number === undefined) return setCursor({ row, column: at })
      const arranged = { ...layout, hidden: layout.hidden.filter(one => one !== number) }
      const there = shownColumns(columns, view.firstRows, arranged)
      if (arranged.hidden.length < layout.hidden.length) onLayout(arranged)
      setCursor({
        row,
        column: Math.max(
          0,
          there.findIndex(one => one.number === number),
        ),
      })
    },
    filter,
    addCondition: condition => filter([...store.getState().conditions, condition]),
    copyCell: () => copied(async row => (await inside.whole(row, column.number)) ?? ''),
    copyRow: () =>
      copied(async () =>
        asClipboardRow(
          await inside.rowOf(
            cursor.row,
            shown.map(({ number }) => number),
          ),
        ),
      ),
  }
}

/** A file without any column: nothing of it is ever drawn. */
const noColumn: Shown = {
  number: 1,
  name: null,
  holds: null,
  sensitive: false,
  masked: false,
  kind: 'text',
  width: 8,
  called: '',
}
