const hidden = '••••'

/**
 * A bank or card value as it may be seen: `•••• 4821`. Its last four digits are shown only where there are eight or
 * more, so that at least as many stay hidden. An empty cell is empty.
 */
export function masked(value: string): string {
  if (value.trim() === '') return value
  const digits = value.replace(/\D/g, '')
  return digits.length >= 8 ? `${hidden} ${digits.slice(-4)}` : hidden
}

/** A cell as it is shown: masked where its column is, and cut where it is too long. Null: the row has none. */
export function shownCell(value: string | undefined, isMasked: boolean, longest: number): string | null {
  if (value === undefined) return null
  const text = isMasked ? masked(value) : value
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
