import type { ErrorCode, ErrorView } from '../../../preload/contract/errors.ts'
import type { WarningView } from '../../../preload/contract/receipts.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import type { DeliveryState } from '../../../preload/contract/words.ts'
import { AppError } from '../errors.ts'
import type { ConnectionId, DefinitionId, DeliveryId, JobId, ReceiptId } from '../ids.ts'
import type { Instant } from '../time.ts'
import type { Delivery, Download, PartialDownload, Plan, StagedFile, Staging } from './types.ts'

/**
 * The delivery as a state machine: pure, so that what the journal may come to hold can be proven.
 *
 *   waiting ─► downloading ─► verifying ─► unpacking ─► publishing ─► delivered · delivered-with-warnings · same-bytes
 *      ▲            │             │            │            │
 *      │            ├─────────────┴────────────┴────────────┤ something is in the way
 *      │            ▼                                       ▼
 *      └──── waiting (again) · unreachable · needs-space · needs-sign-in · destination-unreachable · conflict
 *                   │             go on where they were, by themselves at nextAttemptAt or when asked to
 *                   ▼
 *            not-what-it-claims · finished-empty · file-gone · cancelled      ended; `retry` begins anew
 *
 * `begin` enters the first step that is not done yet: what was downloaded, unpacked or planned is kept in the record.
 * A step that was killed is entered again; each of them may be repeated. Once a group's plan is in the record nothing
 * but its end leads out of publishing: its first file may be visible.
 */
export const workingStates = ['downloading', 'verifying', 'unpacking', 'publishing'] as const
export const pausedStates = [
  'waiting',
  'unreachable',
  'needs-space',
  'needs-sign-in',
  'destination-unreachable',
  'conflict',
] as const
export const deliveredStates = ['delivered', 'delivered-with-warnings', 'same-bytes'] as const
export const failedStates = ['not-what-it-claims', 'finished-empty', 'file-gone', 'cancelled'] as const

type PausedState = (typeof pausedStates)[number]
type DeliveredState = (typeof deliveredStates)[number]
type FailedState = (typeof failedStates)[number]

const isOneOf = <T extends string>(states: readonly T[], state: string): state is T =>
  states.some(one => one === state)

export const isDelivered = (state: DeliveryState): boolean => isOneOf(deliveredStates, state)
export const isEnded = (state: DeliveryState): boolean => isDelivered(state) || isOneOf(failedStates, state)
export const isWorking = (state: DeliveryState): boolean => isOneOf(workingStates, state)

export type DeliveryEvent =
  | { readonly kind: 'begin' }
  | { readonly kind: 'staging-chosen'; readonly staging: Staging }
  /** Known before anything is fetched; what was noted by an earlier attempt is replaced. */
  | { readonly kind: 'warned'; readonly warnings: readonly WarningView[] }
  | { readonly kind: 'download-complete'; readonly download: Download; readonly last: boolean }
  /** The job made no files, and the destination accepts that. */
  | { readonly kind: 'nothing-to-download' }
  | { readonly kind: 'download-cut'; readonly partial: PartialDownload | null }
  | { readonly kind: 'verified' }
  | {
      readonly kind: 'unpacked'
      readonly contents: readonly StagedFile[]
      readonly warnings: readonly WarningView[]
    }
  | { readonly kind: 'planned'; readonly plan: Plan }
  /** A name was taken by somebody else before we came to it. Null: no file of the group is visible yet. */
  | { readonly kind: 'replanned'; readonly plan: Plan | null }
  | { readonly kind: 'placed'; readonly plan: Plan }
  /** What was staged cannot be published any more; `former` is the plan, with what is known to be visible. */
  | { readonly kind: 'staged-lost'; readonly former: Plan }
  | { readonly kind: 'published'; readonly outcome: DeliveredState; readonly receiptId: ReceiptId }
  | {
      readonly kind: 'paused'
      readonly state: PausedState
      readonly error: ErrorView
      readonly nextAttemptAt: Instant | null
    }
  /** Nothing failed: it waits for another network. */
  | { readonly kind: 'held'; readonly error: ErrorView }
  | { readonly kind: 'failed'; readonly state: Exclude<FailedState, 'cancelled'>; readonly error: ErrorView }
  | { readonly kind: 'cancelled' }
  /** What is staged is gone or not to be trusted: everything is made anew. */
  | { readonly kind: 'begin-anew'; readonly error: ErrorView | null; readonly nextAttemptAt: Instant | null }
  | { readonly kind: 'retry' }
  | { readonly kind: 'cleaned-up' }

