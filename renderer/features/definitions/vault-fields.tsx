import type { ReactElement } from 'react'
import { words } from '../../text.ts'
import { Checkbox, Choice, Select, TextArea, TextField } from '../../ui/fields.tsx'
import { ListField } from './list-field.tsx'
import { PeriodFields } from './period-fields.tsx'
import { isAt } from './reading.ts'
import { emptyObject, type VaultDraft, type VaultKind } from './vault-draft.ts'

const text = words.definitions.vault
const { wrong } = words.definitions.form
const kinds: readonly VaultKind[] = ['documents', 'versions', 'binder', 'direct-data', 'loader', 'job']

type VaultFieldsProps = {
  readonly draft: VaultDraft
  readonly onChange: (draft: VaultDraft) => void
  /** The field of the request that was refused. */
  readonly refused: string | null
}
type KindProps = {
  readonly draft: VaultDraft
  readonly change: (patch: Partial<VaultDraft>) => void
  readonly refused: string | null
}

const problem = (refused: string | null, path: string): string | null => (isAt(refused, path) ? wrong : null)

/** An export, an extract or a job of a vault: the kind, and what that kind asks for. */
export function VaultFields({ draft, onChange, refused }: VaultFieldsProps): ReactElement {
  const KindFields = kindFields[draft.kind]
  return (
    <>
      <Select
        label={text.kind}
        what={text.kinds[draft.kind].what}
        options={kinds.map(id => ({ id, ...text.kinds[id] }))}
        value={draft.kind}
        onChange={kind => onChange({ ...draft, kind })}
      />
      <KindFields draft={draft} change={patch => onChange({ ...draft, ...patch })} refused={refused} />
    </>
  )
}

function DocumentFields({ draft, change, refused }: KindProps): ReactElement {
  const { content } = draft
  return (
    <>
      <Choice
        label={text.by}
        options={[
          { id: 'ids', name: text.bys.ids },
          { id: 'query', name: text.bys.query },
        ]}
        value={draft.by}
        onChange={by => change({ by })}
        inline
      />
      {draft.by === 'ids' ? (
        <TextArea
          label={text.ids}
          what={text.idsWhat}
          value={draft.ids}
          onChange={ids => change({ ids })}
          problem={problem(refused, 'documents')}
        />
      ) : (
        <TextArea
          label={text.query}
          what={text.queryWhat}
          value={draft.query}
          onChange={query => change({ query })}
          problem={problem(refused, 'query')}
        />
      )}
      <fieldset className="field">
        <legend className="field-label">{text.content}</legend>
        <div className="choices">
          {(['source', 'renditions', 'allversions', 'text'] as const).map(one => (
            <Checkbox
              key={one}
              checked={content[one]}
              onChange={on => change({ content: { ...content, [one]: on } })}
            >
              {text.contents[one]}
            </Checkbox>
          ))}
        </div>
        {isAt(refused, 'source') ? <p className="field-problem">{wrong}</p> : null}
      </fieldset>
    </>
  )
}

const VersionFields = ({ draft, change, refused }: KindProps): ReactElement => (
  <TextArea
    label={text.versions}
    what={text.versionsWhat}
    value={draft.versions}
    onChange={versions => change({ versions })}
    problem={problem(refused, 'versions')}
    rows={6}
  />
)

const BinderFields = ({ draft, change, refused }: KindProps): ReactElement => (
  <TextField
    label={text.binder}
    what={text.binderWhat}
    value={draft.binder}
    onChange={binder => change({ binder })}
    problem={problem(refused, 'binder')}
    mono
  />
)

const DirectDataFields = ({ draft, change, refused }: KindProps): ReactElement => (
  <>
    <Select
      label={text.extractType}
      options={(['incremental_directdata', 'full_directdata', 'log_directdata'] as const).map(id => ({
        id,
        name: text.extractTypes[id],
      }))}
      value={draft.extractType}
      onChange={extractType => change({ extractType })}
    />
    <PeriodFields
      period={draft.period}
      onChange={period => change({ period })}
      zoned={false}
      wrong={{
        period: isAt(refused, 'period'),
        zone: false,
        start: isAt(refused, 'startTime'),
        end: isAt(refused, 'stopTime'),
      }}
    />
  </>
)

const LoaderFields = ({ draft, change, refused }: KindProps): ReactElement => (
  <ListField
    label={text.objects}
    entries={draft.objects}
    onChange={objects => change({ objects })}
    nameOf={text.object}
    removeOf={text.removeObject}
    add={text.addObject}
    added={emptyObject}
    most={10}
  >
    {(entry, index, edit) => (
      <>
        <TextField
          label={text.objectName}
          what={text.objectNameWhat}
          value={entry.object}
          onChange={object => edit({ object })}
          problem={problem(refused, `objects[${index}].object`)}
          mono
        />
        <TextArea
          label={text.fields}
          what={text.fieldsWhat}
          value={entry.fields}
          onChange={fields => edit({ fields })}
          problem={problem(refused, `objects[${index}].fields`)}
        />
        <TextField
          label={text.where}
          what={text.whereWhat}
          value={entry.where}
          onChange={where => edit({ where })}
          problem={problem(refused, `objects[${index}].where`)}
          mono
        />
      </>
    )}
  </ListField>
)

const JobFields = ({ draft, change, refused }: KindProps): ReactElement => (
  <TextField
    label={text.jobId}
    what={text.jobIdWhat}
    value={draft.jobId}
    onChange={jobId => change({ jobId })}
    problem={problem(refused, 'jobId')}
    mono
  />
)

const kindFields: Record<VaultKind, (props: KindProps) => ReactElement> = {
  documents: DocumentFields,
  versions: VersionFields,
  binder: BinderFields,
  'direct-data': DirectDataFields,
  loader: LoaderFields,
  job: JobFields,
}
