// biome-ignore-all lint/a11y/useSemanticElements: a row of a grid that is no table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its active cell
import type { MouseEvent, ReactElement } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { figures } from '../../text.ts'
import { type Cursor, cellId } from './cursor.ts'
import { onOneLine } from './figures.ts'
import type { Lanes } from './lanes.ts'
import type { Shown } from './shown.ts'

type GridLineProps = {
  readonly row: number
  /** From the top of what is seen, in pixels. */
  readonly offset: number
  readonly number: number | undefined
  readonly cell: (column: number) => string | null | undefined
  readonly columns: readonly Shown[]
  readonly drawn: readonly number[]
  readonly lanes: Lanes
  readonly gutter: number
  readonly activeColumn: number | null
  readonly hit: string
  readonly onChoose: (cursor: Cursor) => void
  readonly onMenu: (cursor: Cursor) => void
  readonly onOpen: (cursor: Cursor) => void
}

export function GridLine(props: GridLineProps): ReactElement {
  const { row, offset, number, columns, drawn, lanes, gutter, activeColumn, hit } = props
  const choose = (event: MouseEvent): Cursor | null => {
    const column = columnOf(event)
    if (column !== null) props.onChoose({ row, column })
    return column === null ? null : { row, column }
  }
  return (
    <div
      role="row"
      className="inside-row"
      aria-rowindex={row + 2}
      data-active={activeColumn !== null}
      style={{ transform: `translateY(${offset}px)` }}
      onMouseDown={event => choose(event)}
      onDoubleClick={event => {
        const chosen = choose(event)
        if (chosen) props.onOpen(chosen)
      }}
      onContextMenu={event => {
        event.preventDefault()
        const chosen = choose(event)
        if (chosen) props.onMenu(chosen)
      }}
    >
      <span role="rowheader" className="inside-gutter" aria-colindex={1} style={{ width: `${gutter}px` }}>
        {number === undefined ? '' : figures.number(number)}
      </span>
      {[0, ...drawn].map(at => {
        const column = columns[at]
        if (!column) return null
        const value = props.cell(at)
        const frozen = at === 0
        return (
          <span
            key={column.number}
            id={cellId({ row, column: at })}
            role="gridcell"
            className={frozen ? 'inside-frozen' : 'inside-cell'}
            aria-colindex={at + 2}
            aria-selected={at === activeColumn}
            data-at={at}
            data-kind={column.kind}
            data-masked={column.masked}
            data-hit={hit !== '' && (value ?? '').toLowerCase().includes(hit)}
            style={{
              left: `${frozen ? gutter : gutter + (lanes[at] ?? 0)}px`,
              width: `${(lanes[at + 1] ?? 0) - (lanes[at] ?? 0)}px`,
            }}
          >
            {value === undefined ? <Waiting /> : onOneLine(value ?? '')}
          </span>
        )
      })}
    </div>
  )
}

const Waiting = (): ReactElement => (
  <>
    <span className="inside-wait" aria-hidden="true" />
    <span className="unseen">{text.grid.loading}</span>
  </>
)

/** The place of the column that a pointer is on; null: it is on the row's number. */
function columnOf(event: MouseEvent): number | null {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null
  const at = Number(cell?.dataset.at)
  return cell && Number.isInteger(at) ? at : null
}
