import type { ErrorCode, ErrorFacts } from '../../../../preload/contract/errors.ts'
import { AppError } from '../../errors.ts'
import { type Instant, type Millis, minutes, seconds } from '../../time.ts'
import { type FailedExchange, pauseFacts } from '../failed-exchange.ts'
import { retryAfter } from '../retry-after.ts'
import { saidIn } from '../said.ts'
import { recordOf, textOf } from './fields.ts'
import type { Fields } from './types.ts'

/** One client that handles API_LIMIT_EXCEEDED waits this long; nothing official says how long. */
export const limitPause = minutes(1)
/** Of a job's own limit, one GET in 10 s, nothing longer is needed. */
export const jobLimitPause = seconds(10)
/** A vault in configuration mode, or down for an upgrade, when it does not say for how long. */
export const maintenancePause = minutes(5)

export type VaultExchange = FailedExchange & {
  /** Whether a job was asked about, which has a limit of its own. */
  readonly ofJob: boolean
}

/** vault.md, 3.3. Types that are missing here are `request-refused`: Vault read the request and said no. */
const byType: ReadonlyMap<string, ErrorCode> = new Map<string, ErrorCode>([
  ['UNEXPECTED_ERROR', 'server-error'],
  ['INACTIVE_USER', 'sign-in-locked'],
  ['NO_PASSWORD_PROVIDED', 'sign-in-refused'],
  ['USERNAME_OR_PASSWORD_INCORRECT', 'sign-in-refused'],
  ['USER_LOCKED_OUT', 'sign-in-locked'],
  ['PASSWORD_CHANGE_REQUIRED', 'sign-in-expired'],
  ['INVALID_SESSION_ID', 'session-expired'],
  ['INSUFFICIENT_ACCESS', 'permission-missing'],
  ['RACE_CONDITION', 'server-error'],
  ['API_LIMIT_EXCEEDED', 'rate-limited'],
  ['CONFIGURATION_MODE_ENABLED', 'maintenance'],
  ['OPERATION_IN_PROGRESS', 'already-running'],
])

function byStatus(status: number): ErrorCode {
  if (status === 401) return 'session-expired'
  if (status === 403) return 'permission-missing'
  if (status === 404) return 'not-found'
  if (status === 407) return 'proxy-sign-in'
  if (status === 429) return 'rate-limited'
  if (status === 503) return 'maintenance'
  if (status < 300) return 'answer-not-understood'
  if (status < 400) return 'redirect-refused'
  return status >= 500 ? 'server-error' : 'request-refused'
}

const downtimeHeader = 'x-vaultapi-downtimeexpecteddurationminutes'

function pauseOf(code: ErrorCode, { headers, ofJob }: VaultExchange, now: Instant): Millis {
  const asked = retryAfter(headers['retry-after'], now)
  if (code === 'rate-limited') return Math.max(asked, ofJob ? jobLimitPause : limitPause)
  if (code !== 'maintenance') return asked
  const downtime = Number(headers[downtimeHeader])
  return downtime > 0 ? Math.max(asked, minutes(Math.min(downtime, 24 * 60))) : maintenancePause
}

/** The error type that Vault names first; null where the body is no answer of Vault's. */
function typeIn(body: Fields | null): string | null {
  const errors = Array.isArray(body?.errors) ? body.errors : []
  const types = errors.flatMap(one => textOf(recordOf(one)?.type) ?? [])
  return types.find(type => byType.has(type)) ?? types[0] ?? null
}

/**
 * What an exchange means that did not bring what was asked for. Its error type decides, whatever the status; where
 * there is none the status does. Message texts are not contractual: they are shown, never read.
 */
export function failureOf(exchange: VaultExchange, now: Instant, mask: (text: string) => string): AppError {
  const { status, headers, body, correlationId } = exchange
  const answer = objectIn(body)
  const type = typeIn(answer)
  const said = mask(saidOf(answer, body))
  const code =
    headers[downtimeHeader] !== undefined && type === null
      ? 'maintenance'
      : codeOf(status, type, answer?.responseStatus)
  const pause = pauseOf(code, exchange, now)
  return new AppError(code, {
    facts: {
      status,
      ...(type === null ? {} : { vaultType: type }),
      ...pauseFacts(pause),
    },
    said: said === '' ? undefined : said,
    correlationId,
  })
}

function codeOf(status: number, type: string | null, responseStatus: unknown): ErrorCode {
  if (type !== null) return byType.get(type) ?? 'request-refused'
  if (status >= 300) return byStatus(status)
  if (responseStatus === 'FAILURE') return 'request-refused'
  return responseStatus === 'EXCEPTION' ? 'server-error' : 'answer-not-understood'
}

function saidOf(answer: Fields | null, body: string): string {
  const errors = Array.isArray(answer?.errors) ? answer.errors : []
  const messages = errors.flatMap(one => textOf(recordOf(one)?.message) ?? [])
  return messages.join(' ') || textOf(answer?.responseMessage) || saidIn(body)
}

/** The JSON object that a text is; null where it is none. */
export function objectIn(text: string): Fields | null {
  try {
    return recordOf(JSON.parse(text))
  } catch {
    return null
  }
}

/** The same error under another code. */
export const recoded = (error: AppError, code: ErrorCode, facts: ErrorFacts = {}): AppError =>
  new AppError(code, {
    facts: { ...error.facts, ...facts },
    said: error.said,
    correlationId: error.correlationId,
    cause: error,
  })
