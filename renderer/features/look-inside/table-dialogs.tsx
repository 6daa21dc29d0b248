import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { type CellAct, CellMenu } from './cell-menu.tsx'
import { ColumnsDialog } from './columns-dialog.tsx'
import { CopyDialog } from './copy-dialog.tsx'
import { cellId } from './cursor.ts'
import { GoToRowDialog } from './go-to-row-dialog.tsx'
import type { Inside } from './inside.ts'
import { ShowDialog } from './show-dialog.tsx'
import type { Table } from './use-table.ts'
import { ValuesDialog } from './values-dialog.tsx'
import { WholeCellDialog } from './whole-cell-dialog.tsx'

/** What stands over the table, at most one at a time. */
export type Asked = { readonly kind: 'menu' | 'values' | 'whole' | 'columns' | 'show' | 'copy' | 'go-to' }

type TableDialogsProps = {
  readonly inside: Inside
  readonly table: Table
  readonly asked: Asked | null
  readonly onAct: (act: CellAct) => void
  readonly onClose: () => void
}

export function TableDialogs(props: TableDialogsProps): ReactElement | null {
  const { inside, table, asked, onAct, onClose } = props
  const { left, conditions, columns } = useStore(inside.store)
  const { column, cursor, cells } = table
  const onCondition: Table['addCondition'] = condition => {
    onClose()
    return table.addCondition(condition)
  }
  switch (asked?.kind) {
    case undefined:
      return null
    case 'menu':
      return (
        <CellMenu
          column={column}
          value={cells.cell(cursor.row, cursor.column) ?? ''}
          at={cellId(cursor)}
          onCondition={onCondition}
          onAct={onAct}
          onClose={onClose}
        />
      )
    case 'values':
      return <ValuesDialog inside={inside} column={column} onCondition={onCondition} onClose={onClose} />
    case 'whole':
      return (
        <WholeCellDialog
          inside={inside}
          row={cells.number(cursor.row) ?? 1}
          column={column}
          onClose={onClose}
        />
      )
    case 'columns':
      return (
        <ColumnsDialog inside={inside} layout={table.layout} onLayout={table.onLayout} onClose={onClose} />
      )
    case 'show':
      return (
        <ShowDialog
          columns={columns.filter(({ sensitive }) => sensitive).length}
          onShow={() => {
            onClose()
            void inside.show(true)
          }}
          onClose={onClose}
        />
      )
    case 'copy':
      return <CopyDialog inside={inside} shown={table.shown} onClose={onClose} />
    case 'go-to':
      return (
        <GoToRowDialog
          rows={left}
          filtered={conditions.length > 0}
          onGo={row => {
            onClose()
            table.goTo(row)
          }}
          onClose={onClose}
        />
      )
  }
}
