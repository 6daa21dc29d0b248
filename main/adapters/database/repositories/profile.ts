import { z } from 'zod'
import type { Clock, Ids } from '../../../core/ports.ts'
import type { Database } from '../database.ts'

const profileRow = z.object({ id: z.string().min(1) })

/** The id of this profile, made once. Accounts in the OS keychain begin with it (cli.md, Secrets). */
export function profileId(database: Database, clock: Clock, ids: Ids): string {
  return database.transaction(tx => {
    tx.run(
      'INSERT OR IGNORE INTO profile (only, id, created_at) VALUES (1, ?, ?)',
      ids.next('profile'),
      clock.now(),
    )
    return profileRow.parse(tx.get('SELECT id FROM profile')).id
  })
}
