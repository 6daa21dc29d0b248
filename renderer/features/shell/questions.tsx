import type { ReactElement } from 'react'
import { closeQuestion, type Question } from '../../stores/place.ts'
import { MapFoldersDialog } from '../connections/map-folders-dialog.tsx'
import { SignInDialog } from '../connections/sign-in-dialog.tsx'
import { CancelJobDialog } from '../extracts/cancel-job-dialog.tsx'
import { Palette } from '../palette/palette.tsx'
import { RunDialog } from '../run/run-dialog.tsx'
import { SettleDialog } from '../today/settle-dialog.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { ConnectionRemoval, DefinitionRemoval, ScheduleRemoval } from './removals.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

/** The dialog that asks what must be decided now. */
export function QuestionDialog({ question }: { readonly question: Question }): ReactElement {
  switch (question.kind) {
    case 'run':
      return <RunDialog definitionId={question.definitionId} onClose={closeQuestion} />
    case 'sign-in':
      return <SignInDialog connectionId={question.connectionId} onClose={closeQuestion} />
    case 'remove-connection':
      return <ConnectionRemoval id={question.connectionId} onClose={closeQuestion} />
    case 'remove-definition':
      return <DefinitionRemoval id={question.definitionId} onClose={closeQuestion} />
    case 'remove-schedule':
      return <ScheduleRemoval id={question.scheduleId} onClose={closeQuestion} />
    case 'map-folders':
      return <MapFoldersDialog connectionId={question.connectionId} onClose={closeQuestion} />
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
    case 'shortcuts':
      return <ShortcutsDialog onClose={closeQuestion} />
  }
}
