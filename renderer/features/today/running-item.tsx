import type { ReactElement } from 'react'
import type { JobView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { lookOf } from '../../format/state.ts'
import { useConnection } from '../../stores/connections.ts'
import { openDefinition } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkInList } from '../../ui/mark-label.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink } from '../../ui/table.tsx'
import { useAction } from '../../ui/use-action.ts'
import { JobProgress } from './job-progress.tsx'

/** A job on its way, with its bar and figures. Only the delivery can be cancelled: the system's job goes on. */
export function RunningItem({ job }: { readonly job: JobView }): ReactElement {
  const connection = useConnection(job.connectionId)
  const { delivery } = job
  const anyway = useAction(async (id: string) => desk.deliveries.retry(id))
  const cancel = useAction(async (id: string) => desk.deliveries.cancel(id))
  const error = cancel.error ?? anyway.error
  return (
    <li className="item">
      <span className="item-shape" />
      <div className="item-words">
        <p className="item-head">
          <RowLink onOpen={() => openDefinition(job.definitionId)}>
            <strong>{job.definitionName}</strong>
          </RowLink>
          {connection ? (
            <>
              <span className="secondary">{connection.name}</span>
              <MarkInList mark={connection.mark} />
            </>
          ) : null}
          <StateMark look={lookOf(job)} />
        </p>
        <JobProgress job={job} />
        {error ? <ErrorNote error={error} live /> : null}
      </div>
      <div className="item-actions">
        {delivery?.error?.code === 'metered' ? (
          <Button
            isPending={anyway.busy}
            aria-label={words.today.actions.downloadAnywayOf(job.definitionName)}
            onPress={() => anyway.run(delivery.id)}
          >
            {words.today.actions.downloadAnyway}
          </Button>
        ) : null}
        {delivery ? (
          <Button
            isPending={cancel.busy}
            aria-label={words.today.actions.cancelOf(job.definitionName)}
            onPress={() => cancel.run(delivery.id)}
          >
            {words.today.actions.cancel}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
