import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react'
import { missedPolicies } from '../../../preload/contract/schedules.ts'
import { desk } from '../../bridge.ts'
import { localZone } from '../../format/time.ts'
import { useConnections } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Choice, TextField } from '../../ui/fields.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useUnsaved } from '../../ui/use-unsaved.ts'
import { type Draft, inputOf, timetableOf } from './draft.ts'
import { HolidaysField } from './holidays-field.tsx'
import { Preview } from './preview.tsx'
import { RecurrenceFields, ZoneField } from './recurrence-fields.tsx'
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
    <form className="form-beside" onSubmit={onSubmit} noValidate>
      <div className="form-sections page-scroll">
        <Section title={text.what}>
          <WhatRuns
            chosen={draft.definitionIds}
            onChange={(definitionIds, name) =>
              change(draft.name === '' && name !== null ? { definitionIds, name } : { definitionIds })
            }
          />
          <TextField label={text.name} value={draft.name} onChange={name => change({ name })} />
        </Section>
        <Section title={text.when} pairs>
          <RecurrenceFields draft={draft} onChange={change} />
        </Section>
        <Rest draft={draft} onChange={change} />
      </div>
      {/* Beside the fields, or under them: what they come to is always in sight. */}
      <div className="form-outcome">
        <Preview timetable={timetableOf(draft)} />
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
      </div>
    </form>
  )
}

type SectionProps = {
  readonly title: string
  /** Short fields stand beside each other. */
  readonly pairs?: boolean
  readonly children: ReactNode
}

function Section({ title, pairs = false, children }: SectionProps): ReactElement {
  return (
    <section className={pairs ? 'form-section form-pairs' : 'form-section'}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

type RestProps = { readonly draft: Draft; readonly onChange: (patch: Partial<Draft>) => void }

/** What is mostly right as it is: folded, with what it says now; open where somebody has decided otherwise. */
function Rest({ draft, onChange }: RestProps): ReactElement {
  const { zone, holidays, missed } = draft
  const [usual] = useState(() => zone === localZone() && holidays.length === 0 && missed === 'once')
  const inShort = [zone, text.holidaysInShort(holidays.length), text.missedInShort[missed]]
  return (
    <details className="form-section form-rest" open={!usual}>
      <summary>
        <Icon name="crumb" />
        <h2>{text.rest}</h2>
        <span className="secondary">{inShort.join(' · ')}</span>
      </summary>
      <ZoneField draft={draft} onChange={onChange} />
      <HolidaysField draft={draft} onChange={onChange} />
      <Choice
        label={text.missed}
        options={missedPolicies.map(policy => ({ id: policy, name: text.missedChoices[policy] }))}
        value={missed}
        onChange={chosen => onChange({ missed: chosen })}
      />
    </details>
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
