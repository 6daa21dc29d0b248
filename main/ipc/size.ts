/**
 * What one call may carry: more is a mistake or an attack, and is refused before anything is made of it. The most is
 * carried by a request that names ten thousand documents with their versions.
 */
export const limits = { arguments: 8, units: 640 * 1024, depth: 16 } as const

/**
 * The size of plain data in units of about a character, or null where it is more than `limits` allow or is not plain
 * data at all: structured clone also carries maps, dates, buffers and cycles, none of which a call has. Counted by
 * walking, not by JSON.stringify, which makes a copy first and says nothing of maps and buffers.
 */
export function sizeOf(value: unknown): number | null {
  const left = spend(value, limits.units, limits.depth)
  return left === null ? null : limits.units - left
}

/** What is left of `units` after this value; null where it does not suffice. */
function spend(value: unknown, units: number, depth: number): number | null {
  if (typeof value === 'string') return rest(units, value.length + 1)
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean') {
    return rest(units, 1)
  }
  if (typeof value !== 'object' || depth === 0) return null
  const entries = entriesOf(value)
  if (entries === null) return null
  let left = rest(units, 1)
  for (const [key, child] of entries) {
    if (left === null) return null
    const afterKey = rest(left, key.length + 1)
    left = afterKey === null ? null : spend(child, afterKey, depth - 1)
  }
  return left
}

const rest = (units: number, used: number): number | null => (used > units ? null : units - used)

function entriesOf(value: object): Iterable<readonly [string, unknown]> | null {
  if (Array.isArray(value)) {
    // A sparse array of length 4,294,967,295 is cheap to send and long to walk.
    return value.length > limits.units
      ? null
      : Array.from(value, (child: unknown, n) => [`${n}`, child] as const)
  }
  return Object.getPrototypeOf(value) === Object.prototype ? Object.entries(value) : null
}
