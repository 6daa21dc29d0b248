/** Reads JSON that nobody promised anything about. Pure; what is not there is null, or an error where it must be. */
import { AppError } from '../../errors.ts'
import type { Fields } from './types.ts'

export const notUnderstood = (why: string): AppError =>
  new AppError('answer-not-understood', { facts: { why } })

export function recordOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

/** The objects of a list; throws `answer-not-understood` where there is no list or something else is in it. */
export function recordsIn(value: unknown, why: string): readonly Fields[] {
  if (!Array.isArray(value)) throw notUnderstood(why)
  return value.map(one => {
    const record = recordOf(one)
    if (record === null) throw notUnderstood(why)
    return record
  })
}

/** Text or a number, without blanks around it; null for anything else and for nothing. Ids come as both. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? null : text
}

/** A whole number that is not negative, as a number or in digits. */
export function countOf(value: unknown): number | null {
  const text = textOf(value)
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
