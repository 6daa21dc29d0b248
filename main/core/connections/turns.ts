import type { Clock } from '../ports.ts'
import type { Session } from '../systems/system.ts'
import type { Instant, Millis } from '../time.ts'
import { waitUntil } from '../wait.ts'

/** When a server was last asked about something, by any connection and any process of this profile. */
export interface TurnsRepository {
  /** Takes the turn: null where it is ours, else when the next one is (the last one plus `every`). */
  take(origin: string, what: string, now: Instant, every: Millis): Promise<Instant | null>
}

/** Of one server: its limits hold for everybody who asks it. */
export type Turns = (origin: string) => Session['turn']

/** The turns that sessions wait for (Session.turn). Written down before the question goes out, so a restart keeps them. */
export const createTurns =
  (turns: TurnsRepository, clock: Clock, stopping: AbortSignal): Turns =>
  origin =>
  async (what, every) => {
    for (;;) {
      const next = await turns.take(origin, what, clock.now(), every)
      if (next === null) return
      await waitUntil(clock, next, stopping)
    }
  }
