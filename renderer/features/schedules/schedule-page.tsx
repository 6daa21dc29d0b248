import type { ReactElement } from 'react'
import type { DueView, ScheduleView } from '../../../preload/contract/schedules.ts'
import { desk } from '../../bridge.ts'
import { localZone, timeWithin } from '../../format/time.ts'
import { useDefinition } from '../../stores/definitions.ts'
import { ask, goTo, leaveTo, openSchedule, type ScheduleTab } from '../../stores/place.ts'
import { useSchedule } from '../../stores/schedules.ts'
import { schedule as sentences, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { useNow } from '../../ui/now.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useAction } from '../../ui/use-action.ts'
import { Page } from '../shell/page.tsx'
import { draftOf, newDraft } from './draft.ts'
import { LedgerTable } from './ledger-table.tsx'
import { ScheduleForm } from './schedule-form.tsx'

const text = words.schedules
const crumb = { name: words.shell.schedules, onOpen: () => goTo({ screen: 'schedules' }) }

type SchedulePageProps = { readonly scheduleId: string; readonly tab: ScheduleTab }

/** One schedule: what it runs and when, and how its due times ended. */
export function SchedulePage({ scheduleId, tab }: SchedulePageProps): ReactElement {
  const schedule = useSchedule(scheduleId)
  if (!schedule) {
    return (
      <Page title={text.columns.name} crumb={crumb}>
        <div className="page-body">
          <ErrorNote error={{ code: 'not-found', facts: {} }} />
        </div>
      </Page>
    )
  }
  return (
    <Page
      title={schedule.name}
      crumb={crumb}
      fixed
      beside={schedule.paused ? <span className="tag">{text.paused}</span> : null}
      about={<span>{sentences.sentence(schedule.timetable)}</span>}
      actions={<PageActions schedule={schedule} />}
    >
      {schedule.open
        .filter(({ state }) => state === 'asking')
        .map(due => (
          <Asking key={due.dueAt} due={due} zone={schedule.timetable.zone} />
        ))}
      <Tabs
        label={schedule.name}
        chosen={tab}
        onChoose={chosen => openSchedule(scheduleId, chosen)}
        tabs={[
          {
            id: 'timetable',
            name: text.tabs.timetable,
            content: () => <ScheduleForm id={schedule.id} initial={draftOf(schedule)} />,
          },
          { id: 'ledger', name: text.tabs.ledger, content: () => <LedgerTable schedule={schedule} /> },
        ]}
      />
    </Page>
  )
}

function PageActions({ schedule }: { readonly schedule: ScheduleView }): ReactElement {
  const pause = useAction((on: boolean) => desk.schedules.pause(schedule.id, on))
  const { id, paused } = schedule
  return (
    <>
      <Button isPending={pause.busy} onPress={() => pause.run(!paused)}>
        {paused ? text.resume : text.pause}
      </Button>
      <Button look="quiet" onPress={() => ask({ kind: 'remove-schedule', scheduleId: id })}>
        {text.remove}
      </Button>
    </>
  )
}

/** A due time passed while the app could not run, and the user wished to be asked. */
function Asking({ due, zone }: { readonly due: DueView; readonly zone: string }): ReactElement {
  const now = useNow()
  const answer = useAction((word: 'run' | 'leave') => desk.schedules.answer(due.scheduleId, due.dueAt, word))
  return (
    <div className="page-note">
      <div className="error-note">
        <ShapeIcon shape="needs-you" />
        <div className="error-words">
          <p className="error-what">{text.asks.title(timeWithin(due.dueAt, now, zone))}</p>
          <p>{text.asks.what}</p>
        </div>
        <div className="error-actions">
          <Button look="primary" isPending={answer.busy} onPress={() => answer.run('run')}>
            {text.asks.run}
          </Button>
          <Button isPending={answer.busy} onPress={() => answer.run('leave')}>
            {text.asks.leave}
          </Button>
        </div>
      </div>
      {answer.error ? <ErrorNote error={answer.error} live /> : null}
    </div>
  )
}

/** A new one; when it is saved, its page. */
export function NewSchedulePage({ definitionId }: { readonly definitionId: string | null }): ReactElement {
  const definition = useDefinition(definitionId)
  return (
    <Page title={text.newTitle} crumb={crumb} fixed>
      <ScheduleForm
        id={null}
        initial={newDraft(definition, localZone())}
        onSaved={id => leaveTo({ screen: 'schedule', scheduleId: id, tab: 'timetable' })}
      />
    </Page>
  )
}
