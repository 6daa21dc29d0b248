// biome-ignore-all lint/a11y/useSemanticElements: the header of a grid that is no table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the arrow keys choose a column as well as a click does
import type { PointerEvent, ReactElement } from 'react'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { figures } from '../../text.ts'
import type { Lanes } from './lanes.ts'
import type { Shown } from './shown.ts'

type GridHeadProps = {
  readonly columns: readonly Shown[]
  /** Places of the columns drawn beside the first, which always is. */
  readonly drawn: readonly number[]
  readonly lanes: Lanes
  readonly gutter: number
  readonly active: number
  readonly rem: number
  readonly onChoose: (column: number) => void
  readonly onResize: (column: number, rem: number) => void
}

/** Names over column numbers; the first column and the numbers of rows stay where they are. */
export function GridHead(props: GridHeadProps): ReactElement {
  const { columns, drawn, lanes, gutter } = props
  return (
    <div role="rowgroup" className="inside-head">
      <div role="row" className="inside-head-row" aria-rowindex={1}>
        <span
          role="columnheader"
          className="inside-corner"
          aria-colindex={1}
          style={{ width: `${gutter}px` }}
        >
          {text.grid.row}
        </span>
        {[0, ...drawn].map(at => {
          const column = columns[at]
          return column ? (
            <HeadCell
              key={column.number}
              {...props}
              column={column}
              at={at}
              left={gutter + (lanes[at] ?? 0)}
            />
          ) : null
        })}
      </div>
    </div>
  )
}

type HeadCellProps = GridHeadProps & { readonly column: Shown; readonly at: number; readonly left: number }

function HeadCell({
  column,
  at,
  left,
  gutter,
  active,
  rem,
  onChoose,
  onResize,
}: HeadCellProps): ReactElement {
  const { called, name, number, width, kind, masked } = column
  return (
    <span
      role="columnheader"
      className={at === 0 ? 'inside-frozen' : 'inside-cell'}
      aria-colindex={at + 2}
      data-kind={kind}
      data-active={at === active}
      data-hint={called}
      style={{ left: `${at === 0 ? gutter : left}px`, width: `${width * rem}px` }}
      onClick={() => onChoose(at)}
    >
      <span className="inside-name">{name ?? ''}</span>
      <span className="inside-number">
        {masked ? text.grid.maskedColumn(number) : figures.number(number)}
      </span>
      <span
        className="inside-resize"
        aria-hidden="true"
        onClick={event => event.stopPropagation()}
        onPointerDown={event => drag(event, width, rem, to => onResize(number, to))}
      />
    </span>
  )
}

/** Follows the pointer until it is let go. */
function drag(event: PointerEvent, width: number, rem: number, onWidth: (rem: number) => void): void {
  const handle = event.currentTarget
  const from = event.clientX
  event.preventDefault()
  const move = (moved: Event) => {
    if (moved instanceof globalThis.PointerEvent) onWidth(width + (moved.clientX - from) / rem)
  }
  handle.setPointerCapture(event.pointerId)
  handle.addEventListener('pointermove', move)
  handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
    once: true,
  })
}
