import type { ReceiptView } from '../../preload/contract/receipts.ts'
import type { JobView, SignInView } from '../../preload/contract/types.ts'
import type { DeliveryState, JobState } from '../../preload/contract/words.ts'
import { words } from '../text.ts'

/** State is shape, word and colour, in that order: no state is told by colour alone. */
export type Shape = 'delivered' | 'running' | 'waiting' | 'needs-you' | 'failed' | 'empty' | 'cancelled'
export type Tone = 'ok' | 'info' | 'quiet' | 'attention' | 'danger'
export type StateLook = { readonly shape: Shape; readonly tone: Tone; readonly word: string }

type Drawn = Omit<StateLook, 'word'>
const delivered: Drawn = { shape: 'delivered', tone: 'ok' }
const running: Drawn = { shape: 'running', tone: 'info' }
const waiting: Drawn = { shape: 'waiting', tone: 'quiet' }
const needsYou: Drawn = { shape: 'needs-you', tone: 'attention' }
const failed: Drawn = { shape: 'failed', tone: 'danger' }
const empty: Drawn = { shape: 'empty', tone: 'attention' }
const over: Drawn = { shape: 'cancelled', tone: 'quiet' }

const jobLooks: Record<JobState, Drawn> = {
  intent: running,
  starting: running,
  'start-unknown': needsYou,
  'not-started': over,
  submitted: waiting,
  queued: waiting,
  running,
  completed: waiting,
  failed,
  cancelled: over,
  unknown: waiting,
  gone: over,
  'timed-out': failed,
}

const deliveryLooks: Record<DeliveryState, Drawn> = {
  waiting,
  downloading: running,
  verifying: running,
  unpacking: running,
  publishing: running,
  'needs-space': needsYou,
  'needs-sign-in': needsYou,
  'destination-unreachable': needsYou,
  conflict: needsYou,
  unreachable: needsYou,
  delivered,
  'delivered-with-warnings': { shape: 'delivered', tone: 'attention' },
  'same-bytes': delivered,
  'not-what-it-claims': failed,
  'finished-empty': empty,
  'file-gone': failed,
  cancelled: over,
}

/** How a job with its delivery looks: the delivery's state once there is one, the system's until then. */
export function jobLook(
  state: JobState,
  delivery: DeliveryState | null,
  rawStatus: string | null = null,
): StateLook {
  if (delivery !== null) return { ...deliveryLooks[delivery], word: words.states.deliveryStates[delivery] }
  if (state === 'unknown') {
    const word = rawStatus === null ? words.states.statusMissing : words.states.unknownStatus(rawStatus)
    return { ...jobLooks.unknown, word }
  }
  return { ...jobLooks[state], word: words.states.jobStates[state] }
}

export const lookOf = (job: JobView): StateLook =>
  jobLook(job.state, job.delivery?.state ?? null, job.rawStatus)

export const outcomeLook = (outcome: ReceiptView['outcome']): StateLook => ({
  ...deliveryLooks[outcome],
  word: words.states.outcomes[outcome],
})

export function signInLook(signIn: SignInView): StateLook {
  const drawn = { ok: delivered, refused: needsYou, expired: needsYou, unknown: waiting }[signIn.state]
  return { ...drawn, word: words.states.signInStates[signIn.state] }
}

const openStates: ReadonlySet<JobState> = new Set<JobState>([
  'intent',
  'starting',
  'submitted',
  'queued',
  'running',
  'unknown',
])
/** Queued or running at the system, or about to be: Run joins it. */
export const isOpen = (job: JobView): boolean => openStates.has(job.state)