const nothingMade = {
  downloads: [],
  downloaded: false,
  partial: null,
  contents: null,
  plan: null,
  warnings: [],
} as const

export type NewDelivery = {
  readonly id: DeliveryId
  readonly jobId: JobId
  readonly definitionId: DefinitionId
  readonly connectionId: ConnectionId
  readonly destination: Destination
  readonly followsDefinition: boolean
  readonly by: string
}

export function newDelivery(wanted: NewDelivery, now: Instant): Delivery {
  return {
    ...wanted,
    state: 'waiting',
    error: null,
    attempts: 0,
    nextAttemptAt: null,
    staging: null,
    ...nothingMade,
    former: null,
    receiptId: null,
    createdAt: now,
    updatedAt: now,
    rev: 0,
  }
}

/** The first step that is not done yet. */
export function stepOf({ plan, contents, downloaded }: Delivery): (typeof workingStates)[number] {
  if (plan || contents) return 'publishing'
  return downloaded ? 'verifying' : 'downloading'
}

/** A group whose publishing has begun: cancelling it would leave a part of it behind. */
export const mayBeCancelled = (delivery: Delivery): boolean =>
  !isEnded(delivery.state) && delivery.plan === null && delivery.former === null

/** The record after an event. Throws `internal` where the event cannot happen in this state: a bug of the caller. */
export function after(delivery: Delivery, event: DeliveryEvent, now: Instant): Delivery {
  const changed = changeOf(delivery, event)
  if (changed === null) {
    throw new AppError('internal', { said: `A delivery that is ${delivery.state} cannot be ${event.kind}` })
  }
  return { ...delivery, ...changed, updatedAt: now }
}

type Change = Partial<Omit<Delivery, 'id' | 'jobId' | 'createdAt' | 'rev'>>
/** It got further: what was in the way is no longer. */
const further = { error: null, attempts: 0, nextAttemptAt: null } as const

