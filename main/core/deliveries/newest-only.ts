import { AppError } from '../errors.ts'

/**
 * Does one thing at a time. Of those that wait only the newest is done, the others end as `cancelled`: questions that
 * are typed come faster than a slow share answers, and each one that waits for it would hold one of Node's four file
 * threads.
 */
export function newestOnly(): <T>(work: () => Promise<T>) => Promise<T> {
  let running: Promise<unknown> | null = null
  let newest = 0
  return async work => {
    newest += 1
    const own = newest
    while (running) await running
    if (own !== newest) throw new AppError('cancelled')
    const done = work()
    running = done.then(
      () => {},
      () => {},
    )
    try {
      return await done
    } finally {
      running = null
    }
  }
}
