import type { ReactElement } from 'react'
import type { DefinitionView, JobView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { isOpen, lookOf } from '../../format/state.ts'
import { duration, fullTime, localZone, timeWithin } from '../../format/time.ts'
import { useActivity } from '../../stores/activity.ts'
import { useConnection } from '../../stores/connections.ts'
import { ask } from '../../stores/place.ts'
import { errorText, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyText } from '../../ui/copy.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useNow } from '../../ui/now.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Table } from '../../ui/table.tsx'
import { SystemTime, Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'
import { JobProgress } from '../today/job-progress.tsx'
import { type Act, isMoving, JobActions } from './job-actions.tsx'

const text = words.extracts
const columns = [
  { id: 'state', name: text.jobColumns.state },
  { id: 'started', name: text.jobColumns.started },
  { id: 'took', name: text.jobColumns.took, align: 'end' },
  { id: 'by', name: text.jobColumns.by },
  { id: 'id', name: text.jobColumns.id },
  { id: 'note', name: text.jobColumns.note },
  { id: 'actions', name: text.columns.actions, unseen: true },
] as const

/** The system's own jobs and the kept history in one list, newest first. */
export function JobsTable({ definition }: { readonly definition: DefinitionView }): ReactElement {
  const connection = useConnection(definition.connectionId)
  const running = useActivity(state => state.running)
  const mine = running.filter(job => job.definitionId === definition.id)
  // The list is asked for again when something moved, and only then: each question may reach the system.
  const moved = [definition.lastJob, ...mine]
    .map(job => (job ? `${job.id} ${job.state} ${job.delivery?.state ?? ''}` : ''))
    .join()
  const { value, error, again } = useAnswer(`${definition.id} ${moved}`, () =>
    desk.definitions.jobs(definition.id),
  )
  const act = useAction((work: () => Promise<unknown>) => work())
  const live = new Map(mine.map(job => [job.id, job]))

  if (error) {
    return (
      <div className="page-body">
        <ErrorNote error={error}>
          <Button onPress={again}>{words.shell.tryAgain}</Button>
        </ErrorNote>
      </div>
    )
  }
  if (!value) return <SkeletonRows rows={6} label={text.jobsOf(definition.name)} />
  const shown = value.jobs.map(job => live.get(job.id) ?? job)
  const cannotCancel = connection ? text.cannotCancel[connection.system] : undefined
  return (
    <div className="table-scroll page-scroll">
      {definition.kind === 'others' ? <p className="page-note secondary">{text.othersWhat}</p> : null}
      {value.stale ? (
        <div className="page-note">
          <p>{text.jobsStale}</p>
          <ErrorNote error={value.stale}>
            <Button onPress={again}>{words.shell.tryAgain}</Button>
          </ErrorNote>
        </div>
      ) : null}
      {act.error ? (
        <div className="page-note">
          <ErrorNote error={act.error} live />
        </div>
      ) : null}
      {value.jobs.length === 0 && value.stale === null ? (
        <EmptyState title={text.noJobs} what={text.noJobsWhat}>
          {definition.removed || definition.kind === 'others' ? null : (
            <Button look="primary" onPress={() => ask({ kind: 'run', definitionId: definition.id })}>
              {definition.starts ? text.run : text.saveNewest}
            </Button>
          )}
        </EmptyState>
      ) : null}
      {value.jobs.length > 0 ? (
        <Table label={text.jobsOf(definition.name)} columns={columns}>
          <tbody>
            {shown.map(job => (
              <JobRow key={job.id} job={job} act={act.run} />
            ))}
          </tbody>
        </Table>
      ) : null}
      {cannotCancel !== undefined && shown.some(runsThere) ? (
        <p className="page-note secondary">{cannotCancel}</p>
      ) : null}
    </div>
  )
}

/** It runs at the system, and cannot be ended from here. */
const runsThere = (job: JobView): boolean => isOpen(job) && job.remoteId !== null && !job.cancellable

function JobRow({ job, act }: { readonly job: JobView; readonly act: Act }): ReactElement {
  const { startedAt, endedAt } = job
  const took = startedAt?.at && endedAt?.at ? endedAt.at - startedAt.at : null
  return (
    <tr>
      <td>
        <StateMark look={lookOf(job)} />
      </td>
      <td>{startedAt ? <SystemTime time={startedAt} inRow /> : <Time at={job.knownAt} inRow />}</td>
      <td className="end col-took">{took === null ? null : duration(took)}</td>
      <td className="col-by">{job.startedBy ?? (job.origin === 'elsewhere' ? text.elsewhere : null)}</td>
      <td className="col-id">
        {job.remoteId === null ? null : <CopyText text={job.remoteId} what={text.jobColumns.id} />}
      </td>
      <td className="grow">
        <Note job={job} />
      </td>
      <td>
        <div className="row-actions">
          <JobActions job={job} act={act} />
        </div>
      </td>
    </tr>
  )
}

/** What there is to say of a job beyond its state: its bar while it moves, its error, that it fell off the list. */
function Note({ job }: { readonly job: JobView }): ReactElement | null {
  const { delivery } = job
  if (delivery ? isMoving(job) : isOpen(job)) return <JobProgress job={job} />
  const error = delivery?.error ?? job.error
  if (error) {
    const { what, safe, next } = errorText(error)
    return (
      <span className="secondary" data-hint={[what, safe, next].join('\n')}>
        {what}
      </span>
    )
  }
  if (job.filesUntil !== null && !delivery?.receiptId) return <FilesUntil at={job.filesUntil} />
  return job.listed ? null : <span className="secondary">{text.notListed}</span>
}

/** From here on somebody should do something about it. */
const soon = 24 * 3_600_000

/** Until when the system has files that nobody saved. */
function FilesUntil({ at }: { readonly at: number }): ReactElement {
  const now = useNow()
  const when = timeWithin(at, now, localZone())
  if (at <= now) return <span className="secondary">{text.filesWere(when)}</span>
  return (
    <span className={at - now < soon ? 'tone-attention' : 'secondary'} data-hint={fullTime(at, localZone())}>
      {text.filesUntil(when)}
    </span>
  )
}
