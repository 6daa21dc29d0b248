import { type ReactElement, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { useStore } from 'zustand'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { figures } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { Inside } from './inside.ts'
import type { Layout } from './layout.ts'
import { calledOf } from './shown.ts'
import { useWork, WorkProgress } from './work-progress.tsx'

type ColumnsDialogProps = {
  readonly inside: Inside
  readonly layout: Layout
  readonly onLayout: (layout: Layout) => void
  readonly onClose: () => void
}

/** Which columns are shown: each by name or number, all, or only those in which anything stands. */
export function ColumnsDialog({ inside, layout, onLayout, onClose }: ColumnsDialogProps): ReactElement {
  const columns = useStore(inside.store, state => state.columns)
  const looking = useWork(inside.works, 'filled') !== null
  const [typed, setTyped] = useState('')
  const hidden = new Set(layout.hidden)
  const part = typed.trim().toLowerCase()
  const found = columns.filter(
    column => calledOf(column).toLowerCase().includes(part) || String(column.number) === part,
  )
  const hideAllBut = (kept: ReadonlySet<number>) =>
    onLayout({
      ...layout,
      hidden: columns.filter(({ number }) => !kept.has(number)).map(({ number }) => number),
    })
  const onlyFilled = async () => {
    const filled = await inside.filled()
    if (filled) hideAllBut(new Set(filled))
  }
  const chooseAmongFound = (chosen: ReadonlySet<unknown>) => {
    const of = new Set(found.map(({ number }) => number))
    hideAllBut(
      new Set(
        columns
          .map(({ number }) => number)
          .filter(number => (of.has(number) ? chosen.has(number) : !hidden.has(number))),
      ),
    )
  }
  return (
    <Dialog
      title={text.columns.title}
      about={<p className="about">{text.columns.remembered}</p>}
      onClose={onClose}
      actions={
        <Button look="primary" onPress={onClose}>
          {text.columns.done}
        </Button>
      }
    >
      <TextField label={text.columns.search} value={typed} onChange={setTyped} autoFocus />
      <div className="inside-choices">
        <Button onPress={() => onLayout({ ...layout, hidden: [] })}>{text.columns.all}</Button>
        <Button isPending={looking} onPress={onlyFilled}>
          {text.columns.filled}
        </Button>
        <WorkProgress works={inside.works} name="filled" label={text.columns.reading} />
        <span className="found" role="status">
          {part === ''
            ? text.columns.shown(columns.length - hidden.size, columns.length)
            : text.columns.found(found.length)}
        </span>
      </div>
      <ListBox
        className="listbox inside-list"
        aria-label={text.columns.list}
        selectionMode="multiple"
        items={found.map(column => ({ ...column, id: column.number }))}
        selectedKeys={found.filter(({ number }) => !hidden.has(number)).map(({ number }) => number)}
        onSelectionChange={keys =>
          chooseAmongFound(keys === 'all' ? new Set(found.map(({ number }) => number)) : keys)
        }
        disallowEmptySelection={part === ''}
        renderEmptyState={() => <p className="palette-empty">{text.columns.none}</p>}
      >
        {column => (
          <ListBoxItem id={column.number} className="option inside-choice" textValue={calledOf(column)}>
            <Icon name="check" />
            <span className="inside-value">{calledOf(column)}</span>
            <span className="secondary figure">{figures.number(column.number)}</span>
          </ListBoxItem>
        )}
      </ListBox>
    </Dialog>
  )
}
