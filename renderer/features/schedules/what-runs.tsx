import { type ReactElement, useId } from 'react'
import { useConnections } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { words } from '../../text.ts'
import { Checkbox } from '../../ui/fields.tsx'
import { MarkInList } from '../../ui/mark-label.tsx'

const text = words.schedules.form

type WhatRunsProps = {
  readonly chosen: readonly string[]
  /** With the name of the first one, which a schedule without a name may take. */
  readonly onChange: (definitionIds: readonly string[], name: string | null) => void
}

/** The definitions by connection. One without a folder cannot be chosen: nobody is there to say where, when it is due. */
export function WhatRuns({ chosen, onChange }: WhatRunsProps): ReactElement {
  const label = useId()
  const connections = useConnections(state => state.all)
  const definitions = useDefinitions(state => state.all).filter(one => !one.removed && one.kind !== 'others')
  const toggle = (id: string, on: boolean) => {
    const ids = on ? [...chosen, id] : chosen.filter(one => one !== id)
    onChange(ids, definitions.find(one => one.id === ids[0])?.name ?? null)
  }
  return (
    <fieldset className="field plain-group" aria-labelledby={label}>
      <span id={label} className="field-label">
        {text.what}
      </span>
      <p className="field-what">{text.whatSet}</p>
      {definitions.every(one => one.destination === null) ? <p>{text.nothingToChoose}</p> : null}
      {connections
        .filter(connection => definitions.some(one => one.connectionId === connection.id))
        .map(connection => (
          <div key={connection.id} className="choices">
            <p className="group-name">
              {connection.name} <MarkInList mark={connection.mark} />
            </p>
            {definitions
              .filter(one => one.connectionId === connection.id)
              .map(one => (
                <Checkbox
                  key={one.id}
                  checked={chosen.includes(one.id)}
                  disabled={one.destination === null && !chosen.includes(one.id)}
                  onChange={on => toggle(one.id, on)}
                  {...(one.destination === null ? { what: text.noDestination } : {})}
                >
                  {one.name}
                </Checkbox>
              ))}
          </div>
        ))}
    </fieldset>
  )
}
