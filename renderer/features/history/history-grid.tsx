import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactElement, type Ref, useEffect, useLayoutEffect, useRef } from 'react'
import { localZone } from '../../format/time.ts'
import { lookInside, openRow, usePlace } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Grid, GridBody, type GridColumn, GridHead } from '../../ui/grid.tsx'
import { isLook } from '../look-inside/look-key.ts'
import { HistoryLine } from './history-line.tsx'
import { useKept } from './kept.ts'
import type { Pages, PagesState } from './pages.ts'
import { useRowHeight } from './use-row-height.ts'

type HistoryGridProps = {
  readonly pages: Pages
  readonly state: PagesState
  readonly total: number
  readonly ref: Ref<HTMLDivElement>
}

const rowId = (index: number): string => `history-row-${index}`

/**
 * 100,000 rows that feel like 100: only what can be seen is drawn. The grid itself has the focus and names its active
 * row, because a row that scrolls away is no longer there to be focused.
 */
export function HistoryGrid({ pages, state, total, ref }: HistoryGridProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  const active = useKept(kept => kept.active)
  const { height, probe } = useRowHeight()
  const panel = usePlace(place => place.panel)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialOffset: () => useKept.getState().top,
  })
  const lines = virtual.getVirtualItems()
  const first = lines[0]?.index ?? 0
  const last = lines.at(-1)?.index ?? 0
  useEffect(() => pages.want(first, last), [pages, first, last])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height makes every measure old
  useEffect(() => virtual.measure(), [height])

  const current = Math.min(active, total - 1)
  // At the very top somebody looks for what is new: there the rows may move down.
  useSameJob(state, current, lines => {
    if (scroller.current && scroller.current.scrollTop > 0) scroller.current.scrollTop += lines * height
  })
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to))
    at(next)
    virtual.scrollToIndex(next)
  }
  const open = (index: number) => {
    const row = state.row(index)
    at(index)
    if (row) openRow(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isLook(event)) {
      const receiptId = state.row(current)?.receiptId
      if (receiptId) {
        // The panel beside it hears the key too, and may show another receipt.
        event.stopPropagation()
        lookInside(receiptId)
      }
      return
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - 1)
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => move(current + 1),
      ArrowUp: () => move(current - 1),
      PageDown: () => move(current + page),
      PageUp: () => move(current - page),
      Home: () => move(0),
      End: () => move(total - 1),
      Enter: () => open(current),
    }
    const act = moves[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const onScroll = () => useKept.setState({ top: scroller.current?.scrollTop ?? 0 })

  return (
    <div className="grid-scroll" ref={scroller} onScroll={onScroll}>
      <div ref={probe} className="row-probe" />
      <Grid
        ref={ref}
        label={words.history.rowsOf}
        rows={total + 1}
        activeId={rowId(current)}
        onKeyDown={onKeyDown}
      >
        <GridHead columns={columns()} />
        <GridBody height={virtual.getTotalSize()}>
          {lines.map(line => (
            <HistoryLine
              key={line.key}
              id={rowId(line.index)}
              index={line.index}
              top={line.start}
              row={state.row(line.index)}
              active={line.index === current}
              panel={panel}
              onOpen={open}
            />
          ))}
        </GridBody>
      </Grid>
    </div>
  )
}

const at = (active: number): void => useKept.setState({ active })

/** How far jobs that were added since are looked for. */
const added = 50

/** Rows that come in at the top must not put the keys on another job: the active row moves down with its own. */
function useSameJob(state: PagesState, current: number, scroll: (lines: number) => void): void {
  const job = useRef<{ readonly id: string; readonly state: PagesState } | null>(null)
  useLayoutEffect(() => {
    const row = state.row(current)
    const before = job.current
    if (row !== null && before !== null && before.state !== state && before.id !== row.jobId) {
      const offsets = Array.from({ length: added }, (_, offset) => offset + 1)
      const moved = offsets.find(offset => state.row(current + offset)?.jobId === before.id)
      if (moved !== undefined) {
        job.current = { id: before.id, state }
        at(current + moved)
        scroll(moved)
        return
      }
    }
    if (row !== null) job.current = { id: row.jobId, state }
  })
}

function columns(): readonly GridColumn[] {
  const names = words.history.columns
  return [
    { name: names.state, className: 'grid-state' },
    { name: names.definition, className: 'grid-definition' },
    { name: names.connection, className: 'grid-connection' },
    { name: names.when(localZone()), className: 'grid-when' },
    { name: names.files, className: 'end grid-files' },
    { name: names.size, className: 'end grid-size' },
    { name: names.rows, className: 'end grid-rows' },
    { name: names.total, className: 'end grid-total' },
    { name: names.reviewed, className: 'grid-reviewed' },
  ]
}
