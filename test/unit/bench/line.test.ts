import { describe, expect, it } from 'vitest'
import { limitLine, quantile, ratioLine } from '../../bench/line.ts'

const subject = { bench: 'delivery', case: 'zip', measure: 'time-ratio' } as const

describe('a line of a bench', () => {
  it('compares two sides', () => {
    expect(ratioLine(subject, { ours: 4.9, theirs: 11.4 }, 0.5)).toEqual({
      ...subject,
      ...{ value: 0.4298, target: 0.5, met: true, ours: 4.9, theirs: 11.4, unit: 's' },
    })
    expect(ratioLine(subject, { ours: 6, theirs: 11.4 }, 0.5).met).toBe(false)
  })

  it('holds a figure against a limit, or against nothing', () => {
    expect(limitLine(subject, 120, 'MB', 120)).toEqual({
      ...subject,
      value: 120,
      target: 120,
      met: true,
      unit: 'MB',
    })
    expect(limitLine(subject, 3, 's', null)).toMatchObject({ target: null, met: null })
    expect(limitLine(subject, 17, 'ms', 16, 9)).toMatchObject({ met: false, ours: 17, theirs: 9 })
  })
})

describe('a quantile', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 2, 3], 0.5, 2],
    [[5], 0.99, 5],
    [Array.from({ length: 100 }, (_, n) => n + 1), 0.99, 99],
    [[1, 9, 2], 1, 9],
  ])('of %j at %f is %f', (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected)
  })

  it('of nothing is a fault', () => {
    expect(() => quantile([], 0.5)).toThrow()
  })
})
