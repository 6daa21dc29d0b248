/**
 * All rows under each other as one strip, and what of it can be seen. Chromium lays nothing out beyond 33,554,428
 * pixels, and a gigabyte has more rows than fit into those; so the strip is never laid out: the scroll range stands for
 * it, one to one as long as that goes, and scaled down beyond. Where the strip is scrolled to (`top`) is kept here and
 * not read from the scroll bar, whose pixels may then be several rows each: so every row can be reached, exactly.
 */
export type Strip = {
  readonly rows: number
  /** Of one row, in pixels; may be a fraction. */
  readonly rowHeight: number
  /** Of what is seen of the strip, in pixels. */
  readonly view: number
}

/** The tallest scroll range: far from Chromium's end, where its arithmetic in 64ths of a pixel gets coarse. */
export const tallest = 8_000_000

const whole = ({ rows, rowHeight }: Strip): number => rows * rowHeight

/** The height of the scroll range. */
export const scrollHeight = (strip: Strip): number => Math.min(whole(strip), tallest)

export const isScaled = (strip: Strip): boolean => whole(strip) > tallest

/** The largest `top`: the last row ends where the view ends. */
export const furthest = (strip: Strip): number => Math.max(0, whole(strip) - strip.view)

const furthestScroll = (strip: Strip): number => Math.max(0, scrollHeight(strip) - strip.view)

const clamped = (value: number, most: number): number => Math.min(Math.max(value, 0), most)

/** Where in the strip a position of the scroll bar is. */
export function topOf(strip: Strip, scrollTop: number): number {
  const most = furthestScroll(strip)
  if (!isScaled(strip) || most === 0) return clamped(scrollTop, furthest(strip))
  return (clamped(scrollTop, most) / most) * furthest(strip)
}

/** Where the scroll bar stands for a place in the strip. */
export function scrollTopOf(strip: Strip, top: number): number {
  const most = furthest(strip)
  if (!isScaled(strip) || most === 0) return clamped(top, most)
  return (clamped(top, most) / most) * furthestScroll(strip)
}

/** A place in the strip moved by so many pixels. */
export const movedBy = (strip: Strip, top: number, pixels: number): number =>
  clamped(top + pixels, furthest(strip))

/** The first and the last row of which anything is seen; a strip without rows has neither. */
export function rowsSeen(
  strip: Strip,
  top: number,
): { readonly first: number; readonly last: number } | null {
  if (strip.rows === 0) return null
  const end = strip.rows - 1
  const first = clamped(Math.floor(top / strip.rowHeight), end)
  const last = clamped(Math.ceil((top + strip.view) / strip.rowHeight) - 1, end)
  return { first, last: Math.max(first, last) }
}

/** The nearest place in the strip at which all of a row is seen. */
export function reveal(strip: Strip, top: number, row: number): number {
  const start = row * strip.rowHeight
  if (start < top) return clamped(start, furthest(strip))
  const end = start + strip.rowHeight
  return end > top + strip.view ? clamped(end - strip.view, furthest(strip)) : top
}

/** How many whole rows a page has, less one that stays in sight. */
export const pageOf = (strip: Strip): number => Math.max(1, Math.floor(strip.view / strip.rowHeight) - 1)
