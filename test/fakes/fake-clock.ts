import type { Clock } from '../../main/core/ports.ts'
import { addMillis, type Instant, instantAt, type Millis } from '../../main/core/time.ts'

export type FakeClock = Clock & {
  /** Lets time pass: runs what becomes due, in order, and what follows from it. */
  advance(ms: Millis): Promise<void>
  /** Time jumps while nothing runs, as in sleep; what is due runs after it, once. */
  sleep(ms: Millis): Promise<void>
  /** The clock is set, backwards too. Nothing runs; who waits does not wait longer for it (ports: Clock). */
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
  /** How far the clock was set forward of time itself, by `set`. */
  let off: Millis = 0
  type Wake = { readonly at: Instant; readonly off: Millis; readonly run: () => void }
  const wakes = new Map<number, Wake>()
  const dueAt = (wake: Wake): Instant => (off < wake.off ? addMillis(wake.at, off - wake.off) : wake.at)

  function dueBy(limit: Instant): readonly [number, Wake] | null {
    let first: readonly [number, Wake] | null = null
    for (const one of wakes)
      if (dueAt(one[1]) <= limit && (first === null || dueAt(one[1]) < dueAt(first[1]))) first = one
    return first
  }

  async function runDueBy(limit: Instant): Promise<void> {
    await settled()
    for (let due = dueBy(limit); due; due = dueBy(limit)) {
      const [key, wake] = due
      wakes.delete(key)
      const at = dueAt(wake)
      if (at > now) now = at
      wake.run()
      await settled()
    }
  }

  return {
    now: () => now,
    wake(at, run) {
      const key = nextKey++
      wakes.set(key, { at, off, run })
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
      off += to - now
      now = to
    },
    pending: () => wakes.size,
  }
}
