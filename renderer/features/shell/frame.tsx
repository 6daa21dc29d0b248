import { type ReactElement, useEffect } from 'react'
import { desk } from '../../bridge.ts'
import { useConnections } from '../../stores/connections.ts'
import { ask, closePanel, closeQuestion, type Page, usePlace } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { HintLayer } from '../../ui/hint.tsx'
import { ConnectionPage } from '../connections/connection-page.tsx'
import { ConnectionsPage } from '../connections/connections-page.tsx'
import { MapFoldersDialog } from '../connections/map-folders-dialog.tsx'
import { RemoveDialog } from '../connections/remove-dialog.tsx'
import { SignInDialog } from '../connections/sign-in-dialog.tsx'
import { RemoveDefinitionDialog } from '../definitions/remove-definition-dialog.tsx'
import { CancelJobDialog } from '../extracts/cancel-job-dialog.tsx'
import { DefinitionPage } from '../extracts/definition-page.tsx'
import { ExtractsPage } from '../extracts/extracts-page.tsx'
import { FirstRunPage } from '../first-run/first-run-page.tsx'
import { Palette } from '../palette/palette.tsx'
import { JobPanel } from '../receipt/job-panel.tsx'
import { ReceiptPanel } from '../receipt/receipt-panel.tsx'
import { RunDialog } from '../run/run-dialog.tsx'
import { RemoveScheduleDialog } from '../schedules/remove-dialog.tsx'
import { SettleDialog } from '../today/settle-dialog.tsx'
import { TodayPage } from '../today/today-page.tsx'
import { Announcer } from './announcer.tsx'
import { later } from './later.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { useInPractice } from './practice.ts'
import { Rail } from './rail.tsx'
import { StatusLine } from './status-line.tsx'

const AddConnectionPage = later(
  async () => (await import('../connections/add-connection-page.tsx')).AddConnectionPage,
)
const EditDefinitionPage = later(
  async () => (await import('../definitions/edit-definition-page.tsx')).EditDefinitionPage,
)
const NewDefinitionPage = later(
  async () => (await import('../definitions/new-definition-page.tsx')).NewDefinitionPage,
)
const HistoryPage = later(async () => (await import('../history/history-page.tsx')).HistoryPage)
const SettingsPage = later(async () => (await import('../settings/settings-page.tsx')).SettingsPage)
const SchedulesPage = later(async () => (await import('../schedules/schedules-page.tsx')).SchedulesPage)
const SchedulePage = later(async () => (await import('../schedules/schedule-page.tsx')).SchedulePage)
const NewSchedulePage = later(async () => (await import('../schedules/schedule-page.tsx')).NewSchedulePage)

/** The window: practice band, rail, content with its panel, status line. */
export function Frame(): ReactElement {
  useEffect(() => {
    // Main keeps places for a window that has not drawn; that it cannot hear us is no reason to stop drawing.
    desk.app.ready().catch(() => undefined)
  }, [])
  usePaletteKey()
  const practice = useInPractice()
  return (
    <div className="frame">
      {practice ? (
        <div className="practice-band">
          <span>{words.shell.practiceBand}</span>
        </div>
      ) : null}
      <Rail />
      <div className="content">
        <CurrentPage />
        <CurrentPanel />
      </div>
      <StatusLine />
      <CurrentQuestion />
      <HintLayer />
      <Announcer />
    </div>
  )
}

/** Without a connection there is one thing to do; only the ways to get one are open. */
const worksWithoutConnection = (page: Page): boolean =>
  page.screen === 'add-connection' || page.screen === 'settings'

function CurrentPage(): ReactElement {
  const page = usePlace(state => state.page)
  const none = useConnections(state => state.all.length === 0)
  if (none && !worksWithoutConnection(page)) return <FirstRunPage />
  switch (page.screen) {
    case 'today':
      return <TodayPage />
    case 'extracts':
      return <ExtractsPage />
    case 'definition':
      return <DefinitionPage key={page.definitionId} definitionId={page.definitionId} tab={page.tab} />
    case 'new-definition':
      return (
        <NewDefinitionPage
          key={`${page.connectionId} ${page.jobId}`}
          connectionId={page.connectionId}
          jobId={page.jobId}
        />
      )
    case 'edit-definition':
      return <EditDefinitionPage key={page.definitionId} definitionId={page.definitionId} />
    case 'history':
      return <HistoryPage />
    case 'schedules':
      return <SchedulesPage />
    case 'schedule':
      return <SchedulePage key={page.scheduleId} scheduleId={page.scheduleId} tab={page.tab} />
    case 'new-schedule':
      return <NewSchedulePage key={page.definitionId} definitionId={page.definitionId} />
    case 'connections':
      return <ConnectionsPage />
    case 'connection':
      return <ConnectionPage key={page.connectionId} connectionId={page.connectionId} tab={page.tab} />
    case 'add-connection':
      return <AddConnectionPage />
    case 'settings':
      return <SettingsPage />
  }
}

function CurrentPanel(): ReactElement | null {
  const panel = usePlace(state => state.panel)
  if (panel === null) return null
  return panel.kind === 'receipt' ? (
    <ReceiptPanel key={panel.receiptId} receiptId={panel.receiptId} onClose={closePanel} />
  ) : (
    <JobPanel key={panel.row.jobId} row={panel.row} onClose={closePanel} />
  )
}

function CurrentQuestion(): ReactElement | null {
  const question = usePlace(state => state.question)
  switch (question?.kind) {
    case undefined:
      return null
    case 'run':
      return <RunDialog definitionId={question.definitionId} onClose={closeQuestion} />
    case 'sign-in':
      return <SignInDialog connectionId={question.connectionId} onClose={closeQuestion} />
    case 'remove-connection':
      return <RemoveDialog connectionId={question.connectionId} onClose={closeQuestion} />
    case 'remove-schedule':
      return <RemoveScheduleDialog scheduleId={question.scheduleId} onClose={closeQuestion} />
    case 'map-folders':
      return <MapFoldersDialog connectionId={question.connectionId} onClose={closeQuestion} />
    case 'remove-definition':
      return <RemoveDefinitionDialog definitionId={question.definitionId} onClose={closeQuestion} />
    case 'cancel-job':
      return <CancelJobDialog job={question.job} onClose={closeQuestion} />
    case 'settle':
      return (
        <SettleDialog
          jobId={question.jobId}
          definitionName={question.definitionName}
          onClose={closeQuestion}
        />
      )
    case 'leave':
      return <LeaveDialog page={question.page} onClose={closeQuestion} />
    case 'palette':
      return <Palette onClose={closeQuestion} />
  }
}

function usePaletteKey(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      ask({ kind: 'palette' })
    }
    // On the way down: a search field keeps every key that is pressed in it from those above.
    document.addEventListener('keydown', onKey, true)
    return () => document.removeEventListener('keydown', onKey, true)
  }, [])
}
