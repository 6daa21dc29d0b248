import type { SettingsService } from '../desk.ts'
import type { Events } from '../events.ts'
import type { Clock, Log } from '../ports.ts'
import type { LogFiles, RawAnswersRepository } from '../support/types.ts'
import { addMillis, hours, type Instant, type Millis, minutes } from '../time.ts'

export type RetentionParts = {
  readonly settings: Pick<SettingsService, 'get'>
  readonly answers: Pick<RawAnswersRepository, 'removeBefore'>
  readonly logs: Pick<LogFiles, 'removeBefore'>
  /** Removes what ended deliveries have left in staging, but what is still to be kept. */
  readonly tidyUp: () => Promise<void>
  readonly events: Pick<Events, 'subscribe'>
  readonly clock: Clock
  readonly log: Log
}

/** After the start there is other work to do first. */
const first: Millis = minutes(2)
const every: Millis = hours(24)
/** Somebody who tries the choices of a setting is not followed at each of them. */
const afterChange: Millis = minutes(1)
const day: Millis = hours(24)

/**
 * Removes what has been kept for as long as the settings say: raw answers, log lines, and what is left of deliveries in
 * staging. Receipts, jobs, deliveries and the journal are records and are never removed. Returns its end.
 */
export function startRetention({
  settings,
  answers,
  logs,
  tidyUp,
  events,
  clock,
  log,
}: RetentionParts): () => void {
  let cancel = () => {}
  let next: Instant | null = null

  async function attempt(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      log.write('warn', 'retention.not-swept', { what, error: String(error) })
    }
  }

  async function sweep(): Promise<void> {
    const { keepAnswersDays, keepLogsDays } = await settings.get()
    const before = (days: number) => addMillis(clock.now(), -days * day)
    await attempt('answers', () => answers.removeBefore(before(keepAnswersDays)))
    await attempt('logs', () => logs.removeBefore(before(keepLogsDays)))
    await attempt('staging', tidyUp)
  }

  function arm(after: Millis): void {
    const at = addMillis(clock.now(), after)
    // Never later than what is planned already; a clock that was set back plans anew.
    if (next !== null && next <= at && next > clock.now()) return
    cancel()
    next = at
    cancel = clock.wake(at, () => {
      next = null
      void attempt('all', sweep).finally(() => arm(every))
    })
  }

  arm(first)
  const unsubscribe = events.subscribe(({ kind }) => {
    if (kind === 'settings-changed') arm(afterChange)
  })
  return () => {
    unsubscribe()
    cancel()
  }
}
