import type { ErrorCode, ErrorFacts, ErrorView } from '../../preload/contract/errors.ts'

export type ErrorDetails = {
  readonly facts?: ErrorFacts
  readonly said?: string | undefined
  readonly correlationId?: string | undefined
  readonly cause?: unknown
}

/**
 * The only error the core throws on purpose. `code` decides what happens next and which words a person reads;
 * the message is for the log alone. Facts and `said` must be free of secrets: they cross to the window.
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly facts: ErrorFacts
  readonly said: string | undefined
  readonly correlationId: string | undefined

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(details.said ? `${code}: ${details.said}` : code, { cause: details.cause })
    this.code = code
    this.facts = details.facts ?? {}
    this.said = details.said?.slice(0, 1024)
    this.correlationId = details.correlationId
  }
}

/** True for an AppError of one of these codes; of any code where none is named. */
export function isAppError(error: unknown, ...codes: readonly ErrorCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code))
}

/** The error as data. Anything that is not an AppError is a fault of ours and shown as `internal`, without its text. */
export function errorView(error: unknown): ErrorView {
  if (!isAppError(error)) return { code: 'internal', facts: {} }
  return {
    code: error.code,
    facts: error.facts,
    ...(error.said === undefined ? {} : { said: error.said }),
    ...(error.correlationId === undefined ? {} : { correlationId: error.correlationId }),
  }
}

/** The error that a stored view came from, to be thrown again. */
export function errorFromView(view: ErrorView): AppError {
  return new AppError(view.code, { facts: view.facts, said: view.said, correlationId: view.correlationId })
}
