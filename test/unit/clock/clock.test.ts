import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { systemClock } from '../../../main/adapters/clock.ts'
import { randomIds } from '../../../main/adapters/ids.ts'
import { addMillis, hours, seconds } from '../../../main/core/time.ts'

describe('the clock wakes by the wall clock', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('once, at its time and not before, over many timers', () => {
    const run = vi.fn()
    systemClock.wake(addMillis(systemClock.now(), seconds(95)), run)
    vi.advanceTimersByTime(94_999)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    vi.advanceTimersByTime(1_000_000)
    expect(run).toHaveBeenCalledOnce()
  })

  test('within 30 s after a sleep or a change of the clock', () => {
    const run = vi.fn()
    systemClock.wake(addMillis(systemClock.now(), hours(8)), run)
    vi.setSystemTime(addMillis(systemClock.now(), hours(9)))
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(30_000)
    expect(run).toHaveBeenCalledOnce()
  })

  test('after the time that it was to take where the clock is set back', () => {
    const run = vi.fn()
    systemClock.wake(addMillis(systemClock.now(), seconds(70)), run)
    vi.advanceTimersByTime(5_000)
    vi.setSystemTime(addMillis(systemClock.now(), -hours(72)))
    vi.advanceTimersByTime(64_900)
    expect(run).not.toHaveBeenCalled()
    vi.advanceTimersByTime(200)
    expect(run).toHaveBeenCalledOnce()
  })

  test('not after its cancel; what is past runs at once, but not inside the call', () => {
    const cancelled = vi.fn()
    const past = vi.fn()
    systemClock.wake(addMillis(systemClock.now(), seconds(40)), cancelled)()
    systemClock.wake(addMillis(systemClock.now(), -1), past)
    expect(past).not.toHaveBeenCalled()
    vi.advanceTimersByTime(100_000)
    expect(past).toHaveBeenCalledOnce()
    expect(cancelled).not.toHaveBeenCalled()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('ids are unique, lower case, and say what they are of', () => {
  const made = Array.from({ length: 1000 }, () => randomIds.next('job'))
  expect(new Set(made).size).toBe(1000)
  for (const id of made) expect(id).toMatch(/^job-[0-9a-f]{24}$/)
})
