import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askAfter, dueAt, isDue, lateEvery, retryAfter, skewOf } from '../../../main/core/jobs/poll-policy.ts'
import { addMillis, hours, instantAt, minutes, seconds } from '../../../main/core/time.ts'

const asked = fc.record({
  elapsed: fc.integer({ min: 0, max: hours(24) }),
  usual: fc.option(fc.integer({ min: 1, max: hours(12) })),
  floor: fc.constantFrom(0, seconds(5), seconds(10), minutes(2)),
  skew: fc.integer({ min: 0, max: 499 }),
})

describe('asking again', () => {
  test('never sooner than the system allows, never later than five minutes beyond that', () => {
    fc.assert(
      fc.property(asked, facts => {
        const wait = askAfter(facts)
        expect(wait).toBeGreaterThanOrEqual(Math.max(facts.floor, seconds(5)) + facts.skew)
        expect(wait).toBeLessThanOrEqual(Math.max(facts.floor, minutes(5)) + facts.skew)
        expect(Number.isInteger(wait)).toBe(true)
      }),
    )
  })

  test('an end is noticed within a fourteenth of the run, or 5 s, however long such runs usually take', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: hours(1) }), asked, (elapsed, { usual }) => {
        const wait = askAfter({ elapsed, usual, floor: 0, skew: 0 })
        expect(wait).toBeLessThanOrEqual(Math.max(elapsed / 14, seconds(5)))
      }),
    )
  })

  test('of a job of one hour at most 80 times, whatever is usual, with a usual time that is right or wrong', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 1, max: hours(12) })), usual => {
        let times = 0
        for (let elapsed = 0; elapsed < hours(1); times++)
          elapsed += askAfter({ elapsed, usual, floor: 0, skew: 0 })
        expect(times).toBeLessThanOrEqual(80)
      }),
    )
  })

  test('dense around the usual end', () => {
    const wait = (elapsed: number) => askAfter({ elapsed, usual: minutes(20), floor: 0, skew: 0 })
    expect(wait(seconds(3))).toBe(seconds(5))
    expect(wait(minutes(20))).toBe(seconds(40))
    expect(wait(minutes(19))).toBeLessThan(wait(minutes(15)))
    expect(wait(minutes(30))).toBeGreaterThan(wait(minutes(22)))
  })
})

describe('what is due', () => {
  const now = instantAt(hours(1000))
  const running = (ahead: number) => ({ state: 'running', nextAskAt: addMillis(now, ahead) }) as const
  test('together: what would be due before the floor is half over', () => {
    expect(isDue(running(0), now, seconds(10))).toBe(true)
    expect(isDue(running(seconds(5)), now, seconds(10))).toBe(true)
    expect(isDue(running(seconds(6)), now, seconds(10))).toBe(false)
  })

  test('at once, where it is further ahead than any wait is: the clock was set back', () => {
    fc.assert(
      fc.property(asked, facts => {
        const next = running(askAfter(facts))
        expect(dueAt(next, now, facts.floor)).toBe(next.nextAskAt)
      }),
    )
    expect(dueAt(running(hours(1)), now, seconds(10))).toBe(now)
    const late = { state: 'timed-out', nextAskAt: addMillis(now, lateEvery) } as const
    expect(dueAt(late, now, seconds(10))).toBe(late.nextAskAt)
    expect(dueAt({ ...late, nextAskAt: addMillis(now, hours(24)) }, now, seconds(10))).toBe(now)
  })
})

describe('after a failure', () => {
  const error = { code: 'server-error', facts: {} } as const

  test('longer every time, and within a quarter of an hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), failures => {
        const wait = retryAfter(failures, error, seconds(5), 0)
        expect(wait).toBeLessThanOrEqual(minutes(15))
        expect(wait).toBeLessThanOrEqual(retryAfter(failures + 1, error, seconds(5), 0))
      }),
    )
    expect(retryAfter(1, error, 0, 0)).toBe(seconds(10))
  })

  test('what the system asks for wins over everything but its own floor', () => {
    const asks = (retryAfterMs: number) => ({ code: 'maintenance', facts: { retryAfterMs } }) as const
    expect(retryAfter(9, asks(minutes(40)), seconds(10), 0)).toBe(minutes(40))
    expect(retryAfter(9, asks(1000), seconds(10), 7)).toBe(seconds(10) + 7)
    expect(retryAfter(9, asks(90_000.4), seconds(10), 0)).toBe(90_001)
    expect(retryAfter(1, { code: 'maintenance', facts: {} }, seconds(10), 0)).toBe(minutes(5))
  })
})

test('the skew of a connection is fixed, small, and not the same for all', () => {
  const skews = Array.from({ length: 50 }, (_, n) => skewOf(`connection-${n}`))
  expect(skews).toEqual(Array.from({ length: 50 }, (_, n) => skewOf(`connection-${n}`)))
  expect(Math.min(...skews)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...skews)).toBeLessThan(500)
  expect(new Set(skews).size).toBeGreaterThan(35)
})
