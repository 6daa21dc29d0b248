import type { ReactElement } from 'react'
import type { ConnectionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { signInLook } from '../../format/state.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { ask, goTo } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyText } from '../../ui/copy.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink } from '../../ui/table.tsx'
import { useAction } from '../../ui/use-action.ts'
import { inPairs } from './certificate-note.tsx'
import { Expiry } from './connections-page.tsx'
import { hasFolders } from './draft.ts'

const text = words.connections

/** What is known of a connection, and what of it can be changed. */
export function ConnectionFacts({ connection }: { readonly connection: ConnectionView }): ReactElement {
  const { signIn, system, auth, certificateSha256 } = connection
  const definitions = useDefinitions(state => state.all).filter(
    one => one.connectionId === connection.id && one.kind !== 'others' && !one.removed,
  )
  return (
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
      <dd>{words.states.systems[system]}</dd>
      <dt>{text.page.kind}</dt>
      <dd>{text.kindOf(system, auth).name}</dd>
      <dt>{text.page.address}</dt>
      <dd className="breakable">{connection.url}</dd>
      {certificateSha256 === null ? null : (
        <>
          <dt>{text.certificate.pinned}</dt>
          <Pinned connectionId={connection.id} certificateSha256={certificateSha256} />
        </>
      )}
      {hasFolders(system) ? (
        <>
          <dt>{text.maps.label}</dt>
          <Folders connection={connection} />
        </>
      ) : null}
      <dt>{text.page.definitions}</dt>
      <dd>
        <RowLink onOpen={() => goTo({ screen: 'extracts' })}>{text.definitions(definitions.length)}</RowLink>
      </dd>
    </dl>
  )
}

type PinnedProps = { readonly connectionId: string; readonly certificateSha256: string }

function Pinned({ connectionId, certificateSha256 }: PinnedProps): ReactElement {
  const forget = useAction(() => desk.connections.pin(connectionId, null))
  return (
    <dd>
      <p className="secondary">{text.certificate.pinnedWhat}</p>
      <p>
        <CopyText text={inPairs(certificateSha256)} what={text.certificate.fingerprint} whole />
      </p>
      <Button isPending={forget.busy} onPress={() => forget.run()}>
        {text.certificate.forget}
      </Button>
      {forget.error ? <ErrorNote error={forget.error} live /> : null}
    </dd>
  )
}

function Folders({ connection }: { readonly connection: ConnectionView }): ReactElement {
  const { id: connectionId, outputMaps } = connection
  return (
    <dd>
      {outputMaps.length === 0 ? <p className="tone-attention">{text.maps.noneYet}</p> : null}
      {outputMaps.map(({ server, local }) => (
        <p key={server} className="breakable">
          <code>{server}</code> → <code>{local}</code>
        </p>
      ))}
      <Button onPress={() => ask({ kind: 'map-folders', connectionId })}>{text.maps.change}</Button>
    </dd>
  )
}
