// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows and columns that are drawn only where they are seen
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its active cell
import { type KeyboardEvent, type ReactElement, type Ref, useEffect, useLayoutEffect } from 'react'
import type { Cells } from './cells.ts'
import { type Cursor, cellId, moved, within } from './cursor.ts'
import { GridHead } from './grid-head.tsx'
import { GridLine } from './grid-line.tsx'
import { endOf, lanesOf, lanesSeen, revealLane } from './lanes.ts'
import type { Shown } from './shown.ts'
import { pageOf, reveal, rowsSeen, type Strip, scrollHeight } from './strip.ts'
import { useMeasures } from './use-measures.ts'
import { useScrolling } from './use-scrolling.ts'

/** In rem: the header with its two lines, and the numbers of rows at the left. */
const headHeight = 2.75
const gutterWidth = 4.75
/** Columns are drawn a little before they are seen: scrolling sideways is the browser's, and ahead of us. */
const ahead = 400

type GridProps = {
  readonly ref: Ref<HTMLDivElement>
  readonly label: string
  readonly cells: Cells
  readonly rows: number
  readonly columns: readonly Shown[]
  readonly cursor: Cursor
  /** What is looked for, to be seen wherever it stands. */
  readonly hit: string
  readonly onCursor: (cursor: Cursor) => void
  readonly onResize: (column: number, rem: number) => void
  /** Keys that do not move. */
  readonly onKey: (event: KeyboardEvent) => void
  readonly onMenu: (cursor: Cursor) => void
  readonly onOpen: (cursor: Cursor) => void
}

/**
 * Rows and columns of which only those are drawn that can be seen. The grid itself has the focus and names its active
 * cell, which is always drawn: a cell that scrolls away is no longer there to be focused.
 */
export function InsideGrid(props: GridProps): ReactElement {
  const { ref, label, cells, rows, columns, hit, onCursor, onResize, onKey, onMenu, onOpen } = props
  const { measures, scroller, probe } = useMeasures()
  const { rem, rowHeight } = measures
  const head = headHeight * rem
  const gutter = gutterWidth * rem
  const strip: Strip = { rows, rowHeight, view: Math.max(0, measures.height - head) }
  const scrolling = useScrolling(scroller, strip)
  const { top, left, goTo, goLeft } = scrolling
  const lanes = lanesOf(columns.map(({ width }) => width * rem))
  const bounds = { rows, columns: columns.length, page: pageOf(strip) }
  const cursor = within(props.cursor, bounds)

  const seen = rowsSeen(strip, top)
  const across = lanesSeen(lanes, left - ahead, left + measures.width + ahead)
  const firstRow = seen?.first ?? 0
  const lastRow = seen?.last ?? 0
  useEffect(() => {
    cells.want({ firstRow, lastRow, firstColumn: across.first, lastColumn: across.last })
  }, [cells, firstRow, lastRow, across.first, across.last])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new cursor is brought into view; who scrolls away may
  useLayoutEffect(() => {
    // Before anything is measured there is nothing that a row could be brought into.
    if (strip.view < rowHeight) return
    goTo(reveal(strip, top, cursor.row))
    goLeft(revealLane(lanes, left, measures.width - gutter, cursor.column))
  }, [cursor.row, cursor.column, columns.length])

  const onKeyDown = (event: KeyboardEvent) => {
    const column = columns[cursor.column]
    const wider = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (event.shiftKey && !event.ctrlKey && wider !== undefined && column) {
      event.preventDefault()
      onResize(column.number, column.width + wider)
      return
    }
    const to = moved(cursor, event, bounds)
    if (!to) return onKey(event)
    event.preventDefault()
    onCursor(to)
  }

  const drawn = rangeOf(seen, cursor.row)
  const drawnColumns = rangeOf(across, cursor.column).filter(column => column > 0)
  const width = gutter + endOf(lanes)
  return (
    <div className="inside-scroll" ref={scroller} onScroll={scrolling.onScroll}>
      <div ref={probe} className="inside-probe" />
      <div
        ref={ref}
        role="grid"
        className="inside-grid"
        aria-label={label}
        aria-rowcount={rows + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={rows > 0 ? cellId(cursor) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        style={{ width: `${width}px`, height: `${head + scrollHeight(strip)}px` }}
      >
        <GridHead
          columns={columns}
          drawn={drawnColumns}
          lanes={lanes}
          gutter={gutter}
          active={cursor.column}
          rem={rem}
          onChoose={column => onCursor({ row: cursor.row, column })}
          onResize={onResize}
        />
        <div role="rowgroup" className="inside-rows" style={{ top: `${head}px`, height: `${strip.view}px` }}>
          {drawn.map(row => (
            <GridLine
              key={row}
              row={row}
              offset={row * rowHeight - top}
              number={cells.number(row)}
              cell={column => cells.cell(row, column)}
              columns={columns}
              drawn={drawnColumns}
              lanes={lanes}
              gutter={gutter}
              activeColumn={row === cursor.row ? cursor.column : null}
              hit={hit}
              onChoose={onCursor}
              onMenu={onMenu}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

/** What is seen, and the active one wherever it is. */
function rangeOf(seen: { readonly first: number; readonly last: number } | null, active: number): number[] {
  if (!seen) return []
  const range = Array.from({ length: seen.last - seen.first + 1 }, (_, at) => seen.first + at)
  if (active < seen.first) return [active, ...range]
  return active > seen.last ? [...range, active] : range
}
