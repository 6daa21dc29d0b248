import { type FormEvent, type ReactElement, useState } from 'react'
import { missedPolicies } from '../../../preload/contract/schedules.ts'
import { desk } from '../../bridge.ts'
import { useConnections } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useUnsaved } from '../../ui/use-unsaved.ts'
import { type Draft, inputOf, timetableOf } from './draft.ts'
import { HolidaysField } from './holidays-field.tsx'
import { Preview } from './preview.tsx'
import { RecurrenceFields } from './recurrence-fields.tsx'
import { WhatRuns } from './what-runs.tsx'

const text = words.schedules.form

type ScheduleFormProps = {
  /** Null: a new one. */
  readonly id: string | null
  readonly initial: Draft
  readonly onSaved?: (id: string) => void
}

/** What runs, when, and what becomes of a time that was missed; with the next three times as it stands now. */
export function ScheduleForm({ id, initial, onSaved }: ScheduleFormProps): ReactElement {
  const [saved, setSaved] = useState(initial)
  const [draft, setDraft] = useState(initial)
  const change = (patch: Partial<Draft>) => setDraft(before => ({ ...before, ...patch }))
  const input = inputOf(id, draft)
  const unsaved = JSON.stringify(draft) !== JSON.stringify(saved)
  useUnsaved(unsaved)
  const save = useAction(async () => {
    if (input === null) return
    const schedule = await desk.schedules.save(input)
    setSaved(draft)
    onSaved?.(schedule.id)
  })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <form className="form page-scroll" onSubmit={onSubmit} noValidate>
      <WhatRuns
        chosen={draft.definitionIds}
        onChange={(definitionIds, name) =>
          change(draft.name === '' && name !== null ? { definitionIds, name } : { definitionIds })
        }
      />
      <TextField label={text.name} value={draft.name} onChange={name => change({ name })} />
      <RecurrenceFields draft={draft} onChange={change} />
      <Preview timetable={timetableOf(draft)} />
      <HolidaysField draft={draft} onChange={change} />
      <Choice
        label={text.missed}
        options={missedPolicies.map(policy => ({ id: policy, name: text.missedChoices[policy] }))}
        value={draft.missed}
        onChange={missed => change({ missed })}
      />
      {isProduction(useMarks(draft.definitionIds)) ? <p className="secondary">{text.production}</p> : null}
      {save.error ? <ErrorNote error={save.error} live /> : null}
      <div className="form-actions">
        <Button
          look="primary"
          type="submit"
          isDisabled={input === null || (!unsaved && id !== null)}
          isPending={save.busy}
        >
          {text.save}
        </Button>
        <span role="status" className="secondary">
          {id === null ? '' : unsaved ? text.unsaved : text.saved}
        </span>
      </div>
    </form>
  )
}

function useMarks(definitionIds: readonly string[]): readonly string[] {
  const definitions = useDefinitions(state => state.all)
  const connections = useConnections(state => state.all)
  return definitions
    .filter(one => definitionIds.includes(one.id))
    .flatMap(one => connections.find(({ id }) => id === one.connectionId)?.mark ?? [])
}
const isProduction = (marks: readonly string[]): boolean => marks.includes('production')
