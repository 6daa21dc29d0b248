import { z } from 'zod'
import type { Clock } from '../../../core/ports.ts'
import { addMillis, type Instant, type Millis, seconds } from '../../../core/time.ts'
import type { Database } from '../database.ts'

export type Pace = {
  readonly every: Millis
  /** A lease whose last heartbeat is older than this can be taken by anybody. */
  readonly term: Millis
}

/**
 * Each beat is a transaction that the disk is waited for. What is held while somebody works beats often; what is held
 * for as long as the app runs would keep an idle computer's disk awake, and two of its beats may be missed in a term.
 */
export const paces = {
  working: { every: seconds(10), term: seconds(30) },
  resting: { every: seconds(30), term: seconds(75) },
} as const satisfies Readonly<Record<string, Pace>>

export interface Heart {
  readonly pace: Pace
  /** Beats for a holder from now on, until it is stopped. `lost`: somebody else has taken what was held. */
  beatFor(holder: string, lost: () => void): () => void
}

type Held = { readonly lost: () => void; lastBeat: Instant }

/** The heartbeat of a process: one transaction for all that it holds at this pace. */
export function createHeart(database: Database, clock: Clock, pace: Pace): Heart {
  const holders = new Map<string, Held>()
  let cancel: (() => void) | null = null

  function scheduleBeat(): void {
    cancel = clock.wake(addMillis(clock.now(), pace.every), beat)
  }

  function beat(): void {
    const now = clock.now()
    const still = stillHeld(now)
    for (const [holder, held] of holders) {
      if (still === null ? now - held.lastBeat < pace.term : still.has(holder)) continue
      holders.delete(holder)
      held.lost()
    }
    if (holders.size > 0) scheduleBeat()
    else cancel = null
  }

  /** Null: the database was busy or its disk full, and what is held is ours until its term has passed. */
  function stillHeld(now: Instant): ReadonlySet<string> | null {
    try {
      const rows = database.transaction(tx =>
        tx.all(
          `UPDATE leases SET beat_at = ? WHERE holder IN (SELECT value FROM json_each(?)) RETURNING holder`,
          now,
          JSON.stringify([...holders.keys()]),
        ),
      )
      const still = new Set(holderRows.parse(rows).map(({ holder }) => holder))
      for (const holder of still) {
        const held = holders.get(holder)
        if (held) held.lastBeat = now
      }
      return still
    } catch {
      return null
    }
  }

  return {
    pace,
    beatFor(holder, lost) {
      holders.set(holder, { lost, lastBeat: clock.now() })
      if (cancel === null) scheduleBeat()
      return () => {
        holders.delete(holder)
        if (holders.size > 0) return
        cancel?.()
        cancel = null
      }
    },
  }
}

const holderRows = z.array(z.object({ holder: z.string() }))
