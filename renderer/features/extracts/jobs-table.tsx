import type { ReactElement } from 'react'
import type { DefinitionView, JobView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { isOpen, lookOf } from '../../format/state.ts'
import { duration, fullTime, localZone } from '../../format/time.ts'
import { useActivity } from '../../stores/activity.ts'
import { ask, openReceipt } from '../../stores/place.ts'
import { errorText, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyText } from '../../ui/copy.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { Table } from '../../ui/table.tsx'
import { SystemTime, Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'
import { JobProgress } from '../today/job-progress.tsx'

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
  return (
    <div className="table-scroll page-scroll">
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
          <Button look="primary" onPress={() => ask({ kind: 'run', definitionId: definition.id })}>
            {text.run}
          </Button>
        </EmptyState>
      ) : null}
      {value.jobs.length > 0 ? (
        <Table label={text.jobsOf(definition.name)} columns={columns}>
          <tbody>
            {value.jobs.map(job => (
              <JobRow key={job.id} job={live.get(job.id) ?? job} act={act.run} />
            ))}
          </tbody>
        </Table>
      ) : null}
    </div>
  )
}

type Act = (work: () => Promise<unknown>) => Promise<unknown>

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

const movingSteps: ReadonlySet<string> = new Set([
  'waiting',
  'downloading',
  'verifying',
  'unpacking',
  'publishing',
])

/** What there is to say of a job beyond its state: its bar while it moves, its error, that it fell off the list. */
function Note({ job }: { readonly job: JobView }): ReactElement | null {
  const { delivery } = job
  if (delivery ? movingSteps.has(delivery.state) : isOpen(job)) return <JobProgress job={job} />
  const error = delivery?.error ?? job.error
  if (error) {
    const { what, safe, next } = errorText(error)
    return (
      <span className="secondary" data-hint={[what, safe, next].join('\n')}>
        {what}
      </span>
    )
  }
  return job.listed ? null : <span className="secondary">{text.notListed}</span>
}

function JobActions({ job, act }: { readonly job: JobView; readonly act: Act }): ReactElement | null {
  const { delivery } = job
  const when = fullTime(job.startedAt?.at ?? job.knownAt, localZone())
  const button = (name: string, onPress: () => void) => (
    <Button aria-label={text.actOnJob(name, when)} onPress={onPress}>
      {name}
    </Button>
  )
  if (job.state === 'start-unknown') {
    return button(text.settle, () =>
      ask({ kind: 'settle', jobId: job.id, definitionName: job.definitionName }),
    )
  }
  if (delivery?.receiptId) {
    const { receiptId } = delivery
    return button(text.openReceipt, () => openReceipt(receiptId))
  }
  if (delivery === null) {
    return job.state === 'completed'
      ? button(text.deliver, () => act(() => desk.jobs.deliver(job.id, false)))
      : null
  }
  if (movingSteps.has(delivery.state)) {
    return button(words.today.actions.cancel, () => act(() => desk.deliveries.cancel(delivery.id)))
  }
  if (delivery.state === 'cancelled') {
    return button(text.deliver, () => act(() => desk.jobs.deliver(job.id, false)))
  }
  return delivery.state === 'file-gone'
    ? null
    : button(text.retry, () => act(() => desk.deliveries.retry(delivery.id)))
}
