import type { ErrorCode } from '../../preload/contract/errors.ts'

/** What a command ends with (docs/cli.md, Exit codes). Scripts branch on these: a meaning never moves. */
export const exits = {
  done: 0,
  fault: 1,
  words: 2,
  signIn: 3,
  unreachable: 4,
  job: 5,
  content: 6,
  running: 7,
  destination: 8,
  again: 9,
  unknownStart: 10,
  notFound: 11,
  profile: 12,
  interrupted: 130,
  terminated: 143,
} as const
export type ExitCode = (typeof exits)[keyof typeof exits]

/** What became of a `run` or `deliver` (docs/cli.md, the table of outcomes). */
export const outcomeExits = {
  delivered: exits.done,
  'delivered-with-warnings': exits.done,
  'already-delivered': exits.done,
  'same-bytes': exits.done,
  failed: exits.job,
  cancelled: exits.job,
  'timed-out': exits.job,
  'file-gone': exits.job,
  'not-what-it-claims': exits.content,
  'finished-empty': exits.content,
  'start-unknown': exits.unknownStart,
  'needs-space': exits.destination,
  'destination-unreachable': exits.destination,
  conflict: exits.destination,
  'needs-sign-in': exits.signIn,
  unreachable: exits.unreachable,
  'source-unreachable': exits.unreachable,
  interrupted: exits.interrupted,
} as const satisfies Record<string, ExitCode>
export type Outcome = keyof typeof outcomeExits

type ErrorEnd = { readonly exit: ExitCode; readonly outcome: Outcome | null }
const end = (exit: ExitCode, outcome: Outcome | null = null): ErrorEnd => ({ exit, outcome })

const words = end(exits.words)
const signIn = end(exits.signIn, 'needs-sign-in')
const unreachable = end(exits.unreachable, 'unreachable')
const content = end(exits.content, 'not-what-it-claims')
const destination = end(exits.destination, 'destination-unreachable')
const profile = end(exits.profile)

/** How an error ends a command; complete by type, so that a new code cannot be forgotten here. */
const errorEnds: Readonly<Record<ErrorCode, ErrorEnd>> = {
  'bad-input': words,
  'not-found': end(exits.notFound),
  'name-taken': words,
  forbidden: words,
  'too-large': words,
  'not-supported': words,
  cancelled: end(exits.job, 'cancelled'),
  internal: end(exits.fault),

  'sign-in-refused': signIn,
  'sign-in-expired': signIn,
  'sign-in-locked': signIn,
  'sign-in-waiting': signIn,
  'permission-missing': signIn,
  'session-expired': signIn,
  'keychain-unavailable': signIn,
  'keychain-forgets': signIn,
  'secrets-missing': signIn,

  metered: unreachable,
  offline: unreachable,
  'host-not-found': unreachable,
  'connection-failed': unreachable,
  'connection-cut': unreachable,
  'timed-out': unreachable,
  'proxy-sign-in': unreachable,
  'proxy-failed': unreachable,
  certificate: unreachable,
  'not-trusted': unreachable,
  'redirect-refused': unreachable,
  'rate-limited': unreachable,
  maintenance: unreachable,
  'server-error': unreachable,
  'request-refused': unreachable,
  'answer-too-large': unreachable,
  'answer-not-understood': unreachable,

  'already-running': end(exits.running),
  'again-needed': end(exits.again),
  'start-unknown': end(exits.unknownStart, 'start-unknown'),
  'job-failed': end(exits.job, 'failed'),
  'job-gone': end(exits.job, 'file-gone'),
  'job-timed-out': end(exits.job, 'timed-out'),

  'file-gone': end(exits.job, 'file-gone'),
  truncated: unreachable,
  'html-instead-of-file': content,
  'error-instead-of-file': content,
  'damaged-archive': content,
  'unsafe-name': content,
  'encrypted-entry': content,
  'archive-bomb': content,
  'empty-extract': end(exits.content, 'finished-empty'),
  'fewer-rows-than-promised': content,

  'source-unreachable': end(exits.unreachable, 'source-unreachable'),
  'source-changing': unreachable,

  'no-destination': end(exits.destination),
  'folder-missing': destination,
  'folder-not-writable': destination,
  'folder-unreachable': destination,
  'no-space': end(exits.destination, 'needs-space'),
  conflict: end(exits.destination, 'conflict'),
  'file-locked': end(exits.destination, 'conflict'),
  'name-invalid': end(exits.destination, 'conflict'),
  'not-written': end(exits.destination),
  'staged-changed': destination,

  'file-not-a-table': end(exits.content),
  'delivered-file-missing': end(exits.notFound),
  'file-changed': end(exits.destination),

  // No command updates the app.
  'update-refused': end(exits.fault),
  'update-not-installed': end(exits.fault),

  'profile-locked': profile,
  'profile-damaged': profile,
  'profile-newer': profile,
}

/** A code that this version does not know is a fault of ours. */
export const endOfError = (code: string): ErrorEnd => errorEnds[code as ErrorCode] ?? end(exits.fault)
