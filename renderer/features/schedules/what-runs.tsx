import { type ReactElement, useId, useState } from 'react'
import type { ConnectionView, DefinitionView } from '../../../preload/contract/types.ts'
import { useConnections } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { words } from '../../text.ts'
import { Checkbox, TextField } from '../../ui/fields.tsx'
import { MarkInList } from '../../ui/mark-label.tsx'

const text = words.schedules.form
/** From so many on they are searched rather than read. */
const searchedFrom = 12

type WhatRunsProps = {
  readonly chosen: readonly string[]
  /** With the name of the first one, which a schedule without a name may take. */
  readonly onChange: (definitionIds: readonly string[], name: string | null) => void
}

/** The definitions by connection. One without a folder cannot be chosen: nobody is there to say where, when it is due. */
export function WhatRuns({ chosen, onChange }: WhatRunsProps): ReactElement {
  const label = useId()
  const [typed, setTyped] = useState('')
  const connections = useConnections(state => state.all)
  const definitions = useDefinitions(state => state.all).filter(one => isOffered(one, chosen))
  const wanted = typed.trim().toLowerCase()
  const shown = definitions.filter(one => one.name.toLowerCase().includes(wanted))
  const toggle = (id: string, on: boolean) => {
    const ids = on ? [...chosen, id] : chosen.filter(one => one !== id)
    onChange(ids, definitions.find(one => one.id === ids[0])?.name ?? null)
  }
  return (
    <fieldset className="field plain-group" aria-labelledby={label}>
      <span id={label} className="unseen">
        {text.what}
      </span>
      <p className="field-what">{text.whatSet}</p>
      {definitions.every(one => one.destination === null) ? <p>{text.nothingToChoose}</p> : null}
      {definitions.length < searchedFrom ? null : (
        <TextField label={text.find} value={typed} onChange={setTyped} />
      )}
      <div className="pick-list">
        {connections.map(connection => (
          <OfConnection
            key={connection.id}
            connection={connection}
            definitions={shown.filter(one => one.connectionId === connection.id)}
            chosen={chosen}
            onToggle={toggle}
          />
        ))}
      </div>
      <p className="field-what" role="status">
        {text.chosen(chosen.length)}
      </p>
    </fieldset>
  )
}

const isOffered = (one: DefinitionView, chosen: readonly string[]): boolean =>
  chosen.includes(one.id) || (!one.removed && one.kind !== 'others')

type OfConnectionProps = {
  readonly connection: ConnectionView
  readonly definitions: readonly DefinitionView[]
  readonly chosen: readonly string[]
  readonly onToggle: (id: string, on: boolean) => void
}

function OfConnection({ connection, definitions, chosen, onToggle }: OfConnectionProps): ReactElement | null {
  if (definitions.length === 0) return null
  return (
    <div className="choices">
      <p className="group-name">
        {connection.name} <MarkInList mark={connection.mark} />
      </p>
      {definitions.map(one => (
        <Checkbox
          key={one.id}
          checked={chosen.includes(one.id)}
          disabled={one.destination === null && !chosen.includes(one.id)}
          onChange={on => onToggle(one.id, on)}
          {...(one.destination === null ? { what: text.noDestination } : {})}
        >
          {one.name}
        </Checkbox>
      ))}
    </div>
  )
}
