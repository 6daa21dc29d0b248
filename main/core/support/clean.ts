import type { Redactor } from '../policy/redact.ts'

/** Who uses this computer: has no place in a bundle, and stands in many paths. */
export type Personal = { readonly home: string; readonly account: string; readonly computer: string }

export type Cleaner = {
  /** Plain data as one line of JSON. */
  readonly line: (value: unknown) => string
  /** A line of text, or of JSON, which is masked by its keys too. */
  readonly text: (line: string) => string
}

/**
 * The last look at everything that goes into a bundle, whatever was masked before: secrets, bank data, and the names of
 * the user and the computer.
 */
export function cleaner(
  redactor: Pick<Redactor, 'text' | 'value'>,
  { home, account, computer }: Personal,
): Cleaner {
  const hidden = [
    ...spelled(home).map((text): readonly [RegExp, string] => [new RegExp(escaped(text), 'gi'), '~']),
    ...named(account, '[user]'),
    ...named(computer, '[computer]'),
  ]
  const impersonal = (text: string): string =>
    hidden.reduce((shown, [pattern, by]) => shown.replace(pattern, by), text)
  const line = (value: unknown) => impersonal(JSON.stringify(redactor.value(value)))
  return {
    line,
    text(raw) {
      const parsed = objectIn(raw)
      return parsed === null ? impersonal(redactor.text(raw)) : line(parsed)
    },
  }
}

/** As it is, and as JSON writes it. */
const spelled = (path: string): readonly string[] =>
  path.length < 3 ? [] : [...new Set([JSON.stringify(path).slice(1, -1), path, path.replaceAll('\\', '/')])]

/** A name of its own, not a part of another word; a shorter one would be in every sentence. */
function named(name: string, by: string): readonly (readonly [RegExp, string])[] {
  if (name.length < 3) return []
  return [[new RegExp(`(?<![\\p{L}\\p{N}])${escaped(name)}(?![\\p{L}\\p{N}])`, 'giu'), by]]
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

function objectIn(raw: string): object | null {
  if (!raw.startsWith('{')) return null
  try {
    return JSON.parse(raw)
  } catch {
    return null
  }
}
