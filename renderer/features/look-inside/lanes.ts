/** Columns beside each other: where each begins, in pixels, with the end of the last one behind them. */
export type Lanes = readonly number[]

export function lanesOf(widths: readonly number[]): Lanes {
  const lanes = [0]
  for (const width of widths) lanes.push((lanes.at(-1) ?? 0) + width)
  return lanes
}

export const endOf = (lanes: Lanes): number => lanes.at(-1) ?? 0

/** The last column that begins at or before a place. */
function columnAt(lanes: Lanes, x: number): number {
  let [low, high] = [0, Math.max(0, lanes.length - 2)]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lanes[middle] ?? 0) <= x) low = middle
    else high = middle - 1
  }
  return low
}

/** The first and the last column between two places. */
export const lanesSeen = (
  lanes: Lanes,
  left: number,
  right: number,
): { readonly first: number; readonly last: number } => ({
  first: columnAt(lanes, left),
  last: columnAt(lanes, Math.max(left, right - 1)),
})

/**
 * The nearest scroll position at which all of a column is seen beside the one that is frozen before it. The frozen one
 * is always seen; of a column wider than the view, the beginning.
 */
export function revealLane(lanes: Lanes, scrollLeft: number, view: number, column: number): number {
  const frozen = lanes[1] ?? 0
  if (column === 0) return scrollLeft
  const start = lanes[column] ?? 0
  const end = lanes[column + 1] ?? start
  if (start - frozen < scrollLeft) return Math.max(0, start - frozen)
  if (end <= scrollLeft + view) return scrollLeft
  return Math.min(end - view, start - frozen)
}
