import { z } from 'zod'
import type { Log } from '../../../core/ports.ts'
import type { SettingsRepository } from '../../../core/settings/types.ts'
import { jsonOf } from '../columns.ts'
import type { Database } from '../database.ts'
import { parseRows } from '../rows.ts'

const settingRow = z.object({ name: z.string(), value: jsonOf(z.unknown()) })

export function createSettingsRepository(database: Database, log: Log): SettingsRepository {
  return {
    async all() {
      const rows = parseRows(database.all('SELECT name, value FROM settings'), settingRow, 'settings', log)
      return Object.fromEntries(rows.map(row => [row.name, row.value]))
    },
    async save(values) {
      database.transaction(tx => {
        for (const [name, value] of Object.entries(values)) {
          tx.run(
            'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
            name,
            JSON.stringify(value),
          )
        }
      })
    },
  }
}
