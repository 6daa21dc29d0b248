import type { ReactElement } from 'react'
import type { JobView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { lookOf } from '../../format/state.ts'
import { useConnection } from '../../stores/connections.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { SystemTime, Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'

type CancelJobDialogProps = { readonly job: JobView; readonly onClose: () => void }

/** Ends a job at the system, once somebody has said so twice. */
export function CancelJobDialog({ job, onClose }: CancelJobDialogProps): ReactElement {
  const connection = useConnection(job.connectionId)
  const cancel = useAction(async () => {
    await desk.jobs.cancel(job.id)
    onClose()
  })
  const text = words.extracts.cancelDialog
  return (
    <Dialog
      title={text.title(job.definitionName)}
      about={
        connection ? (
          <p className="about">
            {connection.name}
            <MarkLabel mark={connection.mark} />
          </p>
        ) : null
      }
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {text.keep}
          </Button>
          <Button look="danger" isPending={cancel.busy} onPress={() => cancel.run()}>
            {text.confirm}
          </Button>
        </>
      }
    >
      <dl className="facts">
        <dt>{text.started}</dt>
        <dd className="facts-line">
          {job.startedAt ? <SystemTime time={job.startedAt} /> : <Time at={job.knownAt} />}
          <StateMark look={lookOf(job)} />
        </dd>
        <dt>{text.id}</dt>
        <dd>
          <code className="breakable">{job.remoteId}</code>
        </dd>
      </dl>
      <p>{text.what}</p>
      {cancel.error ? <ErrorNote error={cancel.error} live /> : null}
    </Dialog>
  )
}
