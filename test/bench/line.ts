/** One line of a bench's output, as README.md beside this has it. */
export type BenchLine = {
  readonly bench: string
  readonly case: string
  readonly measure: string
  readonly value: number
  /** The most that `value` may be; null where it is printed beside the others only. */
  readonly target: number | null
  readonly met: boolean | null
  readonly ours?: number
  readonly theirs?: number
  /** Of `ours` and `theirs`; of `value` where there are none. */
  readonly unit: string
}

export type Say = (line: string) => void

/** Two sides of a comparison, each the median of its turns. */
export type Sides = { readonly ours: number; readonly theirs: number }

const rounded = (value: number): number => Number(value.toPrecision(4))

type Subject = Pick<BenchLine, 'bench' | 'case' | 'measure'>

/** How many times as long as the other side ours took. */
export function ratioLine(subject: Subject, { ours, theirs }: Sides, target: number | null): BenchLine {
  const value = rounded(ours / theirs)
  const sides = { ours: rounded(ours), theirs: rounded(theirs), unit: 's' }
  return { ...subject, value, target, met: isMet(value, target), ...sides }
}

/** A figure with a limit, and what it is on the other side where there is one. */
export function limitLine(
  subject: Subject,
  ours: number,
  unit: string,
  target: number | null,
  theirs?: number,
): BenchLine {
  const value = rounded(ours)
  const sides = theirs === undefined ? {} : { ours: value, theirs: rounded(theirs) }
  return { ...subject, value, target, met: isMet(value, target), ...sides, unit }
}

const isMet = (value: number, target: number | null): boolean | null =>
  target === null ? null : value <= target

/** The value below or at which that share of all values lies: 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('There is no value to take a quantile of')
  return value
}
