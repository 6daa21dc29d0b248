import type { ErrorCode, ErrorFacts } from '../../../preload/contract/errors.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import { AppError } from '../errors.ts'
import type { Millis } from '../time.ts'
import { saidIn } from './said.ts'

/** An exchange whose answer is not the one that was asked for. */
export type FailedExchange = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The beginning of the body. */
  readonly body: string
  /** What the system's support asks for; where there is no such thing, undefined. */
  readonly correlationId?: string | undefined
}

/** An answer that is not the one that was asked for, as it came: for the support bundle. */
export type UnexpectedAnswer = FailedExchange & { readonly system: SystemName; readonly url: string }
/** Keeps it, masked. Never throws, and nobody waits for it. */
export type KeepAnswer = (answer: UnexpectedAnswer) => void

export const pauseFacts = (wait: Millis): ErrorFacts => (wait > 0 ? { retryAfterMs: wait } : {})

/** The error with everything that is known of its exchange. `mask` is the redactor's; the words are shown to people. */
export function errorOf(
  { status, body, correlationId }: FailedExchange,
  code: ErrorCode,
  mask: (text: string) => string,
  facts: ErrorFacts = {},
): AppError {
  const said = mask(saidIn(body))
  return new AppError(code, {
    facts: { status, ...facts },
    correlationId,
    said: said === '' ? undefined : said,
  })
}

/** The same error, with more facts and the exchange's id; anything but an AppError stays what it is. */
export function withFacts(error: unknown, facts: ErrorFacts, correlationId?: string): unknown {
  if (!(error instanceof AppError)) return error
  return new AppError(error.code, {
    facts: { ...error.facts, ...facts },
    said: error.said,
    correlationId: error.correlationId ?? correlationId,
    cause: error,
  })
}
