/** Words for names that cannot be: characters by their name, and what is wrong with a template. */
import type { ErrorFacts } from '../../errors.ts'

const characters: Readonly<Record<string, string>> = {
  '<': 'less-than sign (<)',
  '>': 'greater-than sign (>)',
  ':': 'colon (:)',
  '"': 'quotation mark (")',
  '|': 'vertical bar (|)',
  '?': 'question mark (?)',
  '*': 'asterisk (*)',
  '\\': 'backslash (\\)',
  '\t': 'tab',
  '\n': 'line break',
  '\r': 'line break',
  // What cannot be seen stands as this in a name that is shown.
  '\ufffd': 'character that cannot be seen',
}

/** `colon (:)`, `character U+202E`: what cannot be seen is told by its number. */
export function characterName(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return characters[character] ?? `character U+${number}`
}

const reasons: Readonly<Record<string, (name: string) => string>> = {
  token: name => `“${name}” is no placeholder.`,
  brace: () => 'A curly bracket has no partner.',
  empty: () => 'The name is empty.',
  absolute: () => 'The name begins with a slash. It is made below the folder.',
  'time format': name => `“${name}” is no way to write a time. For example: yyyy-MM-dd, HHmmss.`,
  'time zone': name => `“${name}” is no time zone. For example: Europe/Berlin.`,
  'empty part': name => `“${name}” has a part between slashes that is no name.`,
  'the system gave no such time': name => `The system gave no time for ${name}.`,
  'marker-and-file': name => `The marker file and another one would both be named “${name}”.`,
}

/** What is wrong with a name; null where only that it is wrong is known. */
export function nameProblem({ name, reason, character }: ErrorFacts): string | null {
  if (typeof character === 'string') {
    return `“${name}” has a ${characterName(character)}: Windows allows none in a name.`
  }
  return reasons[String(reason)]?.(String(name)) ?? null
}
