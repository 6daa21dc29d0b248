/** Versions as semver.org orders them; build metadata is not taken, since it orders nothing. */

const form = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/

export const isVersion = (text: string): boolean => form.test(text)

/** Whether `a` comes after `b`. What is no version comes after nothing, and nothing comes after it. */
export const isNewer = (a: string, b: string): boolean => isVersion(a) && isVersion(b) && compare(a, b) > 0

/** Below 0 where `a` comes before `b`, 0 where they are the same. Both are versions. */
export function compare(a: string, b: string): number {
  const [, ...left] = form.exec(a) ?? []
  const [, ...right] = form.exec(b) ?? []
  for (const place of [0, 1, 2]) {
    const difference = Number(left[place]) - Number(right[place])
    if (difference !== 0) return difference
  }
  return compareBefore(left[3], right[3])
}

/** What comes before a release (`-beta.2`): none is later than any. */
function compareBefore(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const [left, right] = [a.split('.'), b.split('.')]
  for (const [place, part] of left.entries()) {
    const other = right[place]
    if (other === undefined) return 1
    const difference = comparePart(part, other)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

const isNumber = (part: string): boolean => /^\d+$/.test(part)

/** Numbers by their value and before words; words by their characters. */
function comparePart(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(a) - Number(b)
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1
  return a === b ? 0 : a < b ? -1 : 1
}
