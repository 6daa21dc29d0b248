import type { ErrorView } from '../../../preload/contract/errors.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { errorText } from '../../text.ts'

/** What is wrong with the names of a destination, said at the field that says it. */
export type NameProblems = { readonly name: string | null; readonly marker: string | null }

export const noNameProblems: NameProblems = { name: null, marker: null }

/**
 * Whose fault a `name-invalid` is: its fact `name` is the piece that cannot be used, so that it is the marker's where
 * that piece stands in the marker and not in the name.
 */
export function nameProblems({ name, marker }: Destination, error: ErrorView | null): NameProblems {
  const empty = errorText({ code: 'name-invalid', facts: { reason: 'empty' } }).what
  if (name === '' || marker === '') {
    return { name: name === '' ? empty : null, marker: marker === '' ? empty : null }
  }
  if (error?.code !== 'name-invalid') return noNameProblems
  const { what } = errorText(error)
  const piece = typeof error.facts.name === 'string' ? error.facts.name : ''
  return marker?.includes(piece) && !name.includes(piece)
    ? { name: null, marker: what }
    : { name: what, marker: null }
}
