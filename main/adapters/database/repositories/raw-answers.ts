import { z } from 'zod'
import { systemNames } from '../../../../preload/contract/words.ts'
import type { Log } from '../../../core/ports.ts'
import type { RawAnswer, RawAnswersRepository } from '../../../core/support/types.ts'
import { instant, jsonOf } from '../columns.ts'
import type { Database } from '../database.ts'
import { parseRows } from '../rows.ts'

const answerRow = z
  .object({
    fingerprint: z.string(),
    first_at: instant,
    at: instant,
    times: z.int(),
    system: z.enum(systemNames),
    url: z.string(),
    status: z.int(),
    correlation_id: z.string().nullable(),
    headers: jsonOf(z.record(z.string(), z.string())),
    body: z.string(),
  })
  .transform(
    ({ first_at, correlation_id, ...row }): RawAnswer => ({
      ...row,
      firstAt: first_at,
      correlationId: correlation_id,
    }),
  )

export function createRawAnswersRepository(database: Database, log: Log): RawAnswersRepository {
  return {
    async keep({ fingerprint, at, system, url, status, correlationId, headers, body }, most) {
      database.transaction(tx => {
        tx.run(
          `INSERT INTO raw_answers
             (fingerprint, first_at, at, times, system, url, status, correlation_id, headers, body)
           VALUES (?1, ?2, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8)
           ON CONFLICT (fingerprint) DO UPDATE SET
             at = excluded.at, times = times + 1, url = excluded.url,
             correlation_id = excluded.correlation_id, headers = excluded.headers, body = excluded.body`,
          fingerprint,
          at,
          system,
          url,
          status,
          correlationId,
          JSON.stringify(headers),
          body,
        )
        tx.run(
          `DELETE FROM raw_answers
           WHERE seq NOT IN (SELECT seq FROM raw_answers ORDER BY at DESC, seq DESC LIMIT ?)`,
          most,
        )
      })
    },
    async all() {
      const rows = database.all('SELECT * FROM raw_answers ORDER BY at DESC, seq DESC')
      return parseRows(rows, answerRow, 'raw_answers', log)
    },
    async removeBefore(at) {
      return database.transaction(tx => tx.run('DELETE FROM raw_answers WHERE at < ?', at))
    },
  }
}
