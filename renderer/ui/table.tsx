import type { KeyboardEvent, ReactElement, ReactNode } from 'react'

export type Column = {
  readonly id: string
  readonly name: string
  readonly align?: 'end'
  /** The name is for screen readers alone. */
  readonly unseen?: boolean
}

type TableProps = {
  readonly label: string
  readonly columns: readonly Column[]
  readonly children: ReactNode
  /** Columns of a width of their own, so that they stay where they are when data come. */
  readonly steady?: boolean
}

/**
 * A plain table, read by screen readers with the keys they have for tables. Arrow keys go from row to row where a
 * row's main element carries `data-row-main`; Tab goes through what can be pressed.
 */
export function Table({ label, columns, children, steady = false }: TableProps): ReactElement {
  return (
    <table className={steady ? 'table table-steady' : 'table'} aria-label={label} onKeyDown={moveBetweenRows}>
      <thead>
        <tr>
          {columns.map(column => (
            <th key={column.id} scope="col" className={`col-${column.id}${column.align ? ' end' : ''}`}>
              {column.unseen ? <span className="unseen">{column.name}</span> : column.name}
            </th>
          ))}
        </tr>
      </thead>
      {children}
    </table>
  )
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  const target = event.target
  if (step === undefined || !(target instanceof HTMLElement) || !target.dataset.rowMain) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-main]')]
  const next = rows[rows.indexOf(target) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

type RowLinkProps = { readonly children: ReactNode; readonly hint?: string; readonly onOpen: () => void }

/** The main element of a row: opens what the row is about. */
export function RowLink({ children, hint, onOpen }: RowLinkProps): ReactElement {
  return (
    <button type="button" className="row-link" data-row-main="true" data-hint={hint} onClick={onOpen}>
      {children}
    </button>
  )
}
