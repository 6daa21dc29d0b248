import type { Clock } from '../core/ports.ts'
import { instantAt } from '../core/time.ts'

/** The longest single timer. Timers stand still while the computer sleeps and know nothing of a changed clock. */
const longestTimerMs = 30_000

/** The wall clock. A wake looks at it again at least every 30 s, so that sleep and clock changes are harmless. */
export const systemClock: Clock = {
  now: () => instantAt(Date.now()),
  wake(at, run) {
    let timer: NodeJS.Timeout
    const look = () => {
      if (Date.now() >= at) run()
      else arm()
    }
    const arm = () => {
      timer = setTimeout(look, Math.min(Math.max(at - Date.now(), 0), longestTimerMs))
    }
    arm()
    return () => clearTimeout(timer)
  },
}
