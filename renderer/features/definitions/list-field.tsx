import type { ReactElement, ReactNode } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'

type ListFieldProps<T> = {
  readonly label: string
  readonly what?: string
  readonly entries: readonly T[]
  readonly onChange: (entries: readonly T[]) => void
  /** The name of an entry, for those who do not see where it stands. */
  readonly nameOf: (n: number) => string
  readonly removeOf: (n: number) => string
  readonly add: string
  readonly added: T
  /** Of the least there must be none is removed. */
  readonly most?: number
  readonly children: (entry: T, index: number, change: (patch: Partial<T>) => void) => ReactNode
}

/** Several of one thing, each with its fields; one of them at least. */
export function ListField<T extends object>(props: ListFieldProps<T>): ReactElement {
  const { label, what, entries, onChange, nameOf, removeOf, add, added, most, children } = props
  const change = (at: number) => (patch: Partial<T>) =>
    onChange(entries.map((entry, index) => (index === at ? { ...entry, ...patch } : entry)))
  return (
    <fieldset className="field list-field">
      <legend className="field-label">{label}</legend>
      {what ? <p className="field-what">{what}</p> : null}
      {entries.map((entry, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry has nothing else that stays while it is typed
        <fieldset key={index} className="list-entry" aria-label={nameOf(index + 1)}>
          <div className="list-entry-fields">{children(entry, index, change(index))}</div>
          {entries.length > 1 ? (
            <IconButton
              icon="close"
              label={removeOf(index + 1)}
              onPress={() => onChange(entries.filter((_, at) => at !== index))}
            />
          ) : null}
        </fieldset>
      ))}
      {most !== undefined && entries.length >= most ? null : (
        <div className="form-actions">
          <Button onPress={() => onChange([...entries, added])}>{add}</Button>
        </div>
      )}
    </fieldset>
  )
}
