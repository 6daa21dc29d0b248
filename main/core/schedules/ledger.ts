/**
 * What the ledger says of due times. Pure. Each ends exactly once, in one of the four words at the right:
 *
 *            ┌─(in time; late, and the policy is "once")──► starting ──(each definition)──► run · joined · missed
 *            │                                               │    ▲
 *            │                       (sign-in, network, folder)  (tried again)
 *            │                                               ▼    │
 *  (due) ────┤                                              waiting ──(overtaken, or too long)──► missed
 *            ├─(late, "ask")──► asking ──(yes)──► starting
 *            │                    └──(no)──► skipped    └──(overtaken)──► missed
 *            ├─(late, "skip"; or a later one has passed as well)──────────────────────────────► missed
 *            └─(paused)───────────────────────────────────────────────────────────────────────► skipped
 *
 * Of those that passed together only the newest may start: at most one run a schedule after any sleep.
 */
import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { DueReason, DueState } from '../../../preload/contract/schedules.ts'
import type { JobId } from '../ids.ts'
import { addMillis, hours, type Instant, type Millis, minutes } from '../time.ts'
import { passedDueTimes } from './due-times.ts'
import type { DueItem, DueTime, LedgerEntry, Schedule } from './types.ts'

/** A due time that is noticed so much later is late, and the schedule's policy decides. */
export const punctual: Millis = minutes(10)
/** How long something that may pass by itself is waited for. */
const patience: Millis = hours(24)
const shortPatience: Millis = hours(1)

const nothingWith = (schedule: Schedule): LedgerEntry => ({
  schedule,
  added: [],
  changed: [],
  takeBackAfter: null,
})

/** What has become due since the last look; null: nothing. `open`: the schedule's due times that have not ended. */
export function notice(schedule: Schedule, open: readonly DueTime[], now: Instant): LedgerEntry | null {
  if (schedule.removedAt !== null) return null
  if (schedule.lookedUntil > now) return clockWasAhead(schedule, now)
  const { times, before } = passedDueTimes(schedule.timetable, schedule.lookedUntil, now)
  const newest = times.at(-1)
  if (newest === undefined) return null

  const told = before === null ? [] : [{ ...older(schedule, before.from, now), until: before.until }]
  const added = [
    ...told,
    ...times.slice(0, -1).map(at => older(schedule, at, now)),
    current(schedule, newest, now),
  ]
  return {
    ...nothingWith({ ...schedule, lookedUntil: newest }),
    added,
    changed: open.filter(due => !hasBegun(due)).map(due => overtaken(due, now)),
  }
}

/** What was noticed for a time that is still to come, and did nothing, will be noticed again when it comes. */
const clockWasAhead = (schedule: Schedule, now: Instant): LedgerEntry => ({
  ...nothingWith({ ...schedule, lookedUntil: now }),
  takeBackAfter: now,
})

/** What was taken back: never one that started something. */
export const hadNoEffect = (due: DueTime): boolean =>
  due.state === 'asking' ||
  ((due.state === 'missed' || due.state === 'skipped') && due.reason !== 'error' && due.reason !== 'left')

const isLate = (at: Instant, now: Instant): boolean => at < addMillis(now, -punctual)

function fresh(schedule: Schedule, dueAt: Instant, now: Instant): DueTime {
  return {
    scheduleId: schedule.id,
    dueAt,
    until: null,
    state: 'starting',
    late: isLate(dueAt, now),
    reason: null,
    error: null,
    items: schedule.definitionIds.map(definitionId => ({
      definitionId,
      state: 'planned',
      startId: null,
      since: null,
      jobId: null,
      error: null,
    })),
    noticedAt: now,
    endedAt: null,
    nextTryAt: now,
    tries: 0,
    rev: 0,
  }
}

/** A later one has passed as well. */
function older(schedule: Schedule, at: Instant, now: Instant): DueTime {
  const due = fresh(schedule, at, now)
  if (schedule.paused) return ended(due, { state: 'skipped', reason: 'paused' }, now)
  return due.late
    ? ended(due, { state: 'missed', reason: 'not-running' }, now)
    : ended(due, { state: 'skipped', reason: 'overtaken' }, now)
}

function current(schedule: Schedule, at: Instant, now: Instant): DueTime {
  const due = fresh(schedule, at, now)
  if (schedule.paused) return ended(due, { state: 'skipped', reason: 'paused' }, now)
  if (!due.late || schedule.missed === 'once') return due
  if (schedule.missed === 'ask') return { ...due, state: 'asking', reason: 'not-running', nextTryAt: null }
  return ended(due, { state: 'missed', reason: 'not-running' }, now)
}

/** Something may have been sent for it: it is finished, whatever comes after it. */
export const hasBegun = (due: DueTime): boolean => due.items.some(({ state }) => state === 'starting')

