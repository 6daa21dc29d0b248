import { z } from 'zod'
import type { AsksRepository } from '../../../core/jobs/types.ts'
import type { Log } from '../../../core/ports.ts'
import { addMillis } from '../../../core/time.ts'
import { instant } from '../columns.ts'
import type { Database } from '../database.ts'
import { parseRow } from '../rows.ts'

const askRow = z.object({ asked_at: instant, answered_at: instant.nullable() })

export function createAsksRepository(database: Database, log: Log): AsksRepository {
  return {
    async claim(id, now, floor) {
      return database.transaction(tx => {
        // A time ahead of the clock means that the clock was set back; nothing may wait for it.
        const claimed = tx.run(
          `INSERT INTO asks (definition_id, asked_at) VALUES (?, ?)
           ON CONFLICT (definition_id) DO UPDATE SET asked_at = excluded.asked_at
           WHERE asks.asked_at <= ? OR asks.asked_at > excluded.asked_at`,
          id,
          now,
          addMillis(now, -floor),
        )
        if (claimed === 1) return null
        const last = parseRow(tx.get('SELECT * FROM asks WHERE definition_id = ?', id), askRow, 'asks', log)
        return addMillis(last?.asked_at ?? now, floor)
      })
    },
    async answered(ids, at) {
      if (ids.length === 0) return
      // A list of the whole connection answers for definitions that were never asked for one by one.
      database.transaction(tx =>
        tx.run(
          `INSERT INTO asks (definition_id, asked_at, answered_at) SELECT value, ?2, ?2 FROM json_each(?1) WHERE true
           ON CONFLICT (definition_id) DO UPDATE SET answered_at = excluded.answered_at`,
          JSON.stringify(ids),
          at,
        ),
      )
    },
    async forget(id) {
      database.transaction(tx => tx.run('UPDATE asks SET answered_at = NULL WHERE definition_id = ?', id))
    },
    async of(id) {
      const row = parseRow(
        database.get('SELECT * FROM asks WHERE definition_id = ?', id),
        askRow,
        'asks',
        log,
      )
      return row && { askedAt: row.asked_at, answeredAt: row.answered_at }
    },
  }
}
