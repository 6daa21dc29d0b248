import type { ReactElement } from 'react'
import type { ConnectionView, DefinitionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { goTo } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Table } from '../../ui/table.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'
import { requestEditors } from '../definitions/request-editors.tsx'
import { newDestination } from '../extracts/destination.ts'
import { passed } from './check.ts'
import { CheckList } from './check-list.tsx'

const text = words.connections.extractsStep
const columns = [
  { id: 'definition', name: text.definition },
  { id: 'folder', name: text.folder },
  { id: 'actions', name: text.choose, unseen: true },
] as const

/** What the system lists, and where the files of each should go. Each choice is saved at once. */
export function ExtractsStep({ connection }: { readonly connection: ConnectionView }): ReactElement {
  const {
    value: listed,
    error,
    again,
  } = useAnswer(connection.id, () => desk.definitions.refresh(connection.id))
  const kept = requestEditors[connection.system] !== null
  const known = useDefinitions(state => state.all)
  const definitions = listed?.map(one => known.find(other => other.id === one.id) ?? one) ?? null
  return (
    <div className="form form-wide">
      <CheckList results={passed} />
      {error ? (
        <ErrorNote error={error} live>
          <Button onPress={again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      ) : null}
      {definitions === null && !error ? <SkeletonRows rows={4} label={words.shell.loading} /> : null}
      {definitions?.length === 0 ? <p>{kept ? text.noneKept : text.none}</p> : null}
      {definitions && definitions.length > 0 ? (
        <>
          <p>{text.lead(definitions.length)}</p>
          <Table label={words.extracts.tableOf} columns={columns}>
            <tbody>
              {definitions.map(definition => (
                <FolderRow key={definition.id} definition={definition} />
              ))}
            </tbody>
          </Table>
        </>
      ) : null}
      <div className="form-actions">
        {kept ? (
          <Button
            look="primary"
            onPress={() => goTo({ screen: 'new-definition', connectionId: connection.id, jobId: null })}
          >
            {words.definitions.add}
          </Button>
        ) : null}
        <Button look={kept ? 'secondary' : 'primary'} onPress={() => goTo({ screen: 'extracts' })}>
          {text.done}
        </Button>
      </div>
    </div>
  )
}

function FolderRow({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const { destination } = definition
  const choose = useAction(async () => {
    const folder = await desk.settings.chooseFolder()
    if (folder === null) return
    await desk.definitions.saveDestination(definition.id, {
      ...(destination ?? newDestination(folder, useSettings.getState().settings.defaultName)),
      folder,
    })
  })
  return (
    <>
      <tr>
        <td>{definition.name}</td>
        <td className="grow">
          {destination ? destination.folder : <span className="secondary">{text.later}</span>}
        </td>
        <td>
          <div className="row-actions">
            <Button
              aria-label={text.chooseOf(definition.name)}
              isPending={choose.busy}
              onPress={() => choose.run()}
            >
              {text.choose}
            </Button>
          </div>
        </td>
      </tr>
      {choose.error ? (
        <tr className="note-row">
          <td colSpan={columns.length}>
            <ErrorNote error={choose.error} live />
          </td>
        </tr>
      ) : null}
    </>
  )
}