const overtaken = (due: DueTime, now: Instant): DueTime =>
  due.state === 'asking'
    ? ended(due, { state: 'missed', reason: 'not-running' }, now)
    : ended(
        due,
        due.error ? { state: 'missed', reason: 'error' } : { state: 'skipped', reason: 'overtaken' },
        now,
      )

type Ending = { readonly state: 'skipped' | 'missed'; readonly reason: DueReason }

/** The end of a due time. What ran or was joined says how; where nothing did, `otherwise` does. */
export function ended(due: DueTime, otherwise: Ending, now: Instant): DueTime {
  const items = due.items.map(
    (item): DueItem =>
      item.state === 'planned' ? { ...item, state: 'not-started', error: item.error ?? due.error } : item,
  )
  const state: DueState = items.some(item => item.state === 'run')
    ? 'run'
    : items.some(item => item.state === 'joined')
      ? 'joined'
      : otherwise.state
  const did = state === 'run' || state === 'joined'
  const error = items.find(item => item.error !== null)?.error ?? due.error
  return {
    ...due,
    items,
    state,
    reason: did ? null : otherwise.reason,
    error: did || otherwise.reason === 'error' ? error : null,
    endedAt: now,
    nextTryAt: null,
  }
}

/** The user, or a change of the schedule, ends it; what has begun is finished all the same. */
export const dropped = (due: DueTime, reason: 'left' | 'changed' | 'paused', now: Instant): DueTime =>
  hasBegun(due) ? due : ended(due, { state: 'skipped', reason }, now)

/** The user says that it shall run after all. */
export const answeredYes = (due: DueTime, now: Instant): DueTime => ({
  ...due,
  state: 'starting',
  reason: null,
  nextTryAt: now,
})

/** About to start the job of this definition, under this id. */
export function startingItem(
  due: DueTime,
  definition: DueItem['definitionId'],
  startId: JobId,
  now: Instant,
): DueTime {
  return withItem({ ...due, state: 'starting' }, definition, {
    state: 'starting',
    startId,
    since: now,
    error: null,
  })
}

export function withItem(
  due: DueTime,
  definition: DueItem['definitionId'],
  patch: Partial<DueItem>,
): DueTime {
  const items = due.items.map(item => (item.definitionId === definition ? { ...item, ...patch } : item))
  return { ...due, items }
}

/** After every definition had its turn: ended, or when it is tried again. */
export function afterTurn(schedule: Schedule, due: DueTime, now: Instant): DueTime {
  const left = due.items.filter(({ state }) => state === 'planned' || state === 'starting')
  if (left.length === 0) return ended(due, { state: 'missed', reason: 'error' }, now)
  const error = left.find(item => item.error !== null)?.error ?? null
  const waiting: DueTime = {
    ...due,
    state: 'waiting',
    error,
    tries: due.tries + 1,
    nextTryAt: addMillis(now, waitAfter(due.tries, error)),
  }
  if (hasBegun(waiting) || !isTooLong(schedule, waiting, now)) return waiting
  return ended(waiting, { state: 'missed', reason: 'error' }, now)
}

function isTooLong(schedule: Schedule, due: DueTime, now: Instant): boolean {
  if (schedule.missed === 'skip') return now > addMillis(due.noticedAt, shortPatience)
  // A sign-in is a matter of people, who may be away for days; nothing is asked of the system meanwhile.
  return !waitsForSignIn(due.error) && now > addMillis(due.noticedAt, patience)
}

/** Grows, so that nobody is hammered; a sign-in is looked at without any request. */
function waitAfter(tries: number, error: ErrorView | null): Millis {
  if (waitsForSignIn(error)) return minutes(5)
  const asked = error?.facts.retryAfterMs
  const grown = minutes(Math.min(2 ** Math.min(tries, 10), 30))
  return typeof asked === 'number' ? Math.min(Math.max(Math.ceil(asked), grown), hours(1)) : grown
}

const signIns: readonly ErrorView['code'][] = [
  'sign-in-refused',
  'sign-in-expired',
  'sign-in-locked',
  'sign-in-waiting',
  'secrets-missing',
  'keychain-unavailable',
  'proxy-sign-in',
]
export const waitsForSignIn = (error: ErrorView | null): boolean =>
  error !== null && signIns.includes(error.code)

/** What may be otherwise later, without anybody having changed the schedule. */
const passing: readonly ErrorView['code'][] = [
  ...signIns,
  'session-expired',
  'offline',
  'host-not-found',
  'connection-failed',
  'connection-cut',
  'timed-out',
  'proxy-failed',
  'certificate',
  'rate-limited',
  'maintenance',
  'server-error',
  'already-running',
  'start-unknown',
  'folder-missing',
  'folder-not-writable',
  'folder-unreachable',
  'no-space',
]
export const maySolveItself = (error: ErrorView): boolean => passing.includes(error.code)
