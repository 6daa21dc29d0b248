import type { ReactElement, ReactNode } from 'react'
import { rowKeys } from './row-keys.ts'
import { useKeptPlace } from './use-kept-place.ts'

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
 * A plain table, read by screen readers with the keys they have for tables, and walked by `rowKeys`. Whoever comes back
 * to it finds it where it was.
 */
export function Table({ label, columns, children, steady = false }: TableProps): ReactElement {
  const place = useKeptPlace(label)
  return (
    <table
      ref={place}
      className={steady ? 'table table-steady' : 'table'}
      aria-label={label}
      onKeyDown={rowKeys}
    >
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

type RowLinkProps = { readonly children: ReactNode; readonly hint?: string; readonly onOpen: () => void }

/** The main element of a row: opens what the row is about. */
export function RowLink({ children, hint, onOpen }: RowLinkProps): ReactElement {
  return (
    <button type="button" className="row-link" data-row-main="true" data-hint={hint} onClick={onOpen}>
      {children}
    </button>
  )
}
