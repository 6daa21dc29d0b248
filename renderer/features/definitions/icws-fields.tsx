import type { ReactElement } from 'react'
import { words } from '../../text.ts'
import { Choice, TextArea, TextField } from '../../ui/fields.tsx'
import { emptySource, type IcwsDraft, pathOfSource } from './icws-draft.ts'
import { ListField } from './list-field.tsx'
import { PeriodFields } from './period-fields.tsx'
import { isAt } from './reading.ts'

const text = words.definitions.icws
const { wrong } = words.definitions.form

type IcwsFieldsProps = {
  readonly draft: IcwsDraft
  readonly onChange: (draft: IcwsDraft) => void
  /** The field of the request that was refused. */
  readonly refused: string | null
}

/** A job configuration of the data extractor. */
export function IcwsFields({ draft, onChange, refused }: IcwsFieldsProps): ReactElement {
  const change = (patch: Partial<IcwsDraft>) => onChange({ ...draft, ...patch })
  const { sources } = draft
  const problem = (path: string) => (isAt(refused, path) ? wrong : null)
  return (
    <>
      <ListField
        label={text.sources}
        what={text.sourcesWhat}
        entries={sources}
        onChange={next => change({ sources: next })}
        nameOf={text.source}
        removeOf={text.removeSource}
        add={text.addSource}
        added={emptySource}
      >
        {(source, index, edit) => {
          const path = pathOfSource(sources, index)
          return (
            <>
              <Choice
                label={text.kind}
                options={[
                  { id: 'table', name: text.kinds.table },
                  { id: 'view', name: text.kinds.view },
                ]}
                value={source.kind}
                onChange={kind => edit({ kind })}
                inline
              />
              <TextField
                label={text.name}
                value={source.name}
                onChange={name => edit({ name })}
                problem={problem(`${path}.name`) ?? (isAt(refused, source.name) ? wrong : null)}
                mono
              />
              <TextArea
                label={text.columns}
                what={text.columnsWhat}
                value={source.columns}
                onChange={columns => edit({ columns })}
                problem={problem(`${path}.column`)}
              />
              <div className="two-fields">
                <TextField
                  label={text.dateColumn}
                  what={text.dateColumnWhat}
                  value={source.dateColumn}
                  onChange={dateColumn => edit({ dateColumn })}
                  problem={problem(`${path}.dateTimeFilterColumn`)}
                  mono
                />
                <TextField
                  label={text.siteColumn}
                  what={text.siteColumnWhat}
                  value={source.siteColumn}
                  onChange={siteColumn => edit({ siteColumn })}
                  problem={problem(`${path}.siteIdFilterColumn`)}
                  mono
                />
              </div>
            </>
          )
        }}
      </ListField>
      <PeriodFields
        period={draft.period}
        onChange={period => change({ period })}
        zoned
        wrong={{
          period: isAt(refused, 'period'),
          zone: isAt(refused, 'zone'),
          start: isAt(refused, 'startTimeFilter'),
          end: isAt(refused, 'endTimeFilter'),
        }}
      />
      <TextArea
        label={text.sites}
        what={text.sitesWhat}
        value={draft.sites}
        onChange={sites => change({ sites })}
        problem={problem('siteIdFilters')}
        rows={2}
      />
    </>
  )
}
