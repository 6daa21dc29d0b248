/**
 * Where an update stands. Pure: what is done about it is updates-service.ts.
 *
 *   off        no server is known, or IT has switched it off: nothing leads out of it
 *
 *   idle ──check──► checking ──nothing-newer──► none ──check──► checking
 *                      │ newer
 *                      ▼
 *                  available ──download──► downloading ──downloaded──► verifying ──verified──► ready
 *                      └──check──► checking                                                   │   ▲
 *                                                                                    restart  ▼   │ later
 *   any of them ──failed──► failed ──check──► checking                                       deferred
 *
 *   ready, deferred ──quit, and nothing runs──► installing   the only way there; from `deferred` the app starts again
 *
 * `deferred`: the user wants it now, and it waits until no job or delivery is under way. Quitting while something is under
 * way installs nothing: what is ready stays ready, and the next start finds it in its folder. What the platform did not
 * install once (nobody gave the administrator's password) is not tried at every quit: only where the user asks for it.
 */
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { addMillis, hours, type Instant, type Millis, minutes } from '../time.ts'

export type ReleaseFile = {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Base64. */
  readonly sha512: string
}
/** A newer version, as its signed manifest tells of it. */
export type Release = {
  readonly version: string
  readonly notes: string | null
  /** What this copy of the app is replaced with; null where it cannot replace itself. */
  readonly file: ReleaseFile | null
}

type Stage =
  | { readonly state: 'off'; readonly why: 'not-set-up' | 'managed' }
  | { readonly state: 'idle' | 'checking' | 'none' }
  | { readonly state: 'available' | 'verifying'; readonly release: Release }
  /** `tried`: the platform did not install it at an earlier quit. */
  | { readonly state: 'ready' | 'deferred'; readonly release: Release; readonly tried: boolean }
  | { readonly state: 'downloading'; readonly release: Release; readonly received: number }
  | { readonly state: 'installing'; readonly release: Release; readonly restart: boolean }
  | { readonly state: 'failed'; readonly error: ErrorView; readonly release: Release | null }

/** `failures`: how many attempts in a row went wrong. */
export type Update = Stage & { readonly failures: number }

export type UpdateEvent =
  | {
      readonly kind: 'check' | 'nothing-newer' | 'download' | 'downloaded' | 'restart' | 'later'
    }
  | { readonly kind: 'newer'; readonly release: Release }
  | { readonly kind: 'received'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly error: ErrorView }
  | { readonly kind: 'verified'; readonly tried: boolean }
  /** The user quits. `busy`: a job or a delivery is under way, here or in another process on this profile. */
  | { readonly kind: 'quit'; readonly busy: boolean }

export const unchecked: Update = { state: 'idle', failures: 0 }
export const switchedOff = (why: 'not-set-up' | 'managed'): Update => ({ state: 'off', why, failures: 0 })

/** The next state; the same one where the event does not concern it. */
export function next(update: Update, event: UpdateEvent): Update {
  const { failures } = update
  switch (event.kind) {
    case 'check':
      return is(update, 'idle', 'none', 'available', 'failed') ? { state: 'checking', failures } : update
    case 'nothing-newer':
      return update.state === 'checking' ? { state: 'none', failures: 0 } : update
    case 'newer':
      return update.state === 'checking' ? { state: 'available', release: event.release, failures } : update
    case 'download':
      return update.state === 'available' && update.release.file !== null
        ? { state: 'downloading', release: update.release, received: 0, failures }
        : update
    case 'received':
      return update.state === 'downloading' ? { ...update, received: event.bytes } : update
    case 'downloaded':
      return update.state === 'downloading'
        ? { state: 'verifying', release: update.release, failures }
        : update
    case 'verified':
      return update.state === 'verifying'
        ? { state: 'ready', release: update.release, tried: event.tried, failures: 0 }
        : update
    case 'failed':
      return is(update, 'checking', 'available', 'downloading', 'verifying', 'installing')
        ? { state: 'failed', error: event.error, release: releaseOf(update), failures: failures + 1 }
        : update
    case 'restart':
      return update.state === 'ready' ? { ...update, state: 'deferred' } : update
    case 'later':
      return update.state === 'deferred' ? { ...update, state: 'ready' } : update
    case 'quit':
      return !event.busy && ((update.state === 'ready' && !update.tried) || update.state === 'deferred')
        ? { state: 'installing', release: update.release, restart: update.state === 'deferred', failures }
        : update
  }
}

export const releaseOf = (update: Update): Release | null => ('release' in update ? update.release : null)

const is = (update: Update, ...states: readonly Update['state'][]): boolean => states.includes(update.state)

/** The first look comes when the start of the app, and what it finishes, is over. */
const FIRST_AFTER: Millis = minutes(2)
const EVERY: Millis = hours(24)
const AGAIN_AFTER: Millis = minutes(15)

/** When it is looked for by itself the next time. After failures later and later, up to a day. */
export function nextCheckAt({ state, failures }: Update, now: Instant): Instant {
  if (state === 'idle') return addMillis(now, FIRST_AFTER)
  if (failures === 0) return addMillis(now, EVERY)
  return addMillis(now, Math.min(AGAIN_AFTER * 2 ** Math.min(failures - 1, 10), EVERY))
}
