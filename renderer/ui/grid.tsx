// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that are drawn only where they are seen
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid hears the keys for its active row
import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react'

/** The parts of a grid whose rows come and go with scrolling; it has the focus, its rows have none. */
type GridProps = {
  readonly ref: Ref<HTMLDivElement>
  readonly label: string
  /** All rows, the header among them. */
  readonly rows: number
  readonly activeId: string
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly children: ReactNode
}

export function Grid({ ref, label, rows, activeId, onKeyDown, children }: GridProps): ReactElement {
  return (
    <div
      ref={ref}
      role="grid"
      className="grid"
      aria-label={label}
      aria-rowcount={rows}
      aria-activedescendant={activeId}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  )
}

export type GridColumn = { readonly name: string; readonly className: string }

export function GridHead({ columns }: { readonly columns: readonly GridColumn[] }): ReactElement {
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" className="grid-row" aria-rowindex={1}>
        {columns.map(column => (
          <span key={column.name} role="columnheader" className={column.className}>
            {column.name}
          </span>
        ))}
      </div>
    </div>
  )
}

export function GridBody({
  height,
  children,
}: {
  readonly height: number
  readonly children: ReactNode
}): ReactElement {
  return (
    <div role="rowgroup" className="grid-body" style={{ height: `${height}px` }}>
      {children}
    </div>
  )
}

type GridRowProps = {
  readonly id: string
  /** From 2: the header is the first. */
  readonly rowIndex: number
  readonly top: number
  readonly active: boolean
  readonly selected: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

export function GridRow(props: GridRowProps): ReactElement {
  const { id, rowIndex, top, active, selected, onClick, children } = props
  return (
    <div
      id={id}
      role="row"
      className="grid-row grid-line"
      aria-rowindex={rowIndex}
      aria-selected={selected}
      data-active={active}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onClick}
    >
      {children}
    </div>
  )
}

export function GridCell({
  className = '',
  children,
}: {
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  return (
    <span role="gridcell" className={className}>
      {children}
    </span>
  )
}
