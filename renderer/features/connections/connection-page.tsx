import type { ReactElement } from 'react'
import { desk } from '../../bridge.ts'
import { signInLook } from '../../format/state.ts'
import { useConnection } from '../../stores/connections.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { ask, goTo } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink } from '../../ui/table.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'
import { Expiry } from './connections-page.tsx'
import { ScenarioChoice } from './scenario-choice.tsx'

const text = words.connections

/** One connection: how it signs in, whether that works, and what can be done about it. */
export function ConnectionPage({ connectionId }: { readonly connectionId: string }): ReactElement {
  const connection = useConnection(connectionId)
  const definitions = useDefinitions(state => state.all).filter(one => one.connectionId === connectionId)
  const test = useAction(() => desk.connections.test(connectionId))
  const crumb = { name: words.shell.connections, onOpen: () => goTo({ screen: 'connections' }) }
  if (!connection) {
    return (
      <Page title={text.columns.name} crumb={crumb}>
        <div className="page-body">
          <ErrorNote error={{ code: 'not-found', facts: {} }} />
        </div>
      </Page>
    )
  }
  const { signIn } = connection
  const trouble = test.error ?? signIn.error
  const practice = connection.mark === 'practice'
  return (
    <Page
      title={connection.name}
      crumb={crumb}
      beside={<MarkLabel mark={connection.mark} />}
      test={connection.mark === 'test'}
      actions={
        <>
          <Button onPress={() => ask({ kind: 'remove-connection', connectionId })}>{text.page.remove}</Button>
          {practice ? null : (
            <Button
              look={trouble ? 'primary' : 'secondary'}
              onPress={() => ask({ kind: 'sign-in', connectionId })}
            >
              {text.page.signIn}
            </Button>
          )}
          <Button look={trouble ? 'secondary' : 'primary'} isPending={test.busy} onPress={() => test.run()}>
            {test.busy ? text.page.testing : text.page.test}
          </Button>
        </>
      }
    >
      <div className="page-body narrow">
        {trouble ? <ErrorNote error={trouble} live={test.error !== null} /> : null}
        <p role="status" className={test.result ? 'callout callout-ok' : 'unseen'}>
          {test.result ? text.page.tested : ''}
        </p>
        <dl className="facts facts-page">
          <dt>{text.page.state}</dt>
          <dd>
            <StateMark look={signInLook(signIn)} />
          </dd>
          <dt>{text.page.expires}</dt>
          <dd>
            <Expiry signIn={signIn} />
          </dd>
          <dt>{text.page.secrets}</dt>
          <dd>{text.secrets[connection.secrets]}</dd>
          <dt>{text.page.system}</dt>
          <dd>{words.states.systems[connection.system]}</dd>
          <dt>{text.page.kind}</dt>
          <dd>{text.kinds[connection.auth].name}</dd>
          <dt>{text.page.address}</dt>
          <dd className="breakable">{connection.url}</dd>
          <dt>{text.page.definitions}</dt>
          <dd>
            <RowLink onOpen={() => goTo({ screen: 'extracts' })}>
              {text.definitions(definitions.length)}
            </RowLink>
          </dd>
        </dl>
        {practice ? <ScenarioChoice key={connectionId} connectionId={connectionId} /> : null}
      </div>
    </Page>
  )
}
