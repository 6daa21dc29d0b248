import { type FormEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import type { DefinitionView, KeptRequest, NewDefinition } from '../../../preload/contract/types.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/fields.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useUnsaved } from '../../ui/use-unsaved.ts'
import type { RequestEditor } from './request-editors.tsx'

const text = words.definitions.form

type DefinitionFormProps = {
  readonly editor: RequestEditor
  /** What it begins with. */
  readonly start: NewDefinition
  /** Something is in it that would be lost though nobody typed it: out of a file, or of an earlier job. */
  readonly filled: boolean
  /** Saves it, and goes to where it is shown. */
  readonly onSave: (definition: NewDefinition) => Promise<DefinitionView>
}

/** A definition's name and its request. Its system checks it strictly; what is wrong is said at its field. */
export function DefinitionForm({ editor, start, filled, onSave }: DefinitionFormProps): ReactElement {
  const [name, setName] = useState(start.name)
  const [request, setRequest] = useState<KeptRequest>(start.request)
  const [tried, setTried] = useState(false)
  const save = useAction(onSave)
  const changed = name !== start.name || JSON.stringify(request) !== JSON.stringify(start.request)
  useUnsaved((filled || changed) && save.result === null)
  const refused = save.error?.code === 'bad-input' ? fieldOf(save.error.facts.field) : null
  const nameProblem = refused === 'name' ? text.wrong : tried && name.trim() === '' ? text.needed : null
  const form = useRef<HTMLFormElement>(null)
  /** What was refused stands at a field that is shown, and is said there. */
  const [placed, setPlaced] = useState(false)
  const { error } = save
  useEffect(() => {
    const wrong = error && form.current?.querySelector<HTMLElement>('[aria-invalid="true"], p.field-problem')
    setPlaced(error?.code === 'bad-input' && !!wrong)
    // It may be far up; nobody should have to look for it.
    wrong?.focus()
    wrong?.scrollIntoView({ block: 'center' })
  }, [error])
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name.trim() !== '') void save.run({ name: name.trim(), request: editor.named(request, name) })
  }
  return (
    <form className="form" onSubmit={onSubmit} noValidate ref={form}>
      <TextField
        label={text.name}
        what={text.nameWhat}
        value={name}
        onChange={setName}
        problem={nameProblem}
        autoFocus
      />
      <editor.Editor request={start.request} onChange={setRequest} refused={refused} />
      {error && !placed ? <ErrorNote error={error} live /> : null}
      <div className="form-actions">
        <Button look="primary" type="submit" isPending={save.busy}>
          {save.busy ? text.saving : text.save}
        </Button>
      </div>
    </form>
  )
}

/** `objects.0.fields` and `objects[0].fields` are one place. */
const fieldOf = (field: string | number | boolean | undefined): string | null =>
  typeof field === 'string' ? field.replace(/\.(\d+)(?=\.|\[|$)/g, '[$1]') : null
