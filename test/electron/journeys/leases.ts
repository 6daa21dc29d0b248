import { join } from 'node:path'
import Database from 'libsql'

/**
 * Ages the leases of a profile that no process has open. A killed process cannot give its leases back; whoever comes
 * next waits until they have run out, half a minute. That it does is proved where clocks are fake
 * (test/unit/database/leases.test.ts); here it would only be waiting.
 */
export function letLeasesRunOut(profile: string): void {
  const database = new Database(join(profile, 'desk.db'))
  try {
    database.exec('UPDATE leases SET beat_at = 0')
  } finally {
    database.close()
  }
}
