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

/**
 * How names in an archive are written where it does not say so itself. `standard`: in code page 437, as the format
 * has it; the others are what systems of these languages really write.
 */
export const nameCodePages = [
  'standard',
  'windows-1252',
  'cp850',
  'shift_jis',
  'euc-kr',
  'gbk',
  'big5',
] as const
export type NameCodePage = (typeof nameCodePages)[number]

export const conflictPolicies = ['keep-both', 'replace', 'skip-same', 'fail'] as const
export type ConflictPolicy = (typeof conflictPolicies)[number]

/** How a sign-in stands. `refused` and `expired` wait for the user; nothing is tried meanwhile. */
export type SignInState = 'ok' | 'refused' | 'expired' | 'unknown'

/**
 * What the practice system does until something else is chosen, in the order in which it is offered: first the usual,
 * then what befalls a run, its start, its file, the sign-in, and the system as a whole.
 */
export const practiceScenarios = [
  'normal',
  'slow',
  'failing-job',
  'unknown-status',
  'empty-extract',
  'very-large',
  'lost-post-answer',
  'lost-post-nothing',
  'busy',
  'damaged-zip',
  'truncated-download',
  'html-instead-of-file',
  'json-error-with-200',
  'missing-file-link',
  'expired-token',
  'rotating-refresh-token',
  'refused',
  'rate-limited',
  'maintenance',
  'no-answer',
] as const
export type PracticeScenario = (typeof practiceScenarios)[number]

/** How many receipts go into one export: each is printed as a page, which takes a moment. */
export const mostExported = 500

/**
 * With more bytes than this still to come a download is large: they are what a few minutes of a video call take. Most
 * extracts are smaller by far, and whoever sits on a phone's hotspot at month-end is better served with the file.
 */
export const largeDownload = 25_000_000
