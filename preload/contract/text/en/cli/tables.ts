/** What the window calls it, the command line calls it too. */
export {
  deliveryStates,
  jobStates,
  marks,
  signInStates,
  statusMissing,
  systems,
} from '../window/states.ts'
export const noSecrets = 'No secrets here'

/** The heads of the columns. */
export const heads = {
  id: 'Id',
  name: 'Name',
  system: 'System',
  mark: 'Mark',
  signIn: 'Sign-in',
  url: 'Address',
  lastRun: 'Last run',
  lastDelivery: 'Last delivery',
  lastDue: 'Last due',
  destination: 'Destination',
  job: 'Job',
  definition: 'Definition',
  connection: 'Connection',
  status: 'Status',
  started: 'Started',
  ended: 'Ended',
  receipt: 'Receipt',
  outcome: 'Outcome',
  delivered: 'Delivered',
  files: 'Files',
  size: 'Size',
  rows: 'Rows',
  schedule: 'Schedule',
  next: 'Next due',
  remoteId: 'Id at the system',
  request: 'Request',
  file: 'File',
  sha256: 'SHA-256',
} as const
export const none = '-'
export const paused = 'paused'
