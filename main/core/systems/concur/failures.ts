import type { ErrorCode } from '../../../../preload/contract/errors.ts'
import type { AppError } from '../../errors.ts'
import { type Instant, type Millis, minutes, seconds } from '../../time.ts'
import { errorOf, type FailedExchange, pauseFacts } from '../failed-exchange.ts'
import { retryAfter } from '../retry-after.ts'

/** SAP: sleep 5 minutes in maintenance, and when nothing was answered within 60 seconds. */
export const maintenancePause = minutes(5)
export const silencePause = minutes(5)
/** Our own minimum: a recorded 429 said `retry-after: 0`. */
export const rateLimitPause = minutes(1)
/** "Database deadlock, retry shortly." */
export const deadlockPause = seconds(10)

/** The status as an error of ours (concur.md, 1.6); `wait` is the shortest pause before anything is asked again. */
type Meaning = { readonly code: ErrorCode; readonly wait?: Millis }

function meaningOf(status: number, body: string): Meaning {
  switch (status) {
    case 400:
      // One status for a malformed request and for two conditions that pass: only the words tell them apart.
      if (/limit exceeded|rate\.limit|too many requests/i.test(body))
        return { code: 'rate-limited', wait: rateLimitPause }
      return /deadlock/i.test(body)
        ? { code: 'server-error', wait: deadlockPause }
        : { code: 'request-refused' }
    // 401 means that there was no Authorization header, 403 an expired or revoked token or a missing right.
    // A new token tells these apart, so both ask for one first (core/connections/sessions.ts).
    case 401:
    case 403:
      return { code: 'session-expired' }
    case 404:
      return { code: 'not-found' }
    case 407:
      return { code: 'proxy-sign-in' }
    case 409:
      return { code: 'already-running' }
    case 429:
      return { code: 'rate-limited', wait: rateLimitPause }
    case 503:
      return { code: 'maintenance', wait: maintenancePause }
    default:
      // A success of another kind is none that is documented: a start may have happened or not.
      if (status < 300) return { code: 'answer-not-understood' }
      if (status < 400) return { code: 'redirect-refused' }
      return { code: status >= 500 ? 'server-error' : 'request-refused' }
  }
}

/** What a status other than the expected one means. `mask` is the redactor's; the words are shown to the user. */
export function failureOf(exchange: FailedExchange, now: Instant, mask: (text: string) => string): AppError {
  const { code, wait = 0 } = meaningOf(exchange.status, exchange.body)
  return errorOf(
    exchange,
    code,
    mask,
    pauseFacts(Math.max(wait, retryAfter(exchange.headers['retry-after'], now))),
  )
}
