import { type ReactElement, useId } from 'react'
import { type Weekday, weekdays } from '../../../preload/contract/schedules.ts'
import { localZone } from '../../format/time.ts'
import { schedule as sentences, words } from '../../text.ts'
import { Checkbox, Choice, Select, TextField } from '../../ui/fields.tsx'
import { type Draft, problemsOf } from './draft.ts'

const text = words.schedules.form
const kinds = ['monthly-working-day', 'monthly-day', 'weekly', 'daily', 'cron'] as const
const nths = [-1, -2, -3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const days = Array.from({ length: 31 }, (_, index) => index + 1)

type FieldsProps = { readonly draft: Draft; readonly onChange: (patch: Partial<Draft>) => void }

/** How often, on which days, at what time. */
export function RecurrenceFields({ draft, onChange }: FieldsProps): ReactElement {
  return (
    <>
      <Select
        label={text.kind}
        options={kinds.map(id => ({ id, name: text.kinds[id] }))}
        value={draft.kind}
        onChange={kind => onChange({ kind })}
      />
      <OfItsKind draft={draft} onChange={onChange} />
      {draft.kind === 'cron' ? null : (
        <TextField
          label={text.time}
          what={text.timeWhat}
          value={draft.time}
          problem={problemsOf(draft).time}
          onChange={time => onChange({ time })}
        />
      )}
    </>
  )
}

/** In whose zone the time is meant. */
export function ZoneField({ draft, onChange }: FieldsProps): ReactElement {
  return (
    <Select
      label={text.zone}
      what={text.zoneWhat}
      options={zonesWith(draft.zone).map(id => ({
        id,
        name: id === localZone() ? text.zoneHere(id) : id,
      }))}
      value={draft.zone}
      onChange={zone => onChange({ zone })}
    />
  )
}

function OfItsKind({ draft, onChange }: FieldsProps): ReactElement {
  switch (draft.kind) {
    case 'daily':
      return (
        <Choice
          label={text.days}
          options={(['working', 'all'] as const).map(id => ({ id, name: text.dayChoices[id] }))}
          value={draft.days}
          onChange={chosen => onChange({ days: chosen })}
          inline
        />
      )
    case 'weekly':
      return <Weekdays draft={draft} onChange={onChange} />
    case 'monthly-working-day':
      return (
        <Select
          label={text.nth}
          options={nths.map(n => ({ id: String(n), name: capital(sentences.workingDay(n)) }))}
          value={String(draft.nth)}
          onChange={nth => onChange({ nth: Number(nth) })}
        />
      )
    case 'monthly-day':
      return (
        <>
          <Select
            label={text.day}
            what={text.dayWhat}
            options={days.map(n => ({ id: String(n), name: n === 31 ? text.lastDay : sentences.ordinal(n) }))}
            value={String(draft.day)}
            onChange={day => onChange({ day: Number(day) })}
          />
          <Choice
            label={text.dayOff}
            options={(['before', 'after', 'keep'] as const).map(id => ({ id, name: text.dayOffs[id] }))}
            value={draft.dayOff}
            onChange={dayOff => onChange({ dayOff })}
          />
        </>
      )
    case 'cron':
      return (
        <TextField
          label={text.expression}
          what={text.expressionWhat}
          value={draft.expression}
          onChange={expression => onChange({ expression })}
          mono
        />
      )
  }
}

function Weekdays({ draft, onChange }: FieldsProps): ReactElement {
  const label = useId()
  const problem = problemsOf(draft).weekdays
  const toggle = (day: Weekday, on: boolean) =>
    onChange({ weekdays: on ? [...draft.weekdays, day] : draft.weekdays.filter(one => one !== day) })
  return (
    <fieldset className="field plain-group" aria-labelledby={label}>
      <span id={label} className="field-label">
        {text.weekdays}
      </span>
      <div className="choices choices-inline">
        {weekdays.map(day => (
          <Checkbox key={day} checked={draft.weekdays.includes(day)} onChange={on => toggle(day, on)}>
            {sentences.weekdays[day]}
          </Checkbox>
        ))}
      </div>
      {problem ? (
        <p className="field-problem" role="status">
          {problem}
        </p>
      ) : null}
    </fieldset>
  )
}

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`

/** This computer's first, then UTC, then all others by name. */
function zonesWith(chosen: string): readonly string[] {
  return [...new Set([localZone(), 'UTC', chosen, ...Intl.supportedValuesOf('timeZone')])]
}
