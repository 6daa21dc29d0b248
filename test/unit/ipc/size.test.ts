import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits, sizeOf } from '../../../main/ipc/size.ts'

const cycle: Record<string, unknown> = {}
cycle.self = cycle
const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

describe('the size of a call', () => {
  it('is about that of its text', () => {
    expect(sizeOf([])).toBe(1)
    expect(sizeOf(['abc', 1, null, undefined, true])).toBeLessThan(30)
    expect(sizeOf({ key: 'x'.repeat(1000) })).toBeGreaterThan(1000)
  })

  it.each([
    ['a long text', 'x'.repeat(limits.units)],
    ['a long key', { ['x'.repeat(limits.units)]: 1 }],
    ['many small things', Array.from({ length: limits.units }, () => 1)],
    ['many keys', Object.fromEntries(Array.from({ length: limits.units / 4 }, (_, n) => [`k${n}`, n]))],
    ['a sparse array', Object.assign([], { length: 4_294_967_295 })],
    ['a deep nest', deep(limits.depth + 2)],
    ['a cycle', cycle],
    ['a map', new Map()],
    ['a set', new Set()],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(1)],
    ['a buffer', new ArrayBuffer(1_000_000)],
    ['a big integer', 1n],
    ['an error', new Error('x')],
    ['a pattern', /x/],
  ])('is too large for %s', (_what, value) => {
    expect(sizeOf([value])).toBeNull()
  })

  it('never lets through what is much larger as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), value => {
        const size = sizeOf(value)
        // Six characters for one that JSON escapes as \uXXXX; and a number has at most 25.
        if (size !== null) expect(JSON.stringify(value).length).toBeLessThanOrEqual(size * 26)
      }),
    )
  })
})
