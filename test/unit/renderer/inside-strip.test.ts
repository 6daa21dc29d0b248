import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { endOf, lanesOf, lanesSeen, revealLane } from '../../../renderer/features/look-inside/lanes.ts'
import {
  furthest,
  isScaled,
  movedBy,
  pageOf,
  reveal,
  rowsSeen,
  type Strip,
  scrollHeight,
  scrollTopOf,
  tallest,
  topOf,
} from '../../../renderer/features/look-inside/strip.ts'

const strips = fc
  .record({
    rows: fc.integer({ min: 1, max: 40_000_000 }),
    rowHeight: fc.constantFrom(28, 32, 35.2, 41.6, 64),
    view: fc.integer({ min: 64, max: 2000 }),
  })
  .filter(({ rowHeight, view }) => view >= rowHeight)
const someRow = (strip: Strip) => fc.integer({ min: 0, max: strip.rows - 1 })
const stripsWithRow = strips.chain(strip => fc.tuple(fc.constant(strip), someRow(strip), someRow(strip)))
/** A fraction of a pixel is lost in the arithmetic of a strip of a billion of them. */
const aHair = 1e-3

const wholly = (strip: Strip, top: number, row: number): boolean =>
  row * strip.rowHeight >= top - aHair && (row + 1) * strip.rowHeight <= top + strip.view + aHair

describe('the strip of rows', () => {
  it('never asks the browser for more than it can lay out', () => {
    fc.assert(fc.property(strips, strip => scrollHeight(strip) <= tallest))
    expect(isScaled({ rows: 250_000, rowHeight: 32, view: 600 })).toBe(false)
    expect(isScaled({ rows: 250_001, rowHeight: 32, view: 600 })).toBe(true)
  })

  it('shows every row whole, wherever it was before', () => {
    fc.assert(
      fc.property(stripsWithRow, ([strip, from, row]) => {
        const top = reveal(strip, reveal(strip, 0, from), row)
        const seen = rowsSeen(strip, top)
        expect(wholly(strip, top, row)).toBe(true)
        expect(seen && seen.first <= row && row <= seen.last).toBe(true)
        expect(top).toBeGreaterThanOrEqual(0)
        expect(top).toBeLessThanOrEqual(furthest(strip))
      }),
    )
  })

  it('goes from row to row one by one, down and up, however many there are', () => {
    fc.assert(
      fc.property(stripsWithRow, ([strip, from]) => {
        let top = reveal(strip, 0, from)
        for (let row = from; row < Math.min(strip.rows, from + 60); row += 1) {
          const next = reveal(strip, top, row)
          expect(next - top).toBeLessThanOrEqual(strip.rowHeight + aHair)
          expect(wholly(strip, next, row)).toBe(true)
          top = next
        }
      }),
      { numRuns: 60 },
    )
  })

  it('moves by a wheel as many pixels as it says, whatever the scroll range stands for', () => {
    fc.assert(
      fc.property(stripsWithRow, fc.integer({ min: -400, max: 400 }), ([strip, row], pixels) => {
        const top = reveal(strip, 0, row)
        const to = movedBy(strip, top, pixels)
        expect(to).toBe(Math.min(Math.max(top + pixels, 0), furthest(strip)))
      }),
    )
  })

  it('is at its ends where the scroll bar is at its ends', () => {
    fc.assert(
      fc.property(strips, strip => {
        const most = Math.max(0, scrollHeight(strip) - strip.view)
        expect(topOf(strip, 0)).toBe(0)
        expect(topOf(strip, most)).toBeCloseTo(furthest(strip), 3)
        expect(topOf(strip, most + 500)).toBeCloseTo(furthest(strip), 3)
        expect(rowsSeen(strip, furthest(strip))?.last).toBe(strip.rows - 1)
      }),
    )
  })

  it('follows the scroll bar one way only', () => {
    const pulled = strips.chain(strip => {
      const place = fc.integer({ min: 0, max: Math.ceil(scrollHeight(strip)) })
      return fc.tuple(fc.constant(strip), place, place)
    })
    fc.assert(
      fc.property(pulled, ([strip, a, b]) => {
        const [lower, upper] = [Math.min(a, b), Math.max(a, b)]
        expect(topOf(strip, lower)).toBeLessThanOrEqual(topOf(strip, upper))
      }),
    )
  })

  it('has its scroll bar where the rows are', () => {
    fc.assert(
      fc.property(stripsWithRow, ([strip, row]) => {
        const top = reveal(strip, 0, row)
        expect(topOf(strip, scrollTopOf(strip, top))).toBeCloseTo(top, 2)
      }),
    )
  })

  it('draws as few rows as are seen', () => {
    expect(rowsSeen({ rows: 10_000_000, rowHeight: 32, view: 640 }, 32 * 5_000_000)).toEqual({
      first: 5_000_000,
      last: 5_000_019,
    })
    expect(rowsSeen({ rows: 0, rowHeight: 32, view: 640 }, 0)).toBeNull()
    expect(pageOf({ rows: 100, rowHeight: 32, view: 640 })).toBe(19)
    expect(pageOf({ rows: 100, rowHeight: 32, view: 20 })).toBe(1)
  })
})

const widths = fc.array(fc.integer({ min: 40, max: 400 }), { minLength: 1, maxLength: 400 })

describe('columns beside each other', () => {
  it('are found where they are, and no others', () => {
    fc.assert(
      fc.property(
        widths,
        fc.integer({ min: 0, max: 50_000 }),
        fc.integer({ min: 1, max: 3000 }),
        (all, x, view) => {
          const lanes = lanesOf(all)
          const left = Math.min(x, endOf(lanes) - 1)
          const { first, last } = lanesSeen(lanes, left, left + view)
          expect(lanes[first]).toBeLessThanOrEqual(left)
          expect(lanes[first + 1]).toBeGreaterThan(left)
          expect(lanes[last]).toBeLessThan(left + view)
          expect(last === all.length - 1 || (lanes[last + 1] ?? 0) >= left + view).toBe(true)
        },
      ),
    )
  })

  it('are brought beside the frozen one, the beginning first where they are wider than what is seen', () => {
    const place = widths.chain(all =>
      fc.tuple(
        fc.constant(lanesOf(all)),
        fc.integer({ min: 0, max: all.length - 1 }),
        fc.integer({ min: 0, max: 9000 }),
      ),
    )
    fc.assert(
      fc.property(place, fc.integer({ min: 500, max: 1600 }), ([lanes, column, from], view) => {
        const left = revealLane(lanes, from, view, column)
        if (column === 0) {
          expect(left).toBe(from)
          return
        }
        const start = lanes[column] ?? 0
        expect(start - left).toBeGreaterThanOrEqual(lanes[1] ?? 0)
        const fits = (lanes[column + 1] ?? 0) - start <= view - (lanes[1] ?? 0)
        if (fits) expect((lanes[column + 1] ?? 0) - left).toBeLessThanOrEqual(view)
      }),
    )
  })
})
