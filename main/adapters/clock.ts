import type { Clock } from '../core/ports.ts'
import { instantAt } from '../core/time.ts'

/** The longest single timer. Timers stand still while the computer sleeps and know nothing of a changed clock. */
const longestTimerMs = 30_000

/**
 * The wall clock. A wake looks at it again at least every 30 s, so that sleep and a clock that is set forward are
 * harmless. Where the clock is set back, the wait still takes no longer than it was to take when it began: whoever
 * waits for a date looks at the clock and waits again, and whoever waits five seconds does not wait three days.
 */
export const systemClock: Clock = {
  now: () => instantAt(Date.now()),
  wake(at, run) {
    const patience = performance.now() + (at - Date.now())
    let timer: NodeJS.Timeout
    const left = () => Math.min(at - Date.now(), patience - performance.now())
    const look = () => {
      if (left() <= 0) run()
      else arm()
    }
    const arm = () => {
      timer = setTimeout(look, Math.min(Math.max(left(), 0), longestTimerMs))
    }
    arm()
    return () => clearTimeout(timer)
  },
}
