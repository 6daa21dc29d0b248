import { z } from 'zod'
import type { TurnsRepository } from '../../../core/connections/turns.ts'
import { addMillis } from '../../../core/time.ts'
import { instant } from '../columns.ts'
import type { Database } from '../database.ts'

const turnRow = z.object({ taken_at: instant })

export function createTurnsRepository(database: Database): TurnsRepository {
  return {
    async take(origin, what, now, every) {
      return database.transaction(tx => {
        // A time ahead of the clock means that the clock was set back; nothing may wait for it.
        const taken = tx.run(
          `INSERT INTO turns (origin, what, taken_at) VALUES (?, ?, ?)
           ON CONFLICT (origin, what) DO UPDATE SET taken_at = excluded.taken_at
           WHERE turns.taken_at <= ? OR turns.taken_at > excluded.taken_at`,
          origin,
          what,
          now,
          addMillis(now, -every),
        )
        if (taken === 1) return null
        const last = tx.get('SELECT taken_at FROM turns WHERE origin = ? AND what = ?', origin, what)
        return addMillis(turnRow.parse(last).taken_at, every)
      })
    },
  }
}
