import { lazy, type ReactElement, Suspense, useEffect } from 'react'
import { desk } from '../../bridge.ts'
import { useConnections } from '../../stores/connections.ts'
import { ask, closePanel, closeQuestion, type Page, usePlace } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { HintLayer } from '../../ui/hint.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { DefinitionPage } from '../extracts/definition-page.tsx'
import { ExtractsPage } from '../extracts/extracts-page.tsx'
import { FirstRunPage } from '../first-run/first-run-page.tsx'
import { RunDialog } from '../run/run-dialog.tsx'
import { TodayPage } from '../today/today-page.tsx'
import { Announcer } from './announcer.tsx'
import { useInPractice } from './practice.ts'
import { Rail } from './rail.tsx'
import { StatusLine } from './status-line.tsx'

// What the first paint does not need is fetched when it is first opened.
const HistoryPage = lazy(() => import('../history/history-page.tsx').then(m => ({ default: m.HistoryPage })))
const ReceiptPanel = lazy(() =>
  import('../receipt/receipt-panel.tsx').then(m => ({ default: m.ReceiptPanel })),
)
const JobPanel = lazy(() => import('../receipt/job-panel.tsx').then(m => ({ default: m.JobPanel })))
const ConnectionsPage = lazy(() =>
  import('../connections/connections-page.tsx').then(m => ({ default: m.ConnectionsPage })),
)
const ConnectionPage = lazy(() =>
  import('../connections/connection-page.tsx').then(m => ({ default: m.ConnectionPage })),
)
const AddConnectionPage = lazy(() =>
  import('../connections/add-connection-page.tsx').then(m => ({ default: m.AddConnectionPage })),
)
const SignInDialog = lazy(() =>
  import('../connections/sign-in-dialog.tsx').then(m => ({ default: m.SignInDialog })),
)
const RemoveDialog = lazy(() =>
  import('../connections/remove-dialog.tsx').then(m => ({ default: m.RemoveDialog })),
)
const SettingsPage = lazy(() =>
  import('../settings/settings-page.tsx').then(m => ({ default: m.SettingsPage })),
)
const SettleDialog = lazy(() => import('../today/settle-dialog.tsx').then(m => ({ default: m.SettleDialog })))
const Palette = lazy(() => import('../palette/palette.tsx').then(m => ({ default: m.Palette })))

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
        <Suspense fallback={<SkeletonRows rows={6} label={words.shell.loading} />}>
          <CurrentPage />
        </Suspense>
        <Suspense>
          <CurrentPanel />
        </Suspense>
      </div>
      <StatusLine />
      <Suspense>
        <CurrentQuestion />
      </Suspense>
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
    case 'history':
      return <HistoryPage />
    case 'connections':
      return <ConnectionsPage />
    case 'connection':
      return <ConnectionPage key={page.connectionId} connectionId={page.connectionId} />
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
    case 'settle':
      return (
        <SettleDialog
          jobId={question.jobId}
          definitionName={question.definitionName}
          onClose={closeQuestion}
        />
      )
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
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
