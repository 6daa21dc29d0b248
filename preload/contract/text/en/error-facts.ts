/** Reads an error's facts for its sentences. A fact that is missing leaves a sentence that is still true. */
import type { ErrorFacts } from '../../errors.ts'

export type ErrorText = { readonly what: string; readonly safe: string; readonly next: string }
export type ErrorWords = (facts: ErrorFacts) => ErrorText

const named = (facts: ErrorFacts, name: string): string | null => {
  const value = facts[name]
  return value === undefined || value === '' ? null : String(value)
}

export const figure = (facts: ErrorFacts, name: string): number | null => {
  const value = facts[name]
  return typeof value === 'number' ? value : null
}

/** The sentence with the fact where there is one, otherwise the sentence that does without. */
export const withFact = (
  facts: ErrorFacts,
  name: string,
  sentence: (value: string) => string,
  otherwise: string,
): string => {
  const value = named(facts, name)
  return value === null ? otherwise : sentence(value)
}

export const nothingSent = 'Nothing was sent to the system.'
export const nothingChanged = 'Nothing was changed.'
export const nothingStarted = 'No job was started by this.'
export const nothingInFolder = 'Nothing was put into the folder, and no file there was touched.'
export const jobsGoOn =
  'Jobs that run at the system go on; what they make is fetched when it is reachable again.'
export const fileKept = 'The file is kept and will be delivered; nothing has to be run again.'
export const triedAgain =
  'Check the address and the network. Work that was under way is tried again by itself.'
