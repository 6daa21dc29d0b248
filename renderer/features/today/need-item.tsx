import type { ReactElement } from 'react'
import { type FindingMark, findingCodes } from '../../../preload/contract/checks.ts'
import type { ErrorCode } from '../../../preload/contract/errors.ts'
import type { NeedView } from '../../../preload/contract/types.ts'
import { desk } from '../../bridge.ts'
import { useConnection } from '../../stores/connections.ts'
import { ask, openConnection, openDefinition, openReceipt, openSchedule } from '../../stores/place.ts'
import { needText, words } from '../../text.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorDetails, ErrorNote } from '../../ui/error-note.tsx'
import { ShapeIcon } from '../../ui/icons.tsx'
import { MarkInList } from '../../ui/mark-label.tsx'
import { Time } from '../../ui/time.tsx'
import { useAction } from '../../ui/use-action.ts'

/** One thing that only the user can settle: what, what is safe, what to do, and the button that does it. */
export function NeedItem({ need }: { readonly need: NeedView }): ReactElement {
  const connection = useConnection(need.connectionId)
  const act = useAction((work: () => Promise<unknown>) => work())
  const { what, safe, next } = needText(need)
  const choices = choicesFor(need)
  return (
    <li className="item">
      <span className="item-shape tone-attention">
        <ShapeIcon shape="needs-you" />
      </span>
      <div className="item-words">
        <p className="item-head">
          <strong>{need.title}</strong>
          {connection && connection.name !== need.title ? (
            <span className="secondary">{connection.name}</span>
          ) : null}
          {connection ? <MarkInList mark={connection.mark} /> : null}
          <span className="item-since">
            <Time at={need.since} />
          </span>
        </p>
        <p>{what}</p>
        <p className="secondary">
          {safe} {next}
        </p>
        {need.error ? <ErrorDetails error={need.error} /> : null}
        {act.error ? <ErrorNote error={act.error} live /> : null}
      </div>
      <div className="item-actions">
        {choices.map((choice, index) => (
          <Button
            key={choice.name}
            look={index === 0 ? 'secondary' : 'quiet'}
            isPending={act.busy}
            aria-label={`${choice.name} ${need.title}`}
            onPress={() => act.run(choice.work)}
          >
            {choice.name}
          </Button>
        ))}
      </div>
    </li>
  )
}

type Choice = { readonly name: string; readonly work: () => Promise<unknown> }

/** Errors whose cure is another destination rather than another try. */
const destinationErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'no-destination',
  'folder-missing',
  'folder-not-writable',
  'folder-unreachable',
  'conflict',
  'name-invalid',
  'empty-extract',
  'encrypted-entry',
])
const signInErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'sign-in-refused',
  'sign-in-expired',
  'sign-in-locked',
  'sign-in-waiting',
  'secrets-missing',
])

function choicesFor(need: NeedView): readonly Choice[] {
  const { connectionId, definitionId, jobId, deliveryId, title, error } = need
  const names = words.today.actions
  const local = (name: string, go: () => void): Choice => ({ name, work: async () => go() })
  const signIn = connectionId ? [local(names.signIn, () => ask({ kind: 'sign-in', connectionId }))] : []
  const open = definitionId
    ? [local(names.open, () => openDefinition(definitionId))]
    : connectionId
      ? [local(names.open, () => openConnection(connectionId))]
      : []
  const destination = definitionId
    ? [local(names.destination, () => openDefinition(definitionId, 'destination'))]
    : []

  switch (need.kind) {
    case 'sign-in':
    case 'sign-in-expires':
    case 'session-only':
      return signIn
    case 'start-unknown':
      return jobId
        ? [local(names.settle, () => ask({ kind: 'settle', jobId, definitionName: title })), ...open]
        : open
    case 'delivery': {
      if (error && signInErrors.has(error.code)) return signIn
      // Only whoever knows where the server's folder lies can go on with it.
      const map =
        connectionId && error?.code === 'source-unreachable'
          ? [local(words.connections.maps.change, () => ask({ kind: 'map-folders', connectionId }))]
          : []
      const retry = deliveryId ? [{ name: names.retry, work: () => desk.deliveries.retry(deliveryId) }] : []
      return error && destinationErrors.has(error.code)
        ? [...retry, ...destination]
        : [...map, ...retry, ...open]
    }
    case 'no-destination':
      return definitionId
        ? [local(names.chooseFolder, () => openDefinition(definitionId, 'destination'))]
        : open
    case 'near-end-of-list':
    case 'files-end':
      return jobId ? [{ name: names.deliver, work: () => desk.jobs.deliver(jobId, false) }, ...open] : open
    case 'job-failed':
      return open
    case 'schedule-asks':
    case 'schedule-waits':
    case 'schedule-missed':
      return scheduleChoices(need)
    case 'finding':
      return findingChoices(need)
  }
}

/** What may be said to the delivery's findings: all of them at once. */
function findingChoices({ facts }: NeedView): readonly Choice[] {
  const { receiptId, codes } = facts
  if (typeof receiptId !== 'string' || typeof codes !== 'string') return []
  const mark = (name: string, as: FindingMark): Choice => ({
    name,
    async work() {
      for (const code of findingCodes.filter(one => codes.split(' ').includes(one)))
        await desk.checks.mark(receiptId, code, as)
    },
  })
  const { open, expected, seen } = words.checks.actions
  return [
    { name: open, work: async () => openReceipt(receiptId) },
    mark(expected, 'expected'),
    mark(seen, 'seen'),
  ]
}

function scheduleChoices({ kind, facts }: NeedView): readonly Choice[] {
  const { scheduleId, dueAt } = facts
  if (typeof scheduleId !== 'string' || typeof dueAt !== 'number') return []
  const names = words.today.actions
  const answer = (name: string, word: 'run' | 'leave'): Choice => ({
    name,
    work: () => desk.schedules.answer(scheduleId, dueAt, word),
  })
  const open: Choice = { name: names.open, work: async () => openSchedule(scheduleId, 'ledger') }
  return kind === 'schedule-asks' ? [answer(names.runNow, 'run'), answer(names.leave, 'leave'), open] : [open]
}
