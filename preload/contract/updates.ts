/** Where an update of the app stands, as the window shows it. */
import type { ErrorView } from './errors.ts'

export const updateStates = [
  'off',
  'idle',
  'checking',
  'none',
  'available',
  'downloading',
  'verifying',
  'ready',
  'deferred',
  'installing',
  'failed',
] as const
export type UpdateState = (typeof updateStates)[number]

export type UpdateView = {
  readonly state: UpdateState
  /** Why nothing is looked for; null where it is. `not-set-up`: this build knows no update server. */
  readonly why: 'not-set-up' | 'managed' | null
  /** Null where nothing is looked for. */
  readonly channel: string | null
  /** Whether IT has decided the channel or the server. */
  readonly managed: boolean
  /** The newer version; null where none is known. */
  readonly version: string | null
  /** Its release notes, plain text. */
  readonly notes: string | null
  /** Whether this copy of the app can replace itself; a portable one cannot. */
  readonly installable: boolean
  /** It is ready, and was not installed at an earlier quit. */
  readonly tried: boolean
  /** Of the download. */
  readonly received: number
  readonly size: number
  readonly error: ErrorView | null
  /** When the update server last gave an answer that holds; milliseconds since 1970. */
  readonly checkedAt: number | null
}

/** Nothing is known of updates. */
export const noUpdates: UpdateView = {
  state: 'off',
  why: 'not-set-up',
  channel: null,
  managed: false,
  version: null,
  notes: null,
  installable: true,
  tried: false,
  received: 0,
  size: 0,
  error: null,
  checkedAt: null,
}
