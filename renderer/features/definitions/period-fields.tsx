import type { ReactElement } from 'react'
import { words } from '../../text.ts'
import { Select, TextField } from '../../ui/fields.tsx'
import { isPeriod, type TypedPeriod } from './period.ts'

const text = words.definitions

type PeriodFieldsProps = {
  readonly period: TypedPeriod
  readonly onChange: (period: TypedPeriod) => void
  /** Days are reckoned in a zone of the user's choice; otherwise in UTC. */
  readonly zoned: boolean
  readonly wrong: Readonly<Record<'period' | 'zone' | 'start' | 'end', boolean>>
}

/** Which time a definition is about: reckoned anew for each run, fixed, or all there is. */
export function PeriodFields({ period, onChange, zoned, wrong }: PeriodFieldsProps): ReactElement {
  const change = (patch: Partial<TypedPeriod>) => onChange({ ...period, ...patch })
  const problem = (is: boolean) => (is ? text.form.wrong : null)
  const ranges = (['last-month', 'last-week', 'yesterday', 'fixed', 'all'] as const).map(id => ({
    id,
    name: text.ranges[id],
  }))
  return (
    <>
      <Select
        label={text.period.label}
        what={wrong.period ? text.form.wrong : text.period.what}
        options={ranges}
        value={period.range}
        onChange={range => change({ range })}
      />
      {isPeriod(period.range) && zoned ? (
        <TextField
          label={text.period.zone}
          what={text.period.zoneWhat}
          value={period.zone}
          onChange={zone => change({ zone })}
          problem={problem(wrong.zone)}
        />
      ) : null}
      {period.range === 'fixed' ? (
        <div className="two-fields">
          <TextField
            label={text.period.start}
            what={text.period.timeWhat}
            value={period.start}
            onChange={start => change({ start })}
            problem={problem(wrong.start)}
            mono
          />
          <TextField
            label={text.period.end}
            value={period.end}
            onChange={end => change({ end })}
            problem={problem(wrong.end)}
            mono
          />
        </div>
      ) : null}
    </>
  )
}
