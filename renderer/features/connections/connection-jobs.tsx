import { type FormEvent, type ReactElement, useState } from 'react'
import type { ConnectionView, JobView, ListedJobView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { jobLook, outcomeLook } from '../../format/state.ts'
import { useDefinitions } from '../../stores/definitions.ts'
import { openDefinition, openReceipt } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { CopyText } from '../../ui/copy.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { TextField } from '../../ui/fields.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { RowLink, Table } from '../../ui/table.tsx'
import { SystemTime } from '../../ui/time.tsx'
import { type Action, useAction } from '../../ui/use-action.ts'
import { useAnswer } from '../../ui/use-answer.ts'

const text = words.extracts.listed
const { jobColumns } = words.extracts
const columns = [
  { id: 'state', name: jobColumns.state },
  { id: 'name', name: text.name },
  { id: 'definition', name: text.definition },
  { id: 'started', name: jobColumns.started },
  { id: 'ended', name: text.ended },
  { id: 'id', name: jobColumns.id },
  { id: 'actions', name: words.extracts.columns.actions, unseen: true },
] as const

type Track = Action<[remoteId: string, save: boolean], JobView>

/** All jobs that the system lists for a connection, whoever started them, and a way to watch any other one. */
export function ConnectionJobs({ connection }: { readonly connection: ConnectionView }): ReactElement {
  const { value, error, again } = useAnswer(connection.id, () => desk.jobs.listed(connection.id))
  const definitions = useDefinitions(state => state.all)
  const track: Track = useAction(async (remoteId: string, save: boolean) => {
    const job = await desk.jobs.track(connection.id, remoteId)
    again()
    if (!save) return job
    const known = definitions.find(one => one.id === job.definitionId)
    // Where its files go is asked before they are fetched.
    if (known?.destination) return desk.jobs.deliver(job.id, false)
    openDefinition(job.definitionId, 'destination')
    return job
  })
  return (
    <div className="table-scroll page-scroll">
      <WatchForm track={track} />
      {track.error ? (
        <div className="page-note">
          <ErrorNote error={track.error} live />
        </div>
      ) : null}
      {error ? (
        <div className="page-note">
          <ErrorNote error={error} live>
            <Button onPress={again}>{words.shell.tryAgain}</Button>
          </ErrorNote>
        </div>
      ) : null}
      {value === null && error === null ? <SkeletonRows rows={6} label={text.reading} /> : null}
      {value?.length === 0 ? <p className="page-note secondary">{text.none}</p> : null}
      {value && value.length > 0 ? (
        <Table label={text.tableOf(connection.name)} columns={columns}>
          <tbody>
            {value.map(job => (
              <ListedRow key={job.remoteId} job={job} track={track} connectionId={connection.id} />
            ))}
          </tbody>
        </Table>
      ) : null}
    </div>
  )
}

function WatchForm({ track }: { readonly track: Track }): ReactElement {
  const [remoteId, setRemoteId] = useState('')
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (remoteId.trim() !== '') void track.run(remoteId.trim(), false)
  }
  return (
    <form className="form watch-form" onSubmit={onSubmit} noValidate>
      <div className="with-button">
        <TextField
          label={text.watchId}
          what={text.watchIdWhat}
          value={remoteId}
          onChange={setRemoteId}
          mono
        />
        <Button type="submit" isDisabled={remoteId.trim() === ''} isPending={track.busy}>
          {text.watch}
        </Button>
      </div>
      <p role="status" className={track.result ? 'callout callout-ok' : 'unseen'}>
        {track.result ? text.watched(track.result.definitionName) : ''}
      </p>
    </form>
  )
}

type ListedRowProps = { readonly job: ListedJobView; readonly track: Track }

function ListedRow({
  job,
  track,
  connectionId,
}: ListedRowProps & { readonly connectionId: string }): ReactElement {
  const definition = useDefinitions(state => state.all.find(one => one.id === job.definitionId))
  const alike = useDefinitions(state =>
    state.all.find(
      one =>
        one.connectionId === connectionId && one.kind === 'kept' && !one.removed && one.name === job.name,
    ),
  )
  const { receiptId, remoteId } = job
  return (
    <tr>
      <td>
        <StateMark
          look={receiptId === null ? jobLook(job.status, null, job.rawStatus) : outcomeLook('delivered')}
        />
      </td>
      <td>{job.name}</td>
      <td className="grow">
        {definition ? (
          <RowLink onOpen={() => openDefinition(definition.id)}>{definition.name}</RowLink>
        ) : alike ? (
          <RowLink hint={text.namedLikeWhat} onOpen={() => openDefinition(alike.id)}>
            <span className="secondary">{text.namedLike(alike.name)}</span>
          </RowLink>
        ) : (
          <span className="secondary">{text.noneOf}</span>
        )}
      </td>
      <td>{job.startedAt ? <SystemTime time={job.startedAt} inRow /> : null}</td>
      <td className="col-ended">{job.endedAt ? <SystemTime time={job.endedAt} inRow /> : null}</td>
      <td className="col-id">
        <CopyText text={remoteId} what={jobColumns.id} />
      </td>
      <td>
        <div className="row-actions">
          {receiptId === null ? (
            <WatchOrSave job={job} track={track} />
          ) : (
            <Button
              aria-label={words.extracts.actOnJob(words.extracts.openReceipt, remoteId)}
              onPress={() => openReceipt(receiptId)}
            >
              {words.extracts.openReceipt}
            </Button>
          )}
        </div>
      </td>
    </tr>
  )
}

/** A job that ended well can be saved; one that nobody here knows can be watched. */
function WatchOrSave({ job, track }: ListedRowProps): ReactElement | null {
  const ended = job.status === 'completed'
  if (!ended && job.jobId !== null) return null
  const name = ended ? words.extracts.deliver : text.watch
  return (
    <Button
      isPending={track.busy}
      aria-label={words.extracts.actOnJob(name, job.remoteId)}
      onPress={() => track.run(job.remoteId, ended)}
    >
      {name}
    </Button>
  )
}
