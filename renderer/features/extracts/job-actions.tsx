import type { ReactElement } from 'react'
import type { JobView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { fullTime, localZone } from '../../format/time.ts'
import { useConnection } from '../../stores/connections.ts'
import { ask, goTo, openReceipt } from '../../stores/place.ts'
import { words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { type MenuAction, MoreMenu } from '../../ui/menu.tsx'
import { requestEditors } from '../definitions/request-editors.tsx'

const text = words.extracts

export type Act = (work: () => Promise<unknown>) => Promise<unknown>

const movingSteps: ReadonlySet<string> = new Set([
  'waiting',
  'downloading',
  'verifying',
  'unpacking',
  'publishing',
])
/** Its delivery goes on by itself. */
export const isMoving = ({ delivery }: JobView): boolean =>
  delivery !== null && movingSteps.has(delivery.state)

type JobActionsProps = { readonly job: JobView; readonly act: Act }

/** What can be done with a job: the next thing as a button, the rarer ones behind the dots. */
export function JobActions({ job, act }: JobActionsProps): ReactElement {
  const connection = useConnection(job.connectionId)
  const when = fullTime(job.startedAt?.at ?? job.knownAt, localZone())
  const next = nextOf(job, act)
  const keeps = connection !== null && requestEditors[connection.system] !== null
  const more: readonly MenuAction[] = [
    ...(job.cancellable
      ? [{ id: 'cancel', name: text.cancelJob, onAction: () => ask({ kind: 'cancel-job', job }) }]
      : []),
    ...(keeps && job.remoteId !== null
      ? [
          {
            id: 'again',
            name: text.runThisAgain,
            onAction: () => goTo({ screen: 'new-definition', connectionId: job.connectionId, jobId: job.id }),
          },
        ]
      : []),
  ]
  return (
    <>
      {next ? (
        <Button aria-label={text.actOnJob(next.name, when)} onPress={next.onPress}>
          {next.name}
        </Button>
      ) : null}
      {more.length > 0 ? (
        <MoreMenu label={words.shell.more(text.actOnJob(text.jobs, when))} actions={more} />
      ) : null}
    </>
  )
}

type Next = { readonly name: string; readonly onPress: () => void }

function nextOf(job: JobView, act: Act): Next | null {
  const { delivery } = job
  const deliver = {
    name: text.deliver,
    onPress: () => void act(() => desk.jobs.deliver(job.id, false)),
  }
  if (job.state === 'start-unknown') {
    const { id: jobId, definitionName } = job
    return { name: text.settle, onPress: () => ask({ kind: 'settle', jobId, definitionName }) }
  }
  if (delivery === null) return job.state === 'completed' ? deliver : null
  const { id, receiptId, state } = delivery
  if (receiptId !== null) return { name: text.openReceipt, onPress: () => openReceipt(receiptId) }
  if (isMoving(job)) {
    return { name: words.today.actions.cancel, onPress: () => void act(() => desk.deliveries.cancel(id)) }
  }
  if (state === 'cancelled') return deliver
  return state === 'file-gone'
    ? null
    : { name: text.retry, onPress: () => void act(() => desk.deliveries.retry(id)) }
}
