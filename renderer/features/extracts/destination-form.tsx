import { type FormEvent, type ReactElement, useState } from 'react'
import type { DefinitionView, Destination } from '../../../preload/contract/types.ts'
import { conflictPolicies, nameCodePages } from '../../../preload/contract/words.ts'
import { desk } from '../../bridge.ts'
import { useSettings } from '../../stores/settings.ts'
import { offerUndo } from '../../stores/undo.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Checkbox, Select, TextField } from '../../ui/fields.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useUnsaved } from '../../ui/use-unsaved.ts'
import { newDestination } from './destination.ts'
import { DryRun } from './dry-run.tsx'
import { type NameProblems, noNameProblems } from './name-problems.ts'

const text = words.extracts.form

/** Where and how a definition's files are saved, with what the next delivery would do there. */
export function DestinationForm({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const { defaultFolder, defaultName } = useSettings(state => state.settings)
  const [saved, setSaved] = useState(definition.destination)
  const [draft, setDraft] = useState<Destination>(
    () => definition.destination ?? newDestination(defaultFolder ?? '', defaultName),
  )
  const change = (patch: Partial<Destination>) => setDraft(before => ({ ...before, ...patch }))
  const show = (view: DefinitionView) => {
    setSaved(view.destination)
    setDraft(last => view.destination ?? last)
  }
  const save = useAction(async () => {
    const before = saved
    show(await desk.definitions.saveDestination(definition.id, draft))
    if (before === null) return
    offerUndo(words.keyboard.undo.destination(definition.name), async () =>
      show(await desk.definitions.saveDestination(definition.id, before)),
    )
  })
  const choose = useAction(async () => {
    const folder = await desk.settings.chooseFolder()
    if (folder !== null) change({ folder })
  })
  const watch = useAction((on: boolean) => desk.definitions.watch(definition.id, on))
  const unsaved = JSON.stringify(draft) !== JSON.stringify(saved)
  const [first] = useState(draft)
  useUnsaved(unsaved && JSON.stringify(draft) !== JSON.stringify(saved ?? first))
  /** What the dry run finds wrong with a name, by the field that says it. */
  const [wrong, setWrong] = useState<NameProblems>(noNameProblems)
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void save.run()
  }
  const error = save.error ?? choose.error ?? watch.error
  return (
    <form className="form page-scroll" onSubmit={onSubmit} noValidate>
      <FolderChoice folder={draft.folder} busy={choose.busy} onChoose={() => choose.run()} />
      <TextField
        label={text.name}
        what={text.nameWhat}
        value={draft.name}
        onChange={name => change({ name })}
        problem={wrong.name}
        mono
      />
      <Select
        label={text.conflict}
        options={conflictPolicies.map(id => ({ id, name: text.conflicts[id] }))}
        value={draft.onConflict}
        onChange={onConflict => change({ onConflict })}
      />
      <div className="choices">
        <Checkbox checked={draft.unzip} onChange={unzip => change({ unzip })}>
          {text.unzip}
        </Checkbox>
        <div className="indented">
          <Checkbox
            checked={draft.keepArchive}
            onChange={keepArchive => change({ keepArchive })}
            disabled={!draft.unzip}
          >
            {text.keepArchive}
          </Checkbox>
        </div>
        {draft.unzip ? (
          <div className="indented">
            <Select
              label={text.archiveNames}
              what={text.archiveNamesWhat}
              options={nameCodePages.map(id => ({ id, name: text.codePages[id] }))}
              value={draft.archiveNames}
              onChange={archiveNames => change({ archiveNames })}
            />
          </div>
        ) : null}
        <Checkbox
          checked={draft.marker !== null}
          onChange={on => change({ marker: on ? text.markerDefault : null })}
        >
          {text.marker}
        </Checkbox>
        {draft.marker === null ? null : (
          <div className="indented">
            <TextField
              label={text.markerName}
              value={draft.marker}
              onChange={marker => change({ marker })}
              problem={wrong.marker}
              mono
            />
          </div>
        )}
        <Checkbox checked={draft.allowEmpty} onChange={allowEmpty => change({ allowEmpty })}>
          {text.allowEmpty}
        </Checkbox>
        <Checkbox
          checked={draft.acceptFewerRows}
          onChange={acceptFewerRows => change({ acceptFewerRows })}
          what={text.acceptFewerRowsWhat}
        >
          {text.acceptFewerRows}
        </Checkbox>
        <Checkbox checked={definition.watch} onChange={on => watch.run(on)} what={text.watchWhat}>
          {text.watch}
        </Checkbox>
      </div>
      <DryRun destination={draft} definitionId={definition.id} onChange={change} onNames={setWrong} />
      {error ? <ErrorNote error={error} live /> : null}
      <div className="form-actions">
        <Button
          look="primary"
          type="submit"
          isDisabled={!unsaved || draft.folder === '' || wrong.name !== null || wrong.marker !== null}
          isPending={save.busy}
        >
          {text.save}
        </Button>
        <span role="status" className="secondary">
          {unsaved ? (saved ? text.unsaved : '') : text.saved}
        </span>
      </div>
    </form>
  )
}

type FolderChoiceProps = { readonly folder: string; readonly busy: boolean; readonly onChoose: () => void }

/** Chosen in the native dialog and never typed: main takes no folder that the user did not pick there. */
function FolderChoice({ folder, busy, onChoose }: FolderChoiceProps): ReactElement {
  return (
    <div className="field">
      <span className="field-label">{text.folder}</span>
      <div className="with-button">
        <output className="input input-shown breakable">{folder === '' ? text.noFolder : folder}</output>
        <Button onPress={onChoose} isPending={busy} aria-label={text.chooseFolder}>
          <Icon name="folder" />
          {text.choose}
        </Button>
      </div>
      <p className="field-what">{text.folderWhat}</p>
    </div>
  )
}
