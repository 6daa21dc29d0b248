import type { ReactElement } from 'react'
import type { ScheduleView } from '../../../preload/contract/schedules.ts'
import { desk } from '../../bridge.ts'
import { dueLook, lastLook } from '../../format/due.ts'
import { goTo, openSchedule } from '../../stores/place.ts'
import { useSchedules } from '../../stores/schedules.ts'
import { schedule as sentences, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink, Table } from '../../ui/table.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'
import { ZoneTime } from './zone-time.tsx'

const text = words.schedules
const columns = [
  { id: 'schedule', name: text.columns.name },
  { id: 'sentence', name: text.columns.when },
  { id: 'next', name: text.columns.next },
  { id: 'last', name: text.columns.last },
  { id: 'actions', name: text.columns.actions, unseen: true },
] as const

/** What runs by itself: when next, and how it went last. */
export function SchedulesPage(): ReactElement {
  const schedules = useSchedules(state => state.all)
  const create = () => goTo({ screen: 'new-schedule', definitionId: null })
  if (schedules.length === 0) {
    return (
      <Page title={words.shell.schedules}>
        <EmptyState title={text.none} what={text.noneWhat}>
          <Button look="primary" onPress={create}>
            {text.create}
          </Button>
        </EmptyState>
      </Page>
    )
  }
  return (
    <Page
      title={words.shell.schedules}
      fixed
      actions={
        <Button look="primary" onPress={create}>
          {text.create}
        </Button>
      }
    >
      <div className="table-scroll page-scroll">
        <Table label={text.tableOf} columns={columns}>
          <tbody>
            {schedules.map(schedule => (
              <ScheduleRow key={schedule.id} schedule={schedule} />
            ))}
          </tbody>
        </Table>
        <p className="page-note secondary">{text.appNote}</p>
      </div>
    </Page>
  )
}

function ScheduleRow({ schedule }: { readonly schedule: ScheduleView }): ReactElement {
  const pause = useAction((on: boolean) => desk.schedules.pause(schedule.id, on))
  const { id, name, timetable, paused, definitionIds } = schedule
  const sentence = sentences.sentence(timetable)
  return (
    <>
      <tr>
        <td className="grow">
          <span className="name-and-tags">
            <RowLink onOpen={() => openSchedule(id)}>{name}</RowLink>
            {definitionIds.length > 1 ? (
              <span className="tag">{text.definitions(definitionIds.length)}</span>
            ) : null}
            {paused ? <span className="tag">{text.paused}</span> : null}
          </span>
        </td>
        <td className="grow col-sentence" data-hint={sentence}>
          {sentence}
        </td>
        <td className="col-next">
          <Next schedule={schedule} />
        </td>
        <td>
          <Last schedule={schedule} />
        </td>
        <td>
          <div className="row-actions">
            <Button
              look="quiet"
              isPending={pause.busy}
              aria-label={paused ? text.resumeOf(name) : text.pauseOf(name)}
              onPress={() => pause.run(!paused)}
            >
              {paused ? text.resume : text.pause}
            </Button>
          </div>
        </td>
      </tr>
      {pause.error ? (
        <tr className="note-row">
          <td colSpan={columns.length}>
            <ErrorNote error={pause.error} live />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Next({ schedule }: { readonly schedule: ScheduleView }): ReactElement {
  const [next] = schedule.next
  if (next !== undefined) return <ZoneTime at={next} zone={schedule.timetable.zone} inRow />
  return <span className="secondary">{schedule.paused ? text.paused : text.nothingNext}</span>
}

/** What is going on now comes before what was. */
function Last({ schedule }: { readonly schedule: ScheduleView }): ReactElement {
  const open = schedule.open.at(-1)
  const due = open ?? schedule.last
  if (!due) return <span className="secondary">{text.notYet}</span>
  return (
    <span className="state-and-time">
      <StateMark look={open ? dueLook(open) : lastLook(due)} />
      <span className="secondary">
        <ZoneTime at={due.dueAt} zone={schedule.timetable.zone} inRow />
      </span>
    </span>
  )
}
