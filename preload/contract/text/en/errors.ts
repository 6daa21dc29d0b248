/**
 * What a person reads when something went wrong: what happened, what is safe, what to do next. Complete by type:
 * an error code without words does not compile. The gaps are filled from the error's facts; a fact that is missing
 * leaves a sentence that is still true. The system's own words and its correlation id are shown beside these, folded.
 */
import type { ErrorCode, ErrorView } from '../../errors.ts'
import type { ErrorText, ErrorWords } from './error-facts.ts'
import { accessErrors } from './errors-access.ts'
import { networkErrors } from './errors-network.ts'
import { workErrors } from './errors-work.ts'

export type { ErrorText } from './error-facts.ts'

const texts: Record<ErrorCode, ErrorWords> = {
  ...accessErrors,
  ...networkErrors,
  ...workErrors,
}

/** What happened, what is safe and what to do, for any error that crosses to a person. */
export const errorText = (error: Pick<ErrorView, 'code' | 'facts'>): ErrorText =>
  texts[error.code](error.facts)
