import { type ReactElement, useState } from 'react'
import type { ConnectionView, NewDefinition } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { goTo, leaveTo } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'
import { Page } from '../shell/page.tsx'
import { DefinitionForm } from './definition-form.tsx'
import { type RequestEditor, requestEditors } from './request-editors.tsx'

const text = words.definitions

type NewDefinitionPageProps = {
  readonly connectionId: string
  /** The job that is to be run again; null: the form begins empty. */
  readonly jobId: string | null
}

/** A definition that we keep: typed, out of a request file, or as an earlier job asked. */
export function NewDefinitionPage({ connectionId, jobId }: NewDefinitionPageProps): ReactElement {
  const connection = useConnection(connectionId)
  const editor = connection && requestEditors[connection.system]
  const crumb = { name: words.shell.extracts, onOpen: () => goTo({ screen: 'extracts' }) }
  const file = useAction(desk.definitions.chooseFile)
  if (!connection || !editor) {
    return (
      <Page title={text.addTitle} crumb={crumb}>
        <div className="page-body">
          <ErrorNote error={{ code: connection ? 'not-supported' : 'not-found', facts: {} }} />
        </div>
      </Page>
    )
  }
  return (
    <Page
      title={text.addTitle}
      crumb={crumb}
      beside={<MarkLabel mark={connection.mark} />}
      test={connection.mark === 'test'}
      about={connection.name}
      actions={
        <Button isPending={file.busy} onPress={() => file.run()}>
          {text.form.fromFile}
        </Button>
      }
    >
      {file.error ? (
        <div className="page-note">
          <ErrorNote error={file.error} live />
        </div>
      ) : null}
      <Start connection={connection} editor={editor} jobId={jobId} file={file.result} />
    </Page>
  )
}

type StartProps = {
  readonly connection: ConnectionView
  readonly editor: RequestEditor
  readonly jobId: string | null
  readonly file: NewDefinition | null
}

/** The form with what it begins with: a file that was opened last, else the earlier job, else nothing. */
function Start({ connection, editor, jobId, file }: StartProps): ReactElement {
  const earlier = useAnswer(jobId ?? '', async () => ({
    request: jobId === null ? null : await desk.jobs.requestOf(jobId),
  }))
  const [empty] = useState<NewDefinition>(() => ({ name: '', request: editor.empty() }))
  const save = async (definition: NewDefinition) => {
    const added = await desk.definitions.add(connection.id, definition)
    leaveTo({ screen: 'definition', definitionId: added.id, tab: 'destination' })
    return added
  }
  if (file) {
    return <DefinitionForm key={JSON.stringify(file)} editor={editor} start={file} filled onSave={save} />
  }
  if (jobId !== null && earlier.value === null && earlier.error === null) {
    return <SkeletonRows rows={6} label={text.form.reading} />
  }
  const request = earlier.value?.request ?? null
  const start: NewDefinition = request ? { name: nameIn(request), request } : empty
  return (
    <>
      {jobId === null ? null : (
        <div className="page-note">
          {earlier.error ? (
            <ErrorNote error={earlier.error} />
          ) : (
            <p>{request ? text.form.ofJob : text.form.ofJobNone}</p>
          )}
        </div>
      )}
      <DefinitionForm editor={editor} start={start} filled={request !== null} onSave={save} />
    </>
  )
}

const nameIn = ({ name }: NewDefinition['request']): string => (typeof name === 'string' ? name : '')
