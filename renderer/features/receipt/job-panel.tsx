import type { ReactElement } from 'react'
import type { HistoryRow, JobView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { jobLook } from '../../format/state.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { openDefinition } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyText } from '../../ui/copy.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { MarkLabel } from '../../ui/mark-label.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { SystemTime, Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'

const text = words.history.job

/** A job from which nothing was delivered: why, and what can still be done. */
export function JobPanel({
  row,
  onClose,
}: {
  readonly row: HistoryRow
  readonly onClose: () => void
}): ReactElement {
  const definition = useDefinitions(state =>
    state.all.find(one => one.connectionId === row.connectionId && one.name === row.definitionName),
  )
  // A row of the history says little of the job itself; its definition's list knows the rest.
  const { value } = useAnswer(row.jobId, async () =>
    definition ? await desk.definitions.jobs(definition.id) : null,
  )
  const job = value?.jobs.find(one => one.id === row.jobId) ?? null
  const deliver = useAction(async () => {
    await desk.jobs.deliver(row.jobId, false)
    onClose()
  })
  const deliverable = row.jobState === 'completed' && row.deliveryState === null
  return (
    <Panel
      label={text.title}
      title={row.definitionName}
      aside={<StateMark look={jobLook(row.jobState, row.deliveryState, job?.rawStatus ?? null)} />}
      onClose={onClose}
      actions={
        <>
          {deliverable ? (
            <Button look="primary" isPending={deliver.busy} onPress={() => deliver.run()}>
              {text.deliver}
            </Button>
          ) : null}
          {definition ? <Button onPress={() => openDefinition(definition.id)}>{text.open}</Button> : null}
        </>
      }
    >
      <p className="about">
        <span>{row.connectionName}</span>
        <MarkLabel mark={row.mark} />
      </p>
      {deliver.error ? <ErrorNote error={deliver.error} live /> : null}
      {deliverable ? <p>{text.notSavedWhat}</p> : null}
      <Trouble job={job} />
      <dl className="facts">
        <dt>{text.known}</dt>
        <dd>
          <Time at={job?.knownAt ?? row.at} />
        </dd>
        {job?.startedAt ? (
          <>
            <dt>{text.started}</dt>
            <dd>
              <SystemTime time={job.startedAt} />
            </dd>
          </>
        ) : null}
        {job?.endedAt ? (
          <>
            <dt>{text.ended}</dt>
            <dd>
              <SystemTime time={job.endedAt} />
            </dd>
          </>
        ) : null}
        {job?.filesUntil != null ? (
          <>
            <dt>{text.filesUntil}</dt>
            <dd>
              <Time at={job.filesUntil} />
            </dd>
          </>
        ) : null}
        {job?.startedBy ? (
          <>
            <dt>{text.by}</dt>
            <dd>{job.startedBy}</dd>
          </>
        ) : null}
        {job?.rawStatus ? (
          <>
            <dt>{text.system}</dt>
            <dd>{job.rawStatus}</dd>
          </>
        ) : null}
        {row.remoteJobId ? (
          <>
            <dt>{text.id}</dt>
            <dd>
              <CopyText text={row.remoteJobId} what={text.id} />
            </dd>
          </>
        ) : null}
      </dl>
    </Panel>
  )
}

function Trouble({ job }: { readonly job: JobView | null }): ReactElement | null {
  const error = job?.delivery?.error ?? job?.error ?? null
  return error ? <ErrorNote error={error} /> : null
}
