import type { ReactElement } from 'react'
import type { ConnectionView, DefinitionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { signInLook } from '../../format/state.ts'
import { useConnections } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { ask, goTo, openConnection } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink, Table } from '../../ui/table.tsx'
import { useAction } from '../../ui/use-action.ts'
import { requestEditors } from '../definitions/request-editors.tsx'
import { Page } from '../shell/page.tsx'
import { DefinitionRow } from './definition-row.tsx'

const columns = [
  { id: 'definition', name: words.extracts.columns.definition },
  { id: 'job', name: words.extracts.columns.lastJob },
  { id: 'delivery', name: words.extracts.columns.lastDelivery },
  { id: 'rows', name: words.extracts.columns.rows, align: 'end' },
  { id: 'total', name: words.extracts.columns.total, align: 'end' },
  { id: 'next', name: words.schedules.next },
  { id: 'destination', name: words.extracts.columns.destination },
  { id: 'actions', name: words.extracts.columns.actions, unseen: true },
] as const

/** All definitions as one table, by connection. */
export function ExtractsPage(): ReactElement {
  const connections = useConnections(state => state.all)
  const definitions = useDefinitions(state => state.all)
  return (
    <Page title={words.shell.extracts} fixed>
      <div className="table-scroll page-scroll">
        <Table label={words.extracts.tableOf} columns={columns} steady>
          {connections.map(connection => (
            <ConnectionGroup
              key={connection.id}
              connection={connection}
              definitions={shownOf(definitions, connection.id)}
            />
          ))}
        </Table>
      </div>
    </Page>
  )
}

/**
 * What a connection has to show. What the user removed is gone from here; what the system removed may come back, and
 * says so. Jobs of no definition stand last, and only where somebody watches one.
 */
const shownOf = (definitions: readonly DefinitionView[], connectionId: string): readonly DefinitionView[] => {
  const mine = definitions.filter(one => one.connectionId === connectionId)
  return [
    ...mine.filter(({ kind, removed }) => kind === 'server' || (kind === 'kept' && !removed)),
    ...mine.filter(({ kind, lastJob }) => kind === 'others' && lastJob !== null),
  ]
}

type GroupProps = {
  readonly connection: ConnectionView
  readonly definitions: readonly DefinitionView[]
}

function ConnectionGroup({ connection, definitions }: GroupProps): ReactElement {
  const refresh = useAction(() => desk.definitions.refresh(connection.id))
  const { signIn } = connection
  const kept = requestEditors[connection.system] !== null
  return (
    <tbody data-mark={connection.mark}>
      <tr className="group">
        <th scope="rowgroup" colSpan={columns.length}>
          <div className="group-head">
            <RowLink onOpen={() => openConnection(connection.id)}>{connection.name}</RowLink>
            <MarkLabel mark={connection.mark} />
            {signIn.state === 'ok' ? null : <StateMark look={signInLook(signIn)} />}
            <div className="group-actions">
              {kept ? (
                <Button
                  look="quiet"
                  aria-label={words.definitions.addOf(connection.name)}
                  onPress={() => goTo({ screen: 'new-definition', connectionId: connection.id, jobId: null })}
                >
                  {words.definitions.add}
                </Button>
              ) : null}
              <Button
                look="quiet"
                aria-label={words.extracts.allJobsOf(connection.name)}
                onPress={() => openConnection(connection.id, 'jobs')}
              >
                {words.extracts.allJobs}
              </Button>
              {signIn.state === 'refused' || signIn.state === 'expired' ? (
                <Button onPress={() => ask({ kind: 'sign-in', connectionId: connection.id })}>
                  {words.connections.page.signIn}
                </Button>
              ) : kept ? null : (
                <Button
                  look="quiet"
                  isPending={refresh.busy}
                  aria-label={words.extracts.refreshOf(connection.name)}
                  onPress={() => refresh.run()}
                >
                  {words.extracts.refresh}
                </Button>
              )}
            </div>
          </div>
        </th>
      </tr>
      {refresh.error ? (
        <tr className="note-row">
          <td colSpan={columns.length}>
            <ErrorNote error={refresh.error} live />
          </td>
        </tr>
      ) : null}
      {definitions.map(definition => (
        <DefinitionRow key={definition.id} definition={definition} />
      ))}
      {definitions.length === 0 && !refresh.error ? (
        <tr className="note-row">
          <td colSpan={columns.length} className="secondary">
            {kept ? words.extracts.noneKept : words.extracts.none}
          </td>
        </tr>
      ) : null}
    </tbody>
  )
}
