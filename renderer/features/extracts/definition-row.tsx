import type { ReactElement } from 'react'
import type { DefinitionView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { shortFolder } from '../../format/paths.ts'
import { lookOf } from '../../format/state.ts'
import { fullTime, localZone } from '../../format/time.ts'
import { ask, goTo, openDefinition } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Icon } from '../../ui/icons.tsx'
import { type MenuAction, MoreMenu } from '../../ui/menu.tsx'
import { Count, Money } from '../../ui/money.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'
import { NextTime } from '../schedules/next-run.tsx'

/** One definition. *Run* is always to be seen, since it is what people come for; the rarer acts are behind the dots. */
export function DefinitionRow({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const act = useAction((work: () => Promise<unknown>) => work())
  const { lastJob, lastReceipt, destination, starts } = definition
  const lastAt = lastJob ? (lastJob.startedAt?.at ?? lastJob.knownAt) : null
  const text = words.extracts
  return (
    <>
      <tr>
        <td className="grow">
          <span className="name-and-tags">
            <RowLink
              {...(lastAt === null ? {} : { hint: text.lastRun(fullTime(lastAt, localZone())) })}
              onOpen={() => openDefinition(definition.id)}
            >
              {definition.name}
            </RowLink>
            {definition.favourite ? (
              <span className="watched star-mark" data-hint={text.favourite.on}>
                <Icon name="star" />
                <span className="unseen">{text.favourite.mark}</span>
              </span>
            ) : null}
            {definition.watch ? (
              <span className="watched" data-hint={text.watchedWhat}>
                <Icon name="watch" />
                <span className="unseen">{text.watchedWhat}</span>
              </span>
            ) : null}
            {definition.removed ? (
              <span className="tag" data-hint={text.removedWhat}>
                {text.removed}
              </span>
            ) : null}
          </span>
        </td>
        <td>
          {lastJob && lastAt !== null ? (
            <span className="state-and-time">
              <StateMark look={lookOf(lastJob)} />
              <span className="secondary">
                <Time at={lastAt} inRow />
              </span>
            </span>
          ) : (
            <span className="secondary">{definition.jobsRead ? text.noneKnown : text.notRead}</span>
          )}
        </td>
        <td className="col-delivery">{lastReceipt ? <Time at={lastReceipt.deliveredAt} inRow /> : null}</td>
        <td className="end col-rows">
          <Count n={lastReceipt?.rows ?? null} />
        </td>
        <td className="end col-total">
          <Money amount={lastReceipt?.total ?? null} />
        </td>
        <td className="col-next">
          <NextTime definitionId={definition.id} />
        </td>
        <td className="col-destination">
          {destination ? (
            <span className="short-folder" data-hint={destination.folder}>
              {shortFolder(destination.folder)}
            </span>
          ) : (
            <span className="secondary">{text.noFolder}</span>
          )}
        </td>
        <td>
          <div className="row-actions">
            {definition.removed || definition.kind === 'others' ? null : (
              <Button
                aria-label={starts ? text.runOf(definition.name) : text.saveNewestOf(definition.name)}
                onPress={() => ask({ kind: 'run', definitionId: definition.id })}
              >
                {starts ? text.run : text.saveNewest}
              </Button>
            )}
            <MoreMenu label={words.shell.more(definition.name)} actions={actionsFor(definition, act.run)} />
          </div>
        </td>
      </tr>
      {act.error ? (
        <tr className="note-row">
          <td colSpan={8}>
            <ErrorNote error={act.error} live />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function actionsFor(
  definition: DefinitionView,
  act: (work: () => Promise<unknown>) => Promise<unknown>,
): readonly MenuAction[] {
  const { id, lastJob, watch, favourite } = definition
  const text = words.extracts
  const deliverable = lastJob?.state === 'completed' && lastJob.delivery === null
  return [
    ...(deliverable
      ? [
          {
            id: 'deliver',
            name: text.deliverLatest,
            onAction: () => void act(() => desk.jobs.deliver(lastJob.id, false)),
          },
        ]
      : []),
    { id: 'destination', name: text.openDestination, onAction: () => openDefinition(id, 'destination') },
    ...(definition.removed || definition.kind === 'others'
      ? []
      : [
          {
            id: 'schedule',
            name: words.schedules.scheduleOf,
            onAction: () => goTo({ screen: 'new-schedule', definitionId: id }),
          },
        ]),
    ...(definition.kind === 'kept' && !definition.removed
      ? [
          {
            id: 'edit',
            name: words.definitions.edit,
            onAction: () => goTo({ screen: 'edit-definition', definitionId: id }),
          },
          {
            id: 'remove',
            name: words.definitions.remove,
            onAction: () => ask({ kind: 'remove-definition', definitionId: id }),
          },
        ]
      : []),
    ...(definition.removed || definition.kind === 'others'
      ? []
      : [
          {
            id: 'favourite',
            name: favourite ? text.favourite.remove : text.favourite.add,
            onAction: () => void act(() => desk.definitions.favourite(id, !favourite)),
          },
        ]),
    {
      id: 'watch',
      name: watch ? text.watchOff : text.watchOn,
      onAction: () => void act(() => desk.definitions.watch(id, !watch)),
    },
  ]
}
