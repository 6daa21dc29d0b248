import type { ReactElement } from 'react'
import type { ConnectionView, SignInView } from '../../../preload/contract/types.ts'
import { systemNames } from '../../../preload/contract/words.ts'
import { desk } from '../../bridge.ts'
import { signInLook } from '../../format/state.ts'
import { useConnections } from '../../stores/connections.ts'
import { goTo, openConnection } from '../../stores/place.ts'
import { useSettings } from '../../stores/settings.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { useNow } from '../../ui/now.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink, Table } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'

const text = words.connections
const columns = [
  { id: 'name', name: text.columns.name },
  { id: 'mark', name: text.columns.mark },
  { id: 'system', name: text.columns.system },
  { id: 'sign-in', name: text.columns.signIn },
  { id: 'expires', name: text.columns.expires },
  { id: 'secrets', name: text.columns.secrets },
  { id: 'address', name: text.columns.address },
] as const

/** All connections, how each is signed in and until when. */
export function ConnectionsPage(): ReactElement {
  const connections = useConnections(state => state.all)
  const mayPractise = useSettings(state => state.status.managed.practice)
  const practise = useAction(async () => {
    const [first] = await desk.connections.practise()
    if (first) openConnection(first.id)
  })
  const practised = new Set(connections.filter(({ mark }) => mark === 'practice').map(({ system }) => system))
  return (
    <Page
      title={words.shell.connections}
      fixed
      actions={
        <>
          {practised.size === systemNames.length || !mayPractise ? null : (
            <Button isPending={practise.busy} onPress={() => practise.run()}>
              {text.practise}
            </Button>
          )}
          <Button look="primary" onPress={() => goTo({ screen: 'add-connection' })}>
            {text.add}
          </Button>
        </>
      }
    >
      {practise.error ? (
        <div className="page-note">
          <ErrorNote error={practise.error} live />
        </div>
      ) : null}
      <div className="table-scroll page-scroll">
        <Table label={text.tableOf} columns={columns}>
          <tbody>
            {connections.map(connection => (
              <ConnectionRow key={connection.id} connection={connection} />
            ))}
          </tbody>
        </Table>
      </div>
    </Page>
  )
}

function ConnectionRow({ connection }: { readonly connection: ConnectionView }): ReactElement {
  return (
    <tr>
      <td className="grow">
        <RowLink hint={connection.url} onOpen={() => openConnection(connection.id)}>
          {connection.name}
        </RowLink>
      </td>
      <td>
        <MarkLabel mark={connection.mark} />
      </td>
      <td>{words.states.systems[connection.system]}</td>
      <td>
        <StateMark look={signInLook(connection.signIn)} />
      </td>
      <td>
        <Expiry signIn={connection.signIn} inRow />
      </td>
      <td className="secondary col-secrets">{text.secrets[connection.secrets]}</td>
      <td className="grow secondary col-address">{new URL(connection.url).host}</td>
    </tr>
  )
}

const DAY = 86_400_000
/** From here on the days are counted. */
const SOON = 14 * DAY

/** When the sign-in ends: the day, and how long that is where it is soon. */
export function Expiry({
  signIn,
  inRow = false,
}: {
  readonly signIn: SignInView
  readonly inRow?: boolean
}): ReactElement {
  const now = useNow()
  const { expiresAt } = signIn
  if (expiresAt === null) return <span className="secondary">{text.noExpiry}</span>
  const left = expiresAt - now
  return (
    <span className="state-and-time">
      <Time at={expiresAt} inRow={inRow} />
      {left < SOON ? (
        <span className="tone-attention">
          {left > 0 ? text.expiresIn(Math.floor(left / DAY)) : text.expired}
        </span>
      ) : null}
    </span>
  )
}
