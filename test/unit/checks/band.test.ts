import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bandOf, countNoise, isAbout, isWithin } from '../../../main/core/checks/band.ts'

const value = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n })
const values = fc.array(value, { minLength: 1, maxLength: 30 })

const band = (all: readonly bigint[]) => {
  const found = bandOf(all)
  if (!found) throw new Error('There is no band')
  return found
}

describe('a band', () => {
  it('is none of nothing', () => {
    expect(bandOf([])).toBeNull()
  })

  it('is the same in whatever order the values come', () => {
    fc.assert(
      fc.property(values, fc.nat(), (all, seed) => {
        const shuffled = [...all].sort(
          (a, b) => Number((a * 7919n + BigInt(seed)) % 101n) - Number((b * 7919n + BigInt(seed)) % 101n),
        )
        expect(bandOf(shuffled)).toEqual(bandOf(all))
      }),
    )
  })

  it('grows with the unit: cents have the band of their euros, but for the last digits', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(10n, 100n, 10_000n), (all, factor) => {
        const [one, scaled] = [band(all), band(all.map(each => each * factor))]
        // Of an even number of values the median is rounded to a whole unit, and six times a distance to it.
        const slack = 10n * factor
        for (const end of ['low', 'high'] as const) {
          const difference = scaled[end] - one[end] * factor
          expect(difference <= slack && -difference <= slack).toBe(true)
        }
      }),
    )
  })

  it('moves with the values', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 20 }), all => {
        const far = 10n ** 12n
        const moved = band(all.map(each => each + far))
        // Far from zero a fifth of the median is the wider one.
        expect(moved.high - moved.low).toBeGreaterThanOrEqual((2n * far) / 5n)
        expect(isWithin(far, moved)).toBe(true)
      }),
    )
  })

  it('has the greater part of what it was made of within', () => {
    fc.assert(
      fc.property(values, all => {
        const inside = all.filter(each => isWithin(each, band(all))).length
        expect(inside * 2).toBeGreaterThanOrEqual(all.length)
      }),
    )
  })

  it('is not moved by a few wild values', () => {
    const usual = fc.array(fc.bigInt({ min: 900n, max: 1100n }), { minLength: 7, maxLength: 20 })
    const wild = fc.array(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), { maxLength: 2 })
    fc.assert(
      fc.property(usual, wild, (even, outliers) => {
        const found = band([...even, ...outliers])
        expect(found.low).toBeGreaterThan(-1000n)
        expect(found.high).toBeLessThan(3500n)
        expect(isWithin(10_000n, found)).toBe(false)
      }),
    )
  })

  it('leaves what never moved a fifth of room, and of nothing none', () => {
    expect(band([500n, 500n, 500n])).toEqual({ low: 400n, high: 600n })
    expect(band([0n, 0n, 0n])).toEqual({ low: 0n, high: 0n })
    expect(band([-500n, -500n])).toEqual({ low: -600n, high: -400n })
  })

  it('leaves counts the room that chance takes', () => {
    expect(bandOf([4n, 4n, 4n], countNoise)).toEqual({ low: -4n, high: 12n })
    expect(bandOf([0n], countNoise)).toEqual({ low: -4n, high: 4n })
  })

  it('halves what stands between two values downwards, below zero too', () => {
    expect(band([1n, 2n])).toEqual({ low: 1n, high: 1n })
    expect(band([-1n, -2n])).toEqual({ low: -2n, high: -2n })
  })
})

it('takes a value for about as large as another within a quarter', () => {
  expect([75n, 100n, 125n].map(each => isAbout(each, 100n))).toEqual([true, true, true])
  expect([74n, 126n, -100n].map(each => isAbout(each, 100n))).toEqual([false, false, false])
  expect(isAbout(0n, 0n)).toBe(true)
})
