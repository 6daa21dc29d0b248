import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactElement, type Ref, useEffect, useRef, useState } from 'react'
import { localZone } from '../../format/time.ts'
import { openRow, usePlace } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Grid, GridBody, type GridColumn, GridHead } from '../../ui/grid.tsx'
import { HistoryLine } from './history-line.tsx'
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
  const [active, setActive] = useState(0)
  const { height, probe } = useRowHeight()
  const panel = usePlace(place => place.panel)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  })
  const lines = virtual.getVirtualItems()
  const first = lines[0]?.index ?? 0
  const last = lines.at(-1)?.index ?? 0
  useEffect(() => pages.want(first, last), [pages, first, last])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height makes every measure old
  useEffect(() => virtual.measure(), [height])

  const current = Math.min(active, total - 1)
  const move = (to: number) => {
    const next = Math.max(0, Math.min(total - 1, to))
    setActive(next)
    virtual.scrollToIndex(next)
  }
  const open = (index: number) => {
    const row = state.row(index)
    setActive(index)
    if (row) openRow(row)
  }
  const onKeyDown = (event: KeyboardEvent) => {
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

  return (
    <div className="grid-scroll" ref={scroller}>
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

function columns(): readonly GridColumn[] {
  const names = words.history.columns
  return [
    { name: names.state, className: '' },
    { name: names.definition, className: '' },
    { name: names.connection, className: 'grid-connection' },
    { name: names.when(localZone()), className: '' },
    { name: names.files, className: 'end grid-files' },
    { name: names.size, className: 'end grid-size' },
    { name: names.rows, className: 'end grid-rows' },
    { name: names.total, className: 'end grid-total' },
  ]
}
