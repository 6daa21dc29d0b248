import type { ReactElement } from 'react'
import type { DueItemView, DueView, ScheduleView } from '../../../preload/contract/schedules.ts'
import { desk } from '../../bridge.ts'
import { dueLook } from '../../format/due.ts'
import { lookOf } from '../../format/state.ts'
import { shortTime, timeWithin } from '../../format/time.ts'
import { openDefinition } from '../../stores/place.ts'
import { errorText, schedule as sentences, words } from '../../text.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useNow } from '../../ui/now.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink, Table } from '../../ui/table.tsx'
import { useAnswer } from '../../ui/use-answer.ts'
import { ZoneTime } from './zone-time.tsx'

const text = words.schedules.ledger
const columns = [
  { id: 'due', name: text.columns.due },
  { id: 'state', name: text.columns.outcome },
  { id: 'what', name: text.columns.what },
  { id: 'note', name: text.columns.note },
] as const

/** Every due time of a schedule with how it ended, newest first. */
export function LedgerTable({ schedule }: { readonly schedule: ScheduleView }): ReactElement {
  // Whatever the mirror was told of it changes the key, so that the list is asked for again.
  const key = JSON.stringify([schedule.id, schedule.last, schedule.open])
  const { value, error } = useAnswer(key, () => desk.schedules.ledger(schedule.id), true)
  if (value === null) {
    return error ? (
      <div className="page-note">
        <ErrorNote error={error} live />
      </div>
    ) : (
      <SkeletonRows rows={6} label={words.shell.loading} />
    )
  }
  if (value.length === 0) return <EmptyState title={text.none} what={text.noneWhat} />
  return (
    <div className="table-scroll page-scroll">
      <Table label={text.tableOf(schedule.name)} columns={columns}>
        <tbody>
          {value.map(due => (
            <DueRow key={due.dueAt} due={due} zone={schedule.timetable.zone} />
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function DueRow({ due, zone }: { readonly due: DueView; readonly zone: string }): ReactElement {
  const now = useNow()
  return (
    <tr>
      <td>
        {due.until === null ? (
          <ZoneTime at={due.dueAt} zone={zone} inRow />
        ) : (
          text.until(shortTime(due.dueAt, now, zone), shortTime(due.until, now, zone))
        )}
      </td>
      <td>
        <StateMark look={dueLook(due)} />
      </td>
      <td className="grow">
        <ul className="due-items">
          {due.items.filter(hasSomething).map(item => (
            <Item key={item.definitionId} item={item} />
          ))}
        </ul>
      </td>
      <td className="grow">
        <Note due={due} now={now} zone={zone} />
      </td>
    </tr>
  )
}

const hasSomething = ({ job, error }: DueItemView): boolean => job !== null || error !== null

function Item({ item }: { readonly item: DueItemView }): ReactElement {
  const { definitionId, definitionName, job, error } = item
  return (
    <li>
      <RowLink onOpen={() => openDefinition(definitionId)}>{definitionName}</RowLink>
      {job ? <StateMark look={lookOf(job)} /> : null}
      {error && !job ? <span className="secondary">{errorText(error).what}</span> : null}
    </li>
  )
}

function Note({
  due,
  now,
  zone,
}: {
  readonly due: DueView
  readonly now: number
  readonly zone: string
}): ReactElement | null {
  const { reason, error, late, nextTryAt, state } = due
  const said = [
    ...(reason !== null && reason !== 'error' ? [sentences.reasons[reason]] : []),
    ...(error ? [errorText(error).what] : []),
    ...(late && (state === 'run' || state === 'joined') ? [sentences.late] : []),
    ...(state === 'waiting' && nextTryAt !== null ? [text.nextTry(timeWithin(nextTryAt, now, zone))] : []),
  ]
  if (said.length === 0) return null
  return (
    <span className="secondary" data-hint={said.join('\n')}>
      {said.join(', ')}
    </span>
  )
}
