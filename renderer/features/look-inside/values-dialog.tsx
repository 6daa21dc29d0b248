import { type ReactElement, useEffect, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox'
import { useStore } from 'zustand'
import type { InsideCondition, InsideValues } from '../../../preload/contract/inside.ts'
import { inside as text } from '../../../preload/contract/text/inside.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/fields.tsx'
import { onOneLine } from './figures.ts'
import type { Inside } from './inside.ts'
import type { Shown } from './shown.ts'
import { WorkProgress } from './work-progress.tsx'

type ValuesDialogProps = {
  readonly inside: Inside
  readonly column: Shown
  readonly onCondition: (condition: InsideCondition) => void
  readonly onClose: () => void
}

/** A column's values with how often each stands in it, to keep the rows of one; or the rows that contain a text. */
export function ValuesDialog({ inside, column, onCondition, onClose }: ValuesDialogProps): ReactElement {
  const [values, setValues] = useState<InsideValues | null>(null)
  const [typed, setTyped] = useState('')
  const error = useStore(inside.store, state => state.error)
  useEffect(() => {
    let wanted = true
    void inside.values(column.number).then(found => {
      if (wanted) setValues(found)
    })
    return () => {
      wanted = false
      inside.works.cancel('values')
    }
  }, [inside, column.number])
  const part = typed.toLowerCase()
  const found = values?.values.filter(({ text: value }) => value.toLowerCase().includes(part)) ?? []
  const choose = (value: string) =>
    onCondition(
      value === ''
        ? { column: column.number, is: 'empty', text: '' }
        : { column: column.number, is: 'equal', text: value },
    )
  const contain = () => {
    if (typed !== '') onCondition({ column: column.number, is: 'containing', text: typed })
  }
  return (
    <Dialog
      title={text.values.title(column.called)}
      onClose={onClose}
      onSubmit={contain}
      actions={
        <>
          <Button onPress={onClose}>{words.shell.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={typed === ''}>
            {text.values.contains}
          </Button>
        </>
      }
    >
      <TextField
        label={text.values.field}
        what={text.values.what}
        value={typed}
        onChange={setTyped}
        autoFocus
      />
      <WorkProgress works={inside.works} name="values" label={text.values.reading} />
      {error ? <ErrorNote error={error} live /> : null}
      {values ? (
        <>
          <p className="secondary">{aboutOf(values)}</p>
          <ListBox
            className="listbox inside-list"
            aria-label={text.values.list}
            items={found.map(({ text: value, rows }) => ({ id: `=${value}`, value, rows }))}
            renderEmptyState={() => <p className="palette-empty">{text.values.none}</p>}
            onAction={key => choose(String(key).slice(1))}
          >
            {({ id, value, rows }) => (
              <ListBoxItem id={id} className="option palette-option" textValue={value || text.values.empty}>
                <span className="inside-value">{value === '' ? text.values.empty : onOneLine(value)}</span>
                {values.different === null ? null : (
                  <span className="secondary figure">{text.values.rows(rows)}</span>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </>
      ) : null}
    </Dialog>
  )
}

function aboutOf({ values, different }: InsideValues): string {
  if (different === null) return text.values.tooMany
  return different > values.length ? text.values.some(values.length, different) : ''
}
