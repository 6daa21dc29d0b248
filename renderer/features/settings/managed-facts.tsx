import type { ReactElement } from 'react'
import type { ManagedView } from '../../../preload/contract/managed.ts'
import { words } from '../../text.ts'

const text = words.settings.managed

/** Whether IT has decided anything for this computer. */
export const isManaged = ({
  settings,
  allowedHosts,
  practice,
  connections,
  updates,
  unreadable,
}: ManagedView): boolean =>
  settings.length + unreadable.length > 0 ||
  allowedHosts !== null ||
  !practice ||
  connections === 'fixed' ||
  updates === 'off' ||
  updates.channel !== null ||
  updates.url !== null

/** What IT has decided, to be read only. */
export function ManagedFacts({ managed }: { readonly managed: ManagedView }): ReactElement {
  const { settings, allowedHosts, practice, connections, updates, unreadable } = managed
  return (
    <>
      <p className="field-what">{text.what}</p>
      {unreadable.length > 0 ? <p role="alert">{text.unreadable(unreadable)}</p> : null}
      <dl className="facts">
        <dt>{text.hosts}</dt>
        <dd className="breakable">{allowedHosts === null ? text.anyHost : text.onlyHosts(allowedHosts)}</dd>
        <dt>{text.connections}</dt>
        <dd>{text.connectionsAre[connections]}</dd>
        <dt>{text.updates}</dt>
        <dd className="breakable">
          {updates === 'off' ? text.updatesOff : text.updatesFrom(updates.url, updates.channel)}
        </dd>
        <dt>{text.practice}</dt>
        <dd>{practice ? text.allowed : text.off}</dd>
        <dt>{text.settings}</dt>
        <dd>
          {settings.length === 0
            ? text.none
            : settings.map(name => text.settingNames[name] ?? name).join(', ')}
        </dd>
      </dl>
    </>
  )
}
