import type { ErrorCode, ErrorFacts } from '../../../../preload/contract/errors.ts'
import type { AppError } from '../../errors.ts'
import type { Instant } from '../../time.ts'
import { errorOf, type FailedExchange, pauseFacts } from '../failed-exchange.ts'
import { retryAfter } from '../retry-after.ts'
import type { IcwsError } from './types.ts'

/** `errorCode` is undocumented, but real. */
export const wrongPassword = -2147221503
const accessDenied = 7
const notFound = '-2147221496'
/** The server is about to hand over to its backup: the session on it is of no use any more. */
const notAccepting = 'error.server.notAcceptingConnections'

const blank: IcwsError = { errorId: '', errorCode: null, propertyName: '', alternates: [] }

/** The body of a failure: `{errorId?, errorCode?, message, propertyName?}`. Whatever else came has none of it. */
export function readError(body: string): IcwsError {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? errorFrom(value) : blank
  } catch {
    return blank
  }
}

function errorFrom(value: Readonly<Record<string, unknown>> | object): IcwsError {
  const { errorId, errorCode, propertyName, alternateHostList } = value as Readonly<Record<string, unknown>>
  const code = typeof errorCode === 'string' && errorCode !== '' ? Number(errorCode) : errorCode
  return {
    errorId: typeof errorId === 'string' || typeof errorId === 'number' ? String(errorId) : '',
    errorCode: typeof code === 'number' && Number.isFinite(code) ? code : null,
    propertyName: typeof propertyName === 'string' ? propertyName : '',
    alternates: Array.isArray(alternateHostList)
      ? alternateHostList.filter(host => typeof host === 'string').map(host => host.trim())
      : [],
  }
}

/** What a status says of any call with a session. */
function meaningOf(status: number, { errorId, errorCode }: IcwsError): ErrorCode {
  // Not found is one of the words for a bad request, and where it is only in the code it is no other one.
  if (status === 400 && (errorId === notFound || String(errorCode) === notFound)) return 'not-found'
  switch (status) {
    case 401:
      // Wrong or missing session (1), token (2), cookie (4), a session that ended (-2147221499): a new sign-in helps
      // with each of them, and so it does with one that nobody wrote down. Not with 7, access denied.
      return errorCode === accessDenied ? 'permission-missing' : 'session-expired'
    case 403:
      return 'permission-missing'
    case 404:
      return 'not-found'
    case 407:
      return 'proxy-sign-in'
    case 410:
      return 'not-supported'
    case 429:
      return 'rate-limited'
    case 503:
      return errorId === notAccepting ? 'session-expired' : 'maintenance'
    default:
      if (status < 300) return 'answer-not-understood'
      if (status < 400) return 'redirect-refused'
      return status >= 500 ? 'server-error' : 'request-refused'
  }
}

/** What a status other than the expected one means, with the server's own words. */
export function failureOf(exchange: FailedExchange, now: Instant, mask: (text: string) => string): AppError {
  const said = readError(exchange.body)
  const code = meaningOf(exchange.status, said)
  return errorOf(exchange, code, mask, {
    ...factsOf(said),
    ...(code === 'permission-missing' ? { missing: 'data-extractor-right' } : {}),
    ...pauseFacts(retryAfter(exchange.headers['retry-after'], now)),
  })
}

/** The server's own names for what went wrong. */
const factsOf = ({ errorId, errorCode, propertyName }: IcwsError): ErrorFacts => ({
  ...(errorId === '' ? {} : { errorId }),
  ...(errorCode === null ? {} : { errorCode }),
  ...(propertyName === '' ? {} : { property: propertyName }),
})

/**
 * What a refused sign-in means. A wrong password is a 400, before CIC 4.0.6 without an errorId. Every other refusal of
 * the account counts as one as well, however it is worded, but for what is plainly something else: taking it for
 * harmless could try the password again and lock the account.
 */
export function refusalOf(exchange: FailedExchange, now: Instant, mask: (text: string) => string): AppError {
  const { status, body } = exchange
  const said = readError(body)
  const { errorId, errorCode } = said
  const facts = factsOf(said)
  if (errorCode === wrongPassword || /authenticationFailure$/i.test(errorId)) {
    return errorOf(exchange, 'sign-in-refused', mask, facts)
  }
  if (/licen[cs]e/i.test(`${errorId} ${status < 500 ? body : ''}`)) {
    return errorOf(exchange, 'permission-missing', mask, { ...facts, missing: 'icws-licence' })
  }
  if (status === 400 || status === 401 || status === 403)
    return errorOf(exchange, 'sign-in-refused', mask, facts)
  const failure = failureOf(exchange, now, mask)
  if (status === 503) return errorOf(exchange, 'maintenance', mask, failure.facts)
  // There is no ICWS at this address, or none of ours: what is missing is no job.
  if (status === 404 || status === 410) return errorOf(exchange, 'request-refused', mask, failure.facts)
  return failure
}
