import type { ReactElement, ReactNode } from 'react'
import type { ConnectionView } from '../../../preload/contract/types.ts'
import { useActivity } from '../../stores/activity.ts'
import { useConnections } from '../../stores/connections.ts'
import { goTo, openConnection, type Page, usePlace } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { ShapeIcon } from '../../ui/icons.tsx'
import { command, commandAria } from '../../ui/keys.ts'

/** Which entry of the rail a page belongs to. */
const inner: Partial<Record<Page['screen'], Page['screen']>> = {
  definition: 'extracts',
  'new-definition': 'extracts',
  'edit-definition': 'extracts',
  schedule: 'schedules',
  'new-schedule': 'schedules',
  'add-connection': 'connections',
}
const entryOf = (page: Page): Page['screen'] => inner[page.screen] ?? page.screen

export function Rail(): ReactElement {
  const needs = useActivity(state => state.needs.length)
  const connections = useConnections(state => state.all)
  const page = usePlace(state => state.page)
  const entry = entryOf(page)
  const shell = words.shell
  return (
    <nav className="rail" aria-label={shell.rail}>
      <p className="rail-name">{shell.app}</p>
      <ul className="rail-list">
        <RailItem
          keys="1"
          name={shell.today}
          current={entry === 'today'}
          onOpen={() => goTo({ screen: 'today' })}
        >
          <span className="rail-word">{shell.today}</span>
          {needs > 0 ? (
            <span className="rail-count">
              <span aria-hidden="true">{needs}</span>
              <span className="unseen">{shell.needsYou(needs)}</span>
            </span>
          ) : null}
        </RailItem>
        <RailItem
          keys="2"
          name={shell.extracts}
          current={entry === 'extracts'}
          onOpen={() => goTo({ screen: 'extracts' })}
        >
          <span className="rail-word">{shell.extracts}</span>
        </RailItem>
        <RailItem
          keys="3"
          name={shell.history}
          current={entry === 'history'}
          onOpen={() => goTo({ screen: 'history' })}
        >
          <span className="rail-word">{shell.history}</span>
        </RailItem>
        <RailItem
          keys="4"
          name={shell.schedules}
          current={entry === 'schedules'}
          onOpen={() => goTo({ screen: 'schedules' })}
        >
          <span className="rail-word">{shell.schedules}</span>
        </RailItem>
      </ul>
      <ul className="rail-list rail-connections">
        <RailItem
          keys="5"
          name={shell.connections}
          current={entry === 'connections'}
          onOpen={() => goTo({ screen: 'connections' })}
        >
          <span className="rail-word">{shell.connections}</span>
        </RailItem>
        {connections.map(connection => (
          <RailConnection
            key={connection.id}
            connection={connection}
            current={page.screen === 'connection' && page.connectionId === connection.id}
          />
        ))}
      </ul>
      <ul className="rail-list rail-last">
        <RailItem
          keys=","
          name={shell.settings}
          current={entry === 'settings'}
          onOpen={() => goTo({ screen: 'settings' })}
        >
          <span className="rail-word">{shell.settings}</span>
        </RailItem>
      </ul>
    </nav>
  )
}

type RailItemProps = {
  readonly current: boolean
  readonly onOpen: () => void
  readonly inner?: boolean
  /** With the key that goes there, both are shown on hover and focus. */
  readonly name?: string
  readonly keys?: string
  readonly children: ReactNode
}

function RailItem({ current, onOpen, inner = false, name, keys, children }: RailItemProps): ReactElement {
  const shortcut =
    name === undefined || keys === undefined
      ? {}
      : {
          'data-hint': words.keyboard.withKeys(name, command(keys)),
          'aria-keyshortcuts': commandAria(keys),
        }
  return (
    <li>
      <button
        type="button"
        className={inner ? 'rail-item rail-inner' : 'rail-item'}
        aria-current={current ? 'page' : undefined}
        onClick={onOpen}
        {...shortcut}
      >
        {children}
      </button>
    </li>
  )
}

function RailConnection({
  connection,
  current,
}: {
  readonly connection: ConnectionView
  readonly current: boolean
}): ReactElement {
  const trouble = connection.signIn.state === 'refused' || connection.signIn.state === 'expired'
  return (
    <RailItem current={current} inner onOpen={() => openConnection(connection.id)}>
      <span className="rail-word">{connection.name}</span>
      {trouble ? (
        <span className="tone-attention">
          <ShapeIcon shape="needs-you" />
          <span className="unseen">{words.shell.connectionNeedsYou}</span>
        </span>
      ) : null}
    </RailItem>
  )
}
