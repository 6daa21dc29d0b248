/**
 * The words of Extract Desk, as data: every room, the window and the command line say these and no others.
 * Their meaning is in the table of docs/architecture.md ("Words").
 */

export const systemNames = ['concur', 'icws', 'vault'] as const
export type SystemName = (typeof systemNames)[number]

export const connectionMarks = ['production', 'test', 'practice'] as const
export type ConnectionMark = (typeof connectionMarks)[number]

export const authKinds = [
  'refresh-token',
  'company-request-token',
  'client-credentials',
  'password',
  'access-token',
] as const
export type AuthKind = (typeof authKinds)[number]

/** What a system says of a job, in our words; the system's own word always stands beside it (`rawStatus`). */
export type JobStatus = 'submitted' | 'queued' | 'running' | 'completed' | 'failed' | 'cancelled' | 'unknown'

/** Where a job stands in our journal: the status, and what comes before and instead of it (core/jobs/job.ts). */
export type JobState =
  | 'intent' // decided and journalled; nothing was sent
  | 'starting' // the request is about to be sent, was sent, or its answer was lost
  | 'start-unknown' // it could not be found out whether the system started it: the user settles it
  | 'not-started' // ended: the system did not start it
  | JobStatus
  | 'gone' // ended: the system no longer lists it and nobody saw its end
  | 'timed-out' // ended for us: past its deadline and still not finished

/** Where a delivery stands (core/deliveries/delivery.ts). */
export type DeliveryState =
  | 'waiting'
  | 'downloading'
  | 'verifying'
  | 'unpacking'
  | 'publishing'
  | 'needs-space'
  | 'needs-sign-in'
  | 'destination-unreachable'
  | 'conflict'
  | 'unreachable'
  | 'delivered'
  | 'delivered-with-warnings'
  | 'same-bytes'
  | 'not-what-it-claims'
  | 'finished-empty'
  | 'file-gone'
  | 'cancelled'

export const conflictPolicies = ['keep-both', 'replace', 'skip-same', 'fail'] as const
export type ConflictPolicy = (typeof conflictPolicies)[number]

/** How a sign-in stands. `refused` and `expired` wait for the user; nothing is tried meanwhile. */
export type SignInState = 'ok' | 'refused' | 'expired' | 'unknown'

/** How many receipts go into one export: each is printed as a page, which takes a moment. */
export const mostExported = 500
