import { type ReactElement, type ReactNode, useEffect } from 'react'
import type { DryRunFile, DryRunView, FolderTrialView } from '../../../preload/contract/dry-run.ts'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { errorText, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { FileName } from '../../ui/file-name.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { useAnswer } from '../../ui/use-answer.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { type NameProblems, nameProblems } from './name-problems.ts'

const text = words.dryRun
/** Short enough to feel at once, long enough for the next key. */
const typingPause = 250
/** More of them are counted. */
const mostShown = 6

type DryRunProps = {
  readonly destination: Destination
  readonly definitionId: string
  readonly onChange: (patch: Partial<Destination>) => void
  /** Told what is wrong with the names, to be said at their fields. */
  readonly onNames: (problems: NameProblems) => void
}

/** What the destination would do with the next delivery, as it is typed: what is in the way first, then the paths. */
export function DryRun({ destination, definitionId, onChange, onNames }: DryRunProps): ReactElement {
  const asked = useSettled(destination, typingPause)
  const { folder } = asked
  const names = useAnswer(
    JSON.stringify([definitionId, asked]),
    async () =>
      folder === '' || hasEmptyName(asked) ? null : await desk.definitions.dryRun(asked, definitionId),
    true,
  )
  const trial = useAnswer(JSON.stringify([definitionId, folder]), async () =>
    folder === '' ? null : await desk.definitions.tryFolder(folder, definitionId),
  )
  const found = names.error ?? names.value?.error ?? null
  const problems = nameProblems(destination, found)
  const { name, marker } = problems
  useEffect(() => onNames({ name, marker }), [onNames, name, marker])
  const empty = hasEmptyName(destination)
  if (destination.folder === '') {
    return (
      <Frame>
        <p className="secondary">{text.noFolder}</p>
      </Frame>
    )
  }
  // What is wrong with a name stands at its field.
  const errors = [
    found?.code === 'name-invalid' || empty ? null : found,
    trial.error ?? trial.value?.error,
  ].filter(error => error !== null && error !== undefined)
  return (
    <Frame>
      {distinct(errors).map(error => (
        <Finding key={error.code} what={errorText(error).what} next={errorText(error).next} />
      ))}
      {names.value ? <Advice view={names.value} destination={destination} onChange={onChange} /> : null}
      {names.value && names.value.count > 0 && !empty ? <Paths view={names.value} /> : null}
      <Measures view={empty ? null : names.value} trial={trial.value} trying={!trial.value && !trial.error} />
    </Frame>
  )
}

const hasEmptyName = ({ name, marker }: Destination): boolean => name === '' || marker === ''

/** Both answers may say that the folder is not there: it is said once. */
const distinct = (errors: readonly ErrorView[]): readonly ErrorView[] =>
  errors.filter((error, index) => errors.findIndex(one => one.code === error.code) === index)

function Frame({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <section className="dry-run" aria-label={text.title} aria-live="polite">
      <p className="field-label">{text.title}</p>
      {children}
    </section>
  )
}

type FindingProps = { readonly what: string; readonly next?: string; readonly children?: ReactNode }

function Finding({ what, next, children }: FindingProps): ReactElement {
  return (
    <div className="dry-run-finding">
      <ShapeIcon shape="needs-you" />
      <div>
        <p>{what}</p>
        {next === undefined ? null : <p className="secondary">{next}</p>}
        {children ? <div className="dry-run-choices">{children}</div> : null}
      </div>
    </div>
  )
}

type AdviceProps = Pick<DryRunProps, 'destination' | 'onChange'> & { readonly view: DryRunView }

/** What would be delivered all the same, and is better known before. */
function Advice({ view, destination, onChange }: AdviceProps): ReactElement {
  const { longest, changes, needsFolderOrMarker } = view
  return (
    <>
      {longest && longest.length > longest.limit ? (
        <Finding what={text.tooLong(longest)} next={text.tooLongNext} />
      ) : null}
      {changes.map(change => (
        <Finding key={change.from} what={text.changed(change)} />
      ))}
      {needsFolderOrMarker ? (
        <Finding what={text.oneByOne(view.count)} next={text.oneByOneNext}>
          <Button onPress={() => onChange({ name: `{jobId}/${destination.name}` })}>{text.useFolder}</Button>
          <Button onPress={() => onChange({ marker: words.extracts.form.markerDefault })}>
            {text.useMarker}
          </Button>
        </Finding>
      ) : null}
    </>
  )
}

function Paths({ view }: { readonly view: DryRunView }): ReactElement {
  const shown = view.files.slice(0, mostShown)
  const hidden = view.count - shown.length
  return (
    <ul className="dry-run-paths">
      {shown.map(file => (
        <Path key={file.path} file={file} />
      ))}
      {hidden > 0 ? <li className="secondary">{text.more(hidden)}</li> : null}
    </ul>
  )
}

function Path({ file }: { readonly file: DryRunFile }): ReactElement {
  const notes = [file.marker ? text.marker : null, file.action && text.actions[file.action]]
  return (
    <li>
      <code>
        <FileName name={file.path} />
      </code>
      <span className="secondary">{notes.filter(note => note !== null).join(', ')}</span>
    </li>
  )
}

type MeasuresProps = {
  readonly view: DryRunView | null
  readonly trial: FolderTrialView | null
  readonly trying: boolean
}

function Measures({ view, trial, trying }: MeasuresProps): ReactElement {
  const space = [
    trial?.freeBytes == null ? null : text.free(trial.freeBytes),
    trial?.neededBytes == null ? null : text.needed(trial.neededBytes),
  ].filter(one => one !== null)
  return (
    <dl className="facts">
      {trying ? <Measure name={text.facts.folder} value={text.trying} /> : null}
      {trial?.staging ? <Measure name={text.facts.folder} value={text.staging[trial.staging]} /> : null}
      {space.length === 0 ? null : <Measure name={text.facts.space} value={space.join(', ')} />}
      {view?.longest ? <Measure name={text.facts.longest} value={text.longest(view.longest)} /> : null}
      {view?.longest ? <Measure name={text.facts.names} value={text.names[view.names]} /> : null}
    </dl>
  )
}

function Measure({ name, value }: { readonly name: string; readonly value: string }): ReactElement {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
