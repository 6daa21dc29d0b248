import type { ReactElement } from 'react'
import { upkeep } from '../../../preload/contract/text/upkeep.ts'
import { Select } from '../../ui/fields.tsx'
import { FixedNote, Section } from './section.tsx'
import type { Change } from './use-change.ts'

const text = upkeep.keep

const kinds = [
  { name: 'keepAnswersDays', label: text.answers, what: text.answersWhat, days: [0, 7, 30, 90, 365] },
  { name: 'keepLogsDays', label: text.logs, what: text.logsWhat, days: [7, 30, 90, 365] },
  { name: 'keepRefusedDays', label: text.refused, what: text.refusedWhat, days: [0, 7, 30] },
  { name: 'keepReplacedDays', label: text.replaced, what: text.replacedWhat, days: [0, 7, 30, 90] },
] as const

/** How long what is no record is kept. */
export function KeepSection({ change }: { readonly change: Change }): ReactElement {
  const { settings, set, isFixed } = change
  return (
    <Section id="keep" title={text.title}>
      <p className="field-what">{text.what}</p>
      {kinds.map(({ name, label, what, days }) => {
        const now = settings[name]
        const offered: readonly number[] = days
        const all = offered.includes(now) ? offered : [now, ...offered].sort((a, b) => a - b)
        return (
          <div key={name}>
            <Select
              label={label}
              what={what}
              options={all.map(n => ({ id: String(n), name: text.for(n) }))}
              value={String(now)}
              onChange={n => set({ [name]: Number(n) }, label)}
              disabled={isFixed(name)}
            />
            <FixedNote fixed={isFixed(name)} />
          </div>
        )
      })}
    </Section>
  )
}
