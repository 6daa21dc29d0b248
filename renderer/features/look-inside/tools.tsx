import type { ReactElement } from 'react'
import { useStore } from 'zustand'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icons.tsx'
import { commandAria } from '../../ui/keys.ts'
import { FilterWords } from './filter-words.tsx'
import type { Inside } from './inside.ts'
import type { Asked } from './table-dialogs.tsx'
import type { Table } from './use-table.ts'
import { WorkProgress } from './work-progress.tsx'

type ToolsProps = {
  readonly inside: Inside
  readonly table: Table
  readonly onFind: () => void
  readonly onAsk: (asked: Asked) => void
}

/** What can be done with the table, and the conditions that are on. */
export function Tools({ inside, table, onFind, onAsk }: ToolsProps): ReactElement {
  const columns = useStore(inside.store, state => state.columns)
  const conditions = useStore(inside.store, state => state.conditions)
  const sensitive = columns.filter(column => column.sensitive)
  const shown = sensitive.some(({ masked }) => !masked)
  return (
    <div className="inside-tools">
      <div className="inside-buttons">
        <Button aria-keyshortcuts={commandAria('F')} onPress={onFind}>
          <Icon name="search" />
          {text.tools.find}
        </Button>
        <Button aria-keyshortcuts={commandAria('G')} onPress={() => onAsk({ kind: 'go-to' })}>
          {text.tools.goTo}
        </Button>
        <Button onPress={() => onAsk({ kind: 'columns' })}>
          <Icon name="columns" />
          {text.tools.columns(table.shown.length, columns.length)}
        </Button>
        {sensitive.length > 0 && !shown ? (
          <Button onPress={() => onAsk({ kind: 'show' })}>
            <Icon name="watch" />
            {text.tools.show}
          </Button>
        ) : null}
      </div>
      <FilterWords columns={columns} conditions={conditions} onChange={table.filter} />
      <WorkProgress works={inside.works} name="filter" label={text.filter.working} />
    </div>
  )
}

/** Says, as long as they are, that bank and card data are shown; nothing while they are masked. */
export function ShownNote({ inside }: { readonly inside: Inside }): ReactElement | null {
  const shown = useStore(inside.store, state => state.columns.some(one => one.sensitive && !one.masked))
  if (!shown) return null
  return (
    <div className="inside-note tone-attention">
      <Icon name="watch" />
      <span>{text.show.shown}</span>
      <Button look="quiet" onPress={() => inside.show(false)}>
        {text.tools.mask}
      </Button>
    </div>
  )
}
