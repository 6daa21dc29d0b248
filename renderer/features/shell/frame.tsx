import { Activity, type ReactElement, useEffect } from 'react'
import { desk } from '../../bridge.ts'
import { useConnections } from '../../stores/connections.ts'
import { type Page, usePlace } from '../../stores/place.ts'
import { useUndo } from '../../stores/undo.ts'
import { words } from '../../text.ts'
import { HintLayer } from '../../ui/hint.tsx'
import { ConnectionPage } from '../connections/connection-page.tsx'
import { ConnectionsPage } from '../connections/connections-page.tsx'
import { DefinitionPage } from '../extracts/definition-page.tsx'
import { ExtractsPage } from '../extracts/extracts-page.tsx'
import { FirstRunPage } from '../first-run/first-run-page.tsx'
import { TodayPage } from '../today/today-page.tsx'
import { Announcer } from './announcer.tsx'
import { later, useFetched } from './later.tsx'
import { useInPractice } from './practice.ts'
import { Rail } from './rail.tsx'
import { useShortcuts } from './shortcuts.ts'
import { StatusLine } from './status-line.tsx'
import { useFocusKept } from './use-focus-kept.ts'

const AddConnectionPage = later(
  async () => (await import('../connections/add-connection-page.tsx')).AddConnectionPage,
)
const EditDefinitionPage = later(
  async () => (await import('../definitions/edit-definition-page.tsx')).EditDefinitionPage,
)
const NewDefinitionPage = later(
  async () => (await import('../definitions/new-definition-page.tsx')).NewDefinitionPage,
)
const LookInsidePage = later(async () => (await import('../look-inside/look-inside-page.tsx')).LookInsidePage)
const HistoryPage = later(async () => (await import('../history/history-page.tsx')).HistoryPage)
const SettingsPage = later(async () => (await import('../settings/settings-page.tsx')).SettingsPage)
const SchedulesPage = later(async () => (await import('../schedules/schedules-page.tsx')).SchedulesPage)
const SchedulePage = later(async () => (await import('../schedules/schedule-page.tsx')).SchedulePage)
const NewSchedulePage = later(async () => (await import('../schedules/schedule-page.tsx')).NewSchedulePage)

// What floats above the page is needed a moment later: the window paints first, and then fetches these at once.
const QuestionDialog = later(async () => (await import('./questions.tsx')).QuestionDialog, null)
const OpenPanel = later(async () => (await import('./panels.tsx')).OpenPanel, null)
const UndoNote = later(async () => (await import('./undo-note.tsx')).UndoNote, null)
const afterPaint = () =>
  Promise.all([import('./questions.tsx'), import('./panels.tsx'), import('./undo-note.tsx')])

/** The window: practice band, rail, content with its panel, status line. */
export function Frame(): ReactElement {
  useEffect(() => {
    // Main keeps places for a window that has not drawn; that it cannot hear us is no reason to stop drawing.
    desk.app.ready().catch(() => undefined)
  }, [])
  useTellUnsaved()
  useShortcuts()
  useFetched(afterPaint)
  const practice = useInPractice()
  return (
    <div className="frame">
      {practice ? (
        <div className="practice-band">
          <span>{words.shell.practiceBand}</span>
        </div>
      ) : null}
      <Rail />
      <Content />
      <StatusLine />
      <OfferedUndo />
      <CurrentQuestion />
      <HintLayer />
      <Announcer />
    </div>
  )
}

/**
 * A file that is looked into lies over page and panel. Those are hidden, not taken away: whoever comes back finds what
 * was searched, scrolled to and open there, and has the focus where it was.
 */
function Content(): ReactElement {
  const inside = usePlace(state => state.inside)
  useFocusKept(inside !== null)
  return (
    <div className="content">
      <Activity mode={inside ? 'hidden' : 'visible'}>
        <CurrentPage />
        <CurrentPanel />
      </Activity>
      {inside ? <LookInsidePage key={`${inside.receiptId} ${inside.fileIndex}`} {...inside} /> : null}
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
  return panel === null ? null : <OpenPanel panel={panel} />
}

function CurrentQuestion(): ReactElement | null {
  const question = usePlace(state => state.question)
  return question === null ? null : <QuestionDialog question={question} />
}

function OfferedUndo(): ReactElement | null {
  const offered = useUndo(state => state.offered)
  return offered === null ? null : <UndoNote key={offered.number} offered={offered} />
}

/** Main asks before the window is closed on something that was typed and not saved. */
function useTellUnsaved(): void {
  const unsaved = usePlace(state => state.unsaved.size > 0)
  useEffect(() => {
    // That main cannot hear us costs a question, nothing else.
    desk.app.unsaved(unsaved).catch(() => undefined)
  }, [unsaved])
}
