import { AppError } from './errors.ts'
import type { Clock } from './ports.ts'
import type { Instant } from './time.ts'

/** Resolves when the clock reads `at` or later; throws `cancelled` as soon as the signal is aborted. */
export function waitUntil(clock: Clock, at: Instant, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      cancel()
      reject(new AppError('cancelled'))
    }
    const cancel = clock.wake(at, () => {
      signal.removeEventListener('abort', abort)
      resolve()
    })
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
