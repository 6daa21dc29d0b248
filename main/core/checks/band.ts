/**
 * What is usual, by the median and the median distance from it (MAD). One wild value among ten moves neither, where it
 * would pull an average and blow up a standard deviation; that is why those were ruled out. Whole numbers, so that
 * amounts stay exact: of an even number of values the median is the whole number at or below the middle.
 */
export type Band = { readonly low: bigint; readonly high: bigint }

/** 1.4826 MAD are a standard deviation of what is spread evenly to both sides; four of those are called far. */
const farInMads = 6n
/** A fifth of the usual is never far, however even the past was. */
const nearParts = 5n

/**
 * The band of some values; null where there are none. `noise`: how far a value of that size strays by chance alone, at
 * least (rows are counted; amounts have no such).
 */
export function bandOf(values: readonly bigint[], noise: (median: bigint) => bigint = () => 0n): Band | null {
  if (values.length === 0) return null
  const median = medianOf(values)
  const mad = medianOf(values.map(value => distance(value, median)))
  const half = largest(farInMads * mad, distance(median, 0n) / nearParts, noise(median))
  return { low: median - half, high: median + half }
}

export const isWithin = (value: bigint, { low, high }: Band): boolean => value >= low && value <= high

/** Whether a value is about as large as another one: not further away than a quarter of it. */
export const isAbout = (value: bigint, other: bigint): boolean =>
  4n * distance(value, other) <= distance(other, 0n)

/** Four standard deviations of a count of that size: 4·√n, rounded up. No count is below 0. */
export function countNoise(median: bigint): bigint {
  return BigInt(Math.ceil(4 * Math.sqrt(Math.max(Number(median), 1))))
}

function medianOf(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0n
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? 0n) : upper
  return floorHalf(lower + upper)
}

/** Division of bigints goes towards zero; below zero the middle would be another one. */
const floorHalf = (sum: bigint): bigint => (sum - (((sum % 2n) + 2n) % 2n)) / 2n

const distance = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a)
const largest = (...values: readonly bigint[]): bigint => values.reduce((a, b) => (b > a ? b : a))
