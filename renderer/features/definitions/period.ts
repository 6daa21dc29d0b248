import type { words } from '../../text.ts'

type Range = words.definitions.Range

/** The time range of a definition while it is being typed. */
export type TypedPeriod = {
  readonly range: Range
  readonly zone: string
  readonly start: string
  readonly end: string
}

export const periodRanges = ['last-month', 'last-week', 'yesterday'] as const
export const isPeriod = (range: string): range is (typeof periodRanges)[number] =>
  periodRanges.some(one => one === range)

/** `2026-11-01` and `2026-11-01 06:30` are UTC; everything else is left to the check as it was typed. */
export function isoOf(typed: string): string {
  const text = typed.trim()
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d))?)?Z?$/i.exec(text)
  if (!match) return text
  const [, day, minute = '00:00', second = '00'] = match
  return `${day}T${minute}:${second}Z`
}

/** `2026-11-01T06:30:00.000Z` as one types it: what is nought at its end is left out. */
export const typedOf = (iso: string): string =>
  iso
    .replace(/\.0+Z$/, 'Z')
    .replace(/T(\d\d:\d\d):00Z$/, ' $1')
    .replace(/ 00:00$/, '')

/** The bounds of a fixed time: one of them may be open, and where both are it is the first that is refused. */
export function boundsOf(
  { start, end }: TypedPeriod,
  startKey: string,
  endKey: string,
): Readonly<Record<string, string>> {
  const open = (typed: string) => typed.trim() === ''
  return {
    ...(open(start) && !open(end) ? {} : { [startKey]: isoOf(start) }),
    ...(open(end) ? {} : { [endKey]: isoOf(end) }),
  }
}

export function rangeOf(period: string, start: string, end: string): Range {
  if (isPeriod(period)) return period
  return start === '' && end === '' ? 'all' : 'fixed'
}
