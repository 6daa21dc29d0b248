/** Which rows a filter leaves: a bit for each row, and a count for each sixty-four of them, to find the nth quickly. */
export type RowSet = {
  readonly size: number
  /** The numbers of the rows at these positions, from 0; fewer at the end. */
  slice(from: number, count: number): readonly number[]
  /** How many of its rows come before this one: its own position where it is in the set. */
  before(row: number): number
  /** The bits of the rows from a multiple of eight on, the lowest first. */
  bits(from: number, to: number): Uint8Array
}

const group = 64

/** `parts`: bits of rows, each from its own first row on, a multiple of eight. Rows that none of them has are not in. */
export function rowSetOf(
  rows: number,
  parts: readonly { readonly row: number; readonly bits: Uint8Array }[],
): RowSet {
  const bits = new Uint8Array(Math.ceil(rows / 8))
  for (const part of parts) bits.set(part.bits.subarray(0, bits.length - (part.row >> 3)), part.row >> 3)
  /** Before each group, how many rows are in. */
  const counts = new Float64Array(Math.ceil(rows / group) + 1)
  for (let at = 0; at < counts.length - 1; at += 1) {
    let count = 0
    for (let byte = at * 8; byte < Math.min(bits.length, at * 8 + 8); byte += 1)
      count += ones(bits[byte] ?? 0)
    counts[at + 1] = (counts[at] ?? 0) + count
  }
  const has = (row: number) => (((bits[row >> 3] ?? 0) >> (row & 7)) & 1) === 1
  const size = counts.at(-1) ?? 0

  /** The group in which the row at this position is. */
  function groupOf(position: number): number {
    let [low, high] = [0, counts.length - 2]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((counts[middle + 1] ?? 0) > position) high = middle
      else low = middle + 1
    }
    return low
  }

  return {
    size,
    slice(from, count) {
      const found: number[] = []
      if (from >= size) return found
      const first = groupOf(from)
      let left = from - (counts[first] ?? 0)
      for (let row = first * group; row < rows && found.length < count; row += 1) {
        if (!has(row)) continue
        if (left === 0) found.push(row)
        else left -= 1
      }
      return found
    },
    before(row) {
      const at = Math.min(Math.max(0, row), rows)
      let count = counts[Math.floor(at / group)] ?? 0
      for (let one = at - (at % group); one < at; one += 1) if (has(one)) count += 1
      return count
    },
    bits: (from, to) => bits.slice(from >> 3, Math.ceil(to / 8)),
  }
}

function ones(byte: number): number {
  let count = 0
  for (let left = byte; left > 0; left &= left - 1) count += 1
  return count
}
