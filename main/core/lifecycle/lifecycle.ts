/**
 * The end of the app, in order: accept nothing new, let what is under way come to a point where it is written down,
 * close. Everything can be cut at any point and finished at the next start (the journal sees to that), so the
 * deadline may be short: waiting is only kinder than cutting.
 *
 *   accepting ──stop()──► draining ──(all work has ended, or the deadline)──► closed
 */
import { AppError } from '../errors.ts'
import type { Clock, Log } from '../ports.ts'
import { addMillis, type Millis } from '../time.ts'

export interface Lifecycle {
  /** Aborted when the end begins: whoever waits, stops waiting. */
  readonly stopping: AbortSignal
  /** Runs work that the end waits for; throws `cancelled` once it has begun. */
  accept<T>(work: () => Promise<T>): Promise<T>
  /** Ends everything, once; a second call returns the first one's promise. Never throws. */
  stop(end: Ending): Promise<void>
}

export type Ending = {
  /** What has to be ended by itself (pollers, runners); all at once. */
  readonly drain: readonly (() => Promise<void>)[]
  /** How long the draining may take. */
  readonly within: Millis
  /** What is closed after that, in this order; the database last. */
  readonly close: readonly (() => void | Promise<void>)[]
}

export function createLifecycle(clock: Clock, log: Log): Lifecycle {
  const stopping = new AbortController()
  const accepted = new Set<Promise<unknown>>()
  let ended: Promise<void> | null = null

  async function end({ drain, within, close }: Ending): Promise<void> {
    stopping.abort()
    const work = Promise.allSettled([...drain.map(step => attempt('drain', step)), ...accepted])
    if (!(await endsWithin(work, within))) log.write('warn', 'lifecycle.cut', { unfinished: accepted.size })
    for (const step of close) await attempt('close', async () => step())
  }

  async function attempt(what: string, step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      log.write('error', `lifecycle.${what}-failed`, { error })
    }
  }

  async function endsWithin(work: Promise<unknown>, within: Millis): Promise<boolean> {
    let cancel = () => {}
    const late = new Promise<false>(resolve => {
      cancel = clock.wake(addMillis(clock.now(), within), () => resolve(false))
    })
    const inTime = await Promise.race([work.then(() => true), late])
    cancel()
    return inTime
  }

  return {
    stopping: stopping.signal,
    async accept(work) {
      if (stopping.signal.aborted) throw new AppError('cancelled')
      const running = work()
      accepted.add(running)
      try {
        return await running
      } finally {
        accepted.delete(running)
      }
    },
    stop(ending) {
      ended ??= end(ending)
      return ended
    },
  }
}
