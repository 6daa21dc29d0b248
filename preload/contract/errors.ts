/**
 * Errors are data with a known code. What a person reads is chosen from the code where it is shown
 * (text/en/errors.ts: what happened, what is safe, what to do); nothing here is a sentence but `said`,
 * the system's own words, bounded and masked.
 */
export const errorCodes = [
  // what was asked
  'bad-input',
  'not-found',
  'name-taken',
  'forbidden',
  'too-large',
  'not-supported',
  'cancelled',
  'internal',
  // sign-in
  'sign-in-refused',
  'sign-in-expired',
  'sign-in-locked',
  'sign-in-waiting',
  'permission-missing',
  'session-expired',
  'keychain-unavailable',
  'keychain-forgets',
  'secrets-missing',
  // network
  'offline',
  'metered',
  'host-not-found',
  'connection-failed',
  'connection-cut',
  'timed-out',
  'proxy-sign-in',
  'proxy-failed',
  'certificate',
  'not-trusted',
  'redirect-refused',
  'rate-limited',
  'maintenance',
  'server-error',
  'request-refused',
  'answer-too-large',
  'answer-not-understood',
  // jobs
  'already-running',
  'again-needed',
  'start-unknown',
  'job-failed',
  'job-gone',
  'job-timed-out',
  // what came
  'file-gone',
  'truncated',
  'html-instead-of-file',
  'error-instead-of-file',
  'damaged-archive',
  'unsafe-name',
  'encrypted-entry',
  'archive-bomb',
  'empty-extract',
  'fewer-rows-than-promised',
  // where a system leaves its files
  'source-unreachable',
  'source-changing',
  // the destination
  'no-destination',
  'folder-missing',
  'folder-not-writable',
  'folder-unreachable',
  'no-space',
  'conflict',
  'file-locked',
  'name-invalid',
  'staged-changed',
  // a file that was to be saved elsewhere
  'not-written',
  // a delivered file that is looked into
  'file-not-a-table',
  'delivered-file-missing',
  'file-changed',
  // a newer version of the app
  'update-refused',
  'update-not-installed',
  // the profile
  'profile-locked',
  'profile-damaged',
  'profile-newer',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** Facts that fill the gaps of an error's sentence; short, masked, never a secret. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean>>

/** An error as it crosses from main to the window. */
export type ErrorView = {
  readonly code: ErrorCode
  readonly facts: ErrorFacts
  /** The system's own words, where it gave any: at most 1,024 characters, masked. */
  readonly said?: string
  /** The system's id of the failed exchange, for its support. */
  readonly correlationId?: string
}

/** What every call over the bridge is answered with; the preload turns it into a value or a throw. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorView }
