import type { ErrorCode, ErrorView } from '../../../preload/contract/errors.ts'
import type { Job } from './types.ts'

/**
 * Answers with which a system says that it did not take a start, or errors from before anything was sent. Every other
 * error leaves the outcome open: a timeout, a cut, a 5xx of some gateway, an answer that cannot be read.
 */
const refusals: readonly ErrorCode[] = [
  'already-running',
  'bad-input',
  'not-found',
  'forbidden',
  'not-supported',
  'permission-missing',
  'request-refused',
  'rate-limited',
  'session-expired',
  'sign-in-refused',
  'sign-in-expired',
  'sign-in-locked',
  'sign-in-waiting',
  'secrets-missing',
  'keychain-unavailable',
  'not-trusted',
]

/** True where this error proves that nothing was started. `facts.sent` false: the request never left (ports: Http). */
export const isRefusal = (error: ErrorView): boolean =>
  error.facts.sent === false || refusals.includes(error.code)

/** The system refused it, so that no job in a later list can be this one. */
export const wasRefused = (job: Job): boolean => job.error !== null && isRefusal(job.error)
