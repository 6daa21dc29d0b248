import type { ErrorView } from '../../preload/contract/errors.ts'
import type { ReceiptView } from '../../preload/contract/receipts.ts'
import { cli as text } from '../../preload/contract/text/cli.ts'
import type { ConnectionView, JobView } from '../../preload/contract/types.ts'
import type { Answer } from './command.ts'
import { type ExitCode, endOfError, type Outcome, outcomeExits } from './exit-codes.ts'
import { type Failure, failureOf } from './failure.ts'
import { jobPart, type Warning, warningOf } from './results.ts'

/** What became of a `run` or `deliver`, and whatever is known of it. */
export type Delivered = {
  /** Null where it came to none: the words were wrong, or nothing was there to deliver. */
  readonly outcome: Outcome | null
  readonly joined: boolean
  readonly connection: string
  readonly definition: string | null
  readonly job: JobView | null
  readonly receipt: ReceiptView | null
  readonly warnings: readonly Warning[]
  readonly error: ErrorView | null
  /** Said instead of the error's own words. */
  readonly failure?: Failure
  /** Where neither the outcome nor the error tells: a signal's own number. */
  readonly exit?: ExitCode
}

/** The document and the sentences of `run` and `deliver` (docs/cli.md). */
export function deliveryAnswer(result: Delivered): Answer {
  const { outcome, joined, connection, definition, job, receipt, error } = result
  const warnings = [...(receipt?.warnings ?? []).map(warningOf), ...result.warnings]
  const cut = outcome === 'interrupted' ? text.interrupted : null
  const failure =
    result.failure ?? cut ?? (error && (job ? failureOf(error) : failureOf(error, text.nothingStarted)))
  const exit = result.exit ?? (outcome ? outcomeExits[outcome] : endOfError(error?.code ?? 'internal').exit)
  return {
    json: {
      ...(failure ? { error: failure } : {}),
      outcome,
      joined,
      connection,
      definition,
      job: job && jobPart(job),
      files: (receipt?.files ?? []).map(({ path, bytes, sha256 }) => ({ path, bytes, sha256 })),
      receipt: receipt?.id ?? null,
      warnings,
    },
    text: [
      ...(receipt ? told(outcome, receipt) : []),
      ...warnings.map(({ message }) => text.results.warning(message)),
    ],
    exit,
    ...(failure ? { failure } : {}),
  }
}

function told(outcome: Outcome | null, { id, files, folder }: ReceiptView): readonly string[] {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  const { results } = text
  const said =
    outcome === 'already-delivered'
      ? results.alreadyDelivered(files.length, folder)
      : outcome === 'same-bytes'
        ? results.sameBytes(files.length, folder)
        : results.delivered(files.length, bytes, folder)
  return [said, ...files.map(({ path }) => `  ${path}`), results.receipt(id)]
}

/** What is known of a delivery before anything of it is. */
export const nothingYet = (
  connection: Pick<ConnectionView, 'name'>,
  definition: string | null,
): Omit<Delivered, 'outcome' | 'error'> => ({
  joined: false,
  connection: connection.name,
  definition,
  job: null,
  receipt: null,
  warnings: [],
})
