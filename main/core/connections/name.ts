import { AppError } from '../errors.ts'

const longestName = 80

/** A connection's name as it is kept. Throws `bad-input` for an empty one, one too long, or control characters. */
export function checkedName(text: string): string {
  const name = text.trim().normalize('NFC')
  if (name === '' || name.length > longestName || /\p{Cc}/u.test(name)) {
    throw new AppError('bad-input', { facts: { field: 'name' } })
  }
  return name
}

/** Two names with one key are one name: upper and lower case make no difference (cli.md, Names). */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()
