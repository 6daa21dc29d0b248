import type { ErrorView } from '../../preload/contract/errors.ts'
import { cli as text } from '../../preload/contract/text/cli.ts'
import { errorText } from '../../preload/contract/text/desktop.ts'
import { errorView } from '../core/errors.ts'
import { type ExitCode, endOfError, exits } from './exit-codes.ts'

/** What a person and a script read of a failure; the `error` of the JSON document. */
export type Failure = { readonly code: string; readonly message: string; readonly next: string }

/** Ends a command, with what is known beside the failure. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed'
  readonly failure: Failure
  readonly exit: ExitCode
  readonly known: object

  constructor(failure: Failure, exit: ExitCode, known: object = {}) {
    super(failure.message)
    this.failure = failure
    this.exit = exit
    this.known = known
  }
}

/** The command's words are wrong. */
export const usage = (message: string): CommandFailed =>
  new CommandFailed({ code: 'bad-input', message, next: text.usage.next }, exits.words)

/** No such thing, or more than one. */
export const missing = (message: string, next: string): CommandFailed =>
  new CommandFailed({ code: 'not-found', message, next }, exits.notFound)
export const ambiguous = (message: string, next: string): CommandFailed =>
  new CommandFailed({ code: 'ambiguous', message, next }, exits.notFound)

/**
 * The words for an error: what happened and what is safe, the system's own words, and what to do here. `safe`: what is
 * known better here than by the error alone.
 */
export function failureOf(error: ErrorView, safe = errorText(error).safe): Failure {
  const { next, ...words } = errorText(error)
  const what = error.code === 'bad-input' ? text.badInput(error.facts) : words.what
  const said = error.said === undefined ? [] : [text.said(error.said)]
  return {
    code: error.code,
    message: [what, safe, ...said].join(' '),
    next: text.next(error) ?? next,
  }
}

/** Any error as the end of a command. What is none of ours is a bug of ours: its text is in the log alone. */
export function commandFailed(error: unknown, known: object = {}): CommandFailed {
  if (error instanceof CommandFailed) {
    return new CommandFailed(error.failure, error.exit, { ...known, ...error.known })
  }
  const view = errorView(error)
  return new CommandFailed(failureOf(view), endOfError(view.code).exit, known)
}
