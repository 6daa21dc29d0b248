import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { useDefinition } from '../../stores/definitions.ts'
import { leaveTo, openDefinition } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { Page } from '../shell/page.tsx'
import { DefinitionForm } from './definition-form.tsx'
import { requestEditors } from './request-editors.tsx'

const text = words.definitions

/** Another name or another request for a definition that we keep. Its past runs stay what they were. */
export function EditDefinitionPage({ definitionId }: { readonly definitionId: string }): ReactElement {
  const definition = useDefinition(definitionId)
  const connection = useConnection(definition?.connectionId ?? null)
  const editor = connection && requestEditors[connection.system]
  const request = definition?.request ?? null
  return (
    <Page
      title={text.editTitle}
      crumb={{ name: definition?.name ?? '', onOpen: () => openDefinition(definitionId, 'request') }}
      beside={connection ? <MarkLabel mark={connection.mark} /> : null}
      test={connection?.mark === 'test'}
    >
      {definition && editor && request ? (
        <DefinitionForm
          editor={editor}
          start={{ name: definition.name, request }}
          filled={false}
          onSave={async changed => {
            const saved = await desk.definitions.change(definitionId, changed)
            leaveTo({ screen: 'definition', definitionId, tab: 'request' })
            return saved
          }}
        />
      ) : (
        <div className="page-body">
          <ErrorNote error={{ code: 'not-found', facts: {} }} />
        </div>
      )}
    </Page>
  )
}
