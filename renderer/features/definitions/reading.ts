/** Reads a request that may be anything: what is not there, or is of another type, is empty. */
export type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** One a line, or separated by commas; blanks around them are none of theirs. */
export const partsOf = (typed: string): readonly string[] =>
  typed
    .split(/[\n,;]/)
    .map(part => part.trim())
    .filter(part => part !== '')

/** Whether all keys of the request are among these: else a form of them would drop something. */
export const hasOnly = (fields: Fields, keys: readonly string[]): boolean =>
  Object.keys(fields).every(key => keys.includes(key))

/** Whether the field that was refused is this one, or stands within it. */
export const isAt = (field: string | null, path: string): boolean =>
  field !== null && (field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`))
