import type { Clock } from '../../main/core/ports.ts'
import { addMillis, type Instant, instantAt, type Millis } from '../../main/core/time.ts'

export type FakeClock = Clock & {
  /** Lets time pass: runs what becomes due, in order, and what follows from it. */
  advance(ms: Millis): Promise<void>
  /** Time jumps while nothing runs, as in sleep; what is due runs after it, once. */
  sleep(ms: Millis): Promise<void>
  /** The clock is set, backwards too. Nothing runs. */
  set(now: Instant): void
  /** How many wakes are waiting. */
  pending(): number
}

/** 2026-11-01T18:30:00Z. */
export const fakeStart = instantAt(Date.UTC(2026, 10, 1, 18, 30))

/** Lets everything run that waits for nothing but its turn. */
export const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

export function fakeClock(start: Instant = fakeStart): FakeClock {
  let now = start
  let nextKey = 0
  const wakes = new Map<number, { readonly at: Instant; readonly run: () => void }>()

  const dueBy = (limit: Instant) =>
    [...wakes].filter(([, wake]) => wake.at <= limit).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]

  async function runDueBy(limit: Instant): Promise<void> {
    await settled()
    for (let due = dueBy(limit); due; due = dueBy(limit)) {
      const [key, wake] = due
      wakes.delete(key)
      if (wake.at > now) now = wake.at
      wake.run()
      await settled()
    }
  }

  return {
    now: () => now,
    wake(at, run) {
      const key = nextKey++
      wakes.set(key, { at, run })
      return () => wakes.delete(key)
    },
    async advance(ms) {
      const end = addMillis(now, ms)
      await runDueBy(end)
      now = end
    },
    async sleep(ms) {
      await settled()
      now = addMillis(now, ms)
      await runDueBy(now)
    },
    set(to) {
      now = to
    },
    pending: () => wakes.size,
  }
}
