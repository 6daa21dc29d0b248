import type { ReactElement } from 'react'
import type { ConnectionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { ask, type ConnectionTab, goTo, openConnection, openDoctor } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'
import { CertificateNote, fingerprintOf } from './certificate-note.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { ConnectionJobs } from './connection-jobs.tsx'
import { mayPin } from './draft.ts'
import { ScenarioChoice } from './scenario-choice.tsx'

const text = words.connections

type ConnectionPageProps = { readonly connectionId: string; readonly tab: ConnectionTab }

/** One connection: how it signs in, whether that works, what can be done about it, and what the system runs. */
export function ConnectionPage({ connectionId, tab }: ConnectionPageProps): ReactElement {
  const connection = useConnection(connectionId)
  if (connection) return <KnownConnection connection={connection} tab={tab} />
  return (
    <Page
      title={text.columns.name}
      crumb={{ name: words.shell.connections, onOpen: () => goTo({ screen: 'connections' }) }}
    >
      <div className="page-body">
        <ErrorNote error={{ code: 'not-found', facts: {} }} />
      </div>
    </Page>
  )
}

type KnownConnectionProps = { readonly connection: ConnectionView; readonly tab: ConnectionTab }

function KnownConnection({ connection, tab }: KnownConnectionProps): ReactElement {
  const { id: connectionId, signIn, mark } = connection
  const test = useAction(() => desk.connections.test(connectionId))
  const trouble = test.error ?? signIn.error
  const practice = mark === 'practice'
  return (
    <Page
      title={connection.name}
      crumb={{ name: words.shell.connections, onOpen: () => goTo({ screen: 'connections' }) }}
      beside={<MarkLabel mark={mark} />}
      test={mark === 'test'}
      fixed
      actions={
        <>
          <Button onPress={() => ask({ kind: 'remove-connection', connectionId })}>{text.page.remove}</Button>
          <Button onPress={() => openDoctor(connectionId)}>{text.page.doctor}</Button>
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
      <Tabs
        label={connection.name}
        chosen={tab}
        onChoose={chosen => openConnection(connectionId, chosen)}
        tabs={[
          {
            id: 'about',
            name: text.page.about,
            content: () => (
              <div className="page-scroll">
                <div className="page-body narrow">
                  <Trouble connection={connection} test={test} />
                  <p role="status" className={test.result ? 'callout callout-ok' : 'unseen'}>
                    {test.result ? text.page.tested : ''}
                  </p>
                  <ConnectionFacts connection={connection} />
                  {practice ? <ScenarioChoice key={connectionId} connectionId={connectionId} /> : null}
                </div>
              </div>
            ),
          },
          {
            id: 'jobs',
            name: words.extracts.jobs,
            content: () => <ConnectionJobs connection={connection} />,
          },
        ]}
      />
    </Page>
  )
}

type TroubleProps = {
  readonly connection: ConnectionView
  readonly test: { readonly error: ConnectionView['signIn']['error']; run(): Promise<unknown> }
}

/** What is wrong with it; a certificate that nobody vouches for can be trusted here and tried once more. */
function Trouble({ connection, test }: TroubleProps): ReactElement | null {
  const error = test.error ?? connection.signIn.error
  const pin = useAction(async (sha256: string) => {
    await desk.connections.pin(connection.id, sha256)
    await test.run()
  })
  const fingerprint = error && mayPin(connection.system) ? fingerprintOf(error) : null
  if (!error) return null
  if (fingerprint === null) {
    return (
      <ErrorNote error={error} live={test.error !== null}>
        <Button onPress={() => openDoctor(connection.id)}>{text.page.doctorHelps}</Button>
      </ErrorNote>
    )
  }
  return (
    <>
      <CertificateNote
        key={fingerprint}
        error={error}
        fingerprint={fingerprint}
        busy={pin.busy}
        onTrust={pin.run}
      />
      {pin.error ? <ErrorNote error={pin.error} live /> : null}
    </>
  )
}
