/** The word that stands beside a state's shape. */
import type { ConnectionMark, DeliveryState, JobState, SignInState, SystemName } from '../../../words.ts'

export const jobStates: Record<Exclude<JobState, 'unknown'>, string> = {
  intent: 'Starting',
  starting: 'Starting',
  'start-unknown': 'Start unknown',
  'not-started': 'Not started',
  submitted: 'Submitted',
  queued: 'Queued',
  running: 'Running',
  completed: 'Not saved',
  failed: 'Failed',
  cancelled: 'Cancelled',
  gone: 'No longer listed',
  'timed-out': 'Timed out',
}
/** A status we do not know is shown as it came. */
export const unknownStatus = (raw: string): string => `Unknown: ${raw}`
export const statusMissing = 'Unknown'

export const deliveryStates: Record<DeliveryState, string> = {
  waiting: 'Waiting',
  downloading: 'Downloading',
  verifying: 'Verifying',
  unpacking: 'Unpacking',
  publishing: 'Saving',
  'needs-space': 'Needs space',
  'needs-sign-in': 'Needs sign-in',
  'destination-unreachable': 'Folder away',
  conflict: 'Name taken',
  unreachable: 'System away',
  delivered: 'Delivered',
  'delivered-with-warnings': 'Delivered, warnings',
  'same-bytes': 'Already there',
  'not-what-it-claims': 'Not what it claims',
  'finished-empty': 'Finished empty',
  'file-gone': 'File gone',
  cancelled: 'Cancelled',
}

export const outcomes = {
  delivered: 'Delivered',
  'delivered-with-warnings': 'Delivered, warnings',
  'same-bytes': 'Already there',
} as const

export const signInStates: Record<SignInState, string> = {
  ok: 'Signed in',
  refused: 'Sign-in refused',
  expired: 'Sign-in expired',
  unknown: 'Not tried yet',
}

export const marks: Record<ConnectionMark, string> = {
  production: 'Production',
  test: 'Test',
  practice: 'Practice',
}

export const systems: Record<SystemName, string> = {
  concur: 'SAP Concur',
  icws: 'Genesys PureConnect',
  vault: 'Veeva Vault',
}
