import { join } from 'node:path'
import Libsql from 'libsql'
import { databaseFileName } from '../../../main/adapters/database/database.ts'

export type JournalEntry = { readonly at: number; readonly entity: string; readonly to: string }
export type JobRecord = {
  readonly id: string
  readonly remoteId: string | null
  readonly state: string
  readonly deliveries: readonly string[]
  readonly receipts: number
  /** When its first receipt was written; null: it has none. */
  readonly deliveredAt: number | null
}
export type FileRecord = { readonly path: string; readonly sha256: string }

export type ProfileRecords = ReturnType<typeof profileRecords>

/** Reads what a profile says, beside the app or after it was killed. */
export function profileRecords(profile: string) {
  function rows<T>(sql: string): readonly T[] {
    const database = new Libsql(join(profile, databaseFileName), { readonly: true })
    try {
      // Whoever opens it first after a kill restores it from its log, and keeps it locked for that moment.
      database.exec('PRAGMA busy_timeout = 10000')
      return database.prepare(sql).all() as T[]
    } finally {
      database.close()
    }
  }
  return {
    journal: () => rows<JournalEntry>('SELECT at, entity, to_state AS "to" FROM journal ORDER BY seq'),
    jobs(): readonly JobRecord[] {
      type Row = Omit<JobRecord, 'deliveries'> & { readonly deliveries: string }
      const delivered = `SELECT receipts.content ->> '$.deliveredAt' AS at FROM receipts
        JOIN deliveries ON deliveries.id = receipts.delivery_id WHERE deliveries.job_id = jobs.id`
      return rows<Row>(
        `SELECT id, remote_id AS remoteId, state,
           (SELECT json_group_array(state) FROM deliveries WHERE job_id = jobs.id) AS deliveries,
           (SELECT count(*) FROM (${delivered})) AS receipts, (SELECT min(at) FROM (${delivered})) AS deliveredAt
         FROM jobs WHERE sent_at IS NOT NULL OR wanted IS NOT NULL ORDER BY seq`,
      ).map(row => ({ ...row, deliveries: JSON.parse(row.deliveries) }))
    },
    /** Every file that a receipt tells of. */
    files: () =>
      rows<FileRecord>(
        `SELECT value ->> '$.path' AS path, value ->> '$.sha256' AS sha256
         FROM receipts, json_each(receipts.content, '$.files')`,
      ),
  }
}