function changeOf(delivery: Delivery, event: DeliveryEvent): Change | null {
  const { state } = delivery
  switch (event.kind) {
    case 'begin':
      return isEnded(state) ? null : { state: stepOf(delivery), error: null, nextAttemptAt: null }
    case 'staging-chosen':
      return isWorking(state) ? { staging: event.staging } : null
    case 'warned':
      return state === 'downloading' ? { warnings: event.warnings } : null
    case 'download-complete':
      return state === 'downloading' && !delivery.downloaded
        ? {
            downloads: [...delivery.downloads, event.download],
            downloaded: event.last,
            partial: null,
            state: event.last ? 'verifying' : 'downloading',
          }
        : null
    case 'nothing-to-download':
      return state === 'downloading' && !delivery.downloaded && delivery.downloads.length === 0
        ? { downloaded: true, partial: null, state: 'verifying' }
        : null
    case 'download-cut':
      return state === 'downloading' ? { partial: event.partial } : null
    case 'verified':
      return state === 'verifying' ? { state: 'unpacking' } : null
    case 'unpacked':
      return state === 'unpacking'
        ? {
            ...further,
            state: 'publishing',
            contents: event.contents,
            warnings: [...delivery.warnings, ...event.warnings],
          }
        : null
    case 'planned':
      return state === 'publishing' && !delivery.plan ? { plan: event.plan } : null
    case 'replanned':
      return state === 'publishing' && delivery.plan && (event.plan || !delivery.plan.placed)
        ? { plan: event.plan }
        : null
    case 'placed':
      return state === 'publishing' && delivery.plan ? { ...further, plan: event.plan } : null
    case 'staged-lost':
      return state === 'publishing' && delivery.plan ? { former: event.former } : null
    case 'published':
      return state === 'publishing' && delivery.plan?.placed
        ? { ...further, state: event.outcome, receiptId: event.receiptId, former: null }
        : null
    case 'paused':
      return isEnded(state)
        ? null
        : {
            state: event.state,
            error: event.error,
            nextAttemptAt: event.nextAttemptAt,
            attempts: delivery.attempts + 1,
          }
    case 'held':
      return state === 'downloading' ? { state: 'waiting', error: event.error, nextAttemptAt: null } : null
    case 'failed':
      return isWorking(state) && !delivery.plan
        ? { state: event.state, error: event.error, nextAttemptAt: null }
        : null
    case 'cancelled':
      return mayBeCancelled(delivery)
        ? { state: 'cancelled', error: { code: 'cancelled', facts: {} }, nextAttemptAt: null }
        : null
    case 'begin-anew':
      return isEnded(state)
        ? null
        : {
            ...nothingMade,
            // Something of it may be visible: then it keeps the names that it had.
            former: delivery.former ?? (delivery.plan && { ...delivery.plan, ownFolder: null }),
            state: 'waiting',
            error: event.error,
            nextAttemptAt: event.nextAttemptAt,
            attempts: delivery.attempts + (event.error ? 1 : 0),
          }
    case 'retry':
      return retried(delivery)
    case 'cleaned-up':
      return isEnded(state) ? { staging: null } : null
  }
}

function retried(delivery: Delivery): Change | null {
  if (isDelivered(delivery.state)) return null
  if (isEnded(delivery.state)) return { ...nothingMade, ...further, state: 'waiting' }
  return isWorking(delivery.state) ? {} : { attempts: 0, nextAttemptAt: null }
}

const stateOfCode: Partial<Record<ErrorCode, PausedState | Exclude<FailedState, 'cancelled'>>> = {
  'sign-in-refused': 'needs-sign-in',
  'sign-in-expired': 'needs-sign-in',
  'sign-in-locked': 'needs-sign-in',
  'sign-in-waiting': 'needs-sign-in',
  'permission-missing': 'needs-sign-in',
  'keychain-unavailable': 'needs-sign-in',
  'secrets-missing': 'needs-sign-in',
  'job-gone': 'file-gone',
  'job-failed': 'file-gone',
  'not-found': 'file-gone',
  'file-gone': 'file-gone',
  truncated: 'waiting',
  'html-instead-of-file': 'not-what-it-claims',
  'error-instead-of-file': 'not-what-it-claims',
  'damaged-archive': 'not-what-it-claims',
  'unsafe-name': 'not-what-it-claims',
  'encrypted-entry': 'not-what-it-claims',
  'archive-bomb': 'not-what-it-claims',
  'fewer-rows-than-promised': 'not-what-it-claims',
  'empty-extract': 'finished-empty',
  'folder-missing': 'destination-unreachable',
  'folder-not-writable': 'destination-unreachable',
  'folder-unreachable': 'destination-unreachable',
  'no-space': 'needs-space',
  conflict: 'conflict',
  'file-locked': 'conflict',
  'name-invalid': 'conflict',
  // They do not pass by themselves within seconds; asking again at once would help nobody.
  maintenance: 'unreachable',
  certificate: 'unreachable',
  'source-unreachable': 'unreachable',
  'proxy-sign-in': 'unreachable',
  'not-trusted': 'unreachable',
  'redirect-refused': 'unreachable',
}

/** The state that an error leads to. What is in no list is tried again, as a network's errors are. */
export const stateOf = (code: ErrorCode): PausedState | Exclude<FailedState, 'cancelled'> =>
  stateOfCode[code] ?? 'waiting'
