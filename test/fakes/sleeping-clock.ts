import type { Clock } from '../../main/core/ports.ts'
import { type Instant, instantAt, type Millis } from '../../main/core/time.ts'

/** Real time, for tests with real servers, that a test can let jump as a computer that sleeps does. */
export type SleepingClock = Clock & {
  /** Nothing runs meanwhile; what is due runs after it, once. */
  sleep(ms: Millis): void
}

export function sleepingClock(): SleepingClock {
  let slept: Millis = 0
  const waiting = new Set<() => void>()
  const now = (): Instant => instantAt(Date.now() + slept)
  return {
    now,
    wake(at, run) {
      let timer: NodeJS.Timeout
      const cancel = () => {
        clearTimeout(timer)
        waiting.delete(look)
      }
      function look() {
        clearTimeout(timer)
        timer = setTimeout(
          () => {
            if (now() < at) return look()
            cancel()
            run()
          },
          Math.min(Math.max(at - now(), 0), longestTimer),
        )
      }
      look()
      waiting.add(look)
      return cancel
    },
    sleep(ms) {
      slept += ms
      for (const look of [...waiting]) look()
    },
  }
}

/** Node's timers know no longer one. */
const longestTimer: Millis = 2 ** 31 - 1
