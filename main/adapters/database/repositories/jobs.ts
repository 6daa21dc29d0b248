import { z } from 'zod'
import { type DefinitionId, definitionId, jobId, type RemoteId, remoteId } from '../../../core/ids.ts'
import { jobStates, openStates } from '../../../core/jobs/job.ts'
import {
  type Asking,
  type Job,
  type JobChange,
  JobChangedMeanwhile,
  type JobsRepository,
} from '../../../core/jobs/types.ts'
import type { Clock, Log } from '../../../core/ports.ts'
import { instant } from '../columns.ts'
import type { Database, SqlValue, Tx } from '../database.ts'
import { appendJournal } from '../journal.ts'
import { parseRow, parseRows } from '../rows.ts'
import { changingColumns, jobRow } from './job-row.ts'

const open = `(${openStates.map(state => `'${state}'`).join(', ')})`
const newestFirst = 'ORDER BY coalesce(started_at, known_at) DESC, seq DESC'
/** As core/jobs/job.ts, isMerged. */
const merged = `(state = 'not-started' AND json_extract(error, '$.code') IS 'already-running'
  AND json_extract(error, '$.facts.jobId') IS NOT NULL)`
const placeRow = z.object({
  remote_id: z.string().transform(remoteId),
  definition_id: z.string().transform(definitionId),
})
const askingRow = z
  .object({
    id: z.string().transform(jobId),
    definition_id: z.string().transform(definitionId),
    remote_id: z.string().transform(remoteId).nullable(),
    state: z.enum(jobStates),
    next_ask_at: instant,
    rev: z.int(),
  })
  .transform(
    (row): Asking => ({
      id: row.id,
      definitionId: row.definition_id,
      remoteId: row.remote_id,
      state: row.state,
      nextAskAt: row.next_ask_at,
      rev: row.rev,
    }),
  )
/** How many run times the median is taken of. */
const usualOf = 15

export function createJobsRepository(database: Database, clock: Clock, log: Log): JobsRepository {
  const many = async (sql: string, ...values: readonly SqlValue[]): Promise<readonly Job[]> =>
    parseRows(database.all(`SELECT * FROM jobs ${sql}`, ...values), jobRow, 'jobs', log)
  const one = async (sql: string, ...values: readonly SqlValue[]): Promise<Job | null> =>
    parseRow(database.get(`SELECT * FROM jobs ${sql} LIMIT 1`, ...values), jobRow, 'jobs', log)

  return {
    find: id => one('WHERE id = ?', id),
    byRemoteId: (definition, id) => one('WHERE definition_id = ? AND remote_id = ?', definition, id),
    async definitionsOf(connection, ids) {
      const rows = database.all(
        `SELECT remote_id, definition_id FROM jobs
         WHERE connection_id = ? AND remote_id IN (SELECT value FROM json_each(?)) ORDER BY seq`,
        connection,
        JSON.stringify(ids),
      )
      const places = new Map<RemoteId, readonly DefinitionId[]>()
      for (const { remote_id: id, definition_id: definition } of parseRows(rows, placeRow, 'jobs', log))
        places.set(id, [...(places.get(id) ?? []), definition])
      return places
    },
    ofDefinition: (id, limit) =>
      many(`WHERE definition_id = ? AND NOT ${merged} ${newestFirst} LIMIT ?`, id, limit),
    // Sorted by +seq: sorted by seq, SQLite would rather read the whole table in order than the index of a few rows.
    open: () => many(`WHERE state IN ${open} ORDER BY +seq`),
    openOf: id => many(`WHERE definition_id = ? AND state IN ${open} ORDER BY +seq`, id),
    // Few columns: with a thousand open jobs this is read before every single question.
    asking: async connection =>
      parseRows(
        database.all(
          `SELECT id, definition_id, remote_id, state, next_ask_at, rev FROM jobs
           WHERE next_ask_at IS NOT NULL AND connection_id = ? ORDER BY next_ask_at`,
          connection,
        ),
        askingRow,
        'jobs',
        log,
      ),
    concerned: (definition, listed) =>
      many(
        `WHERE seq IN (
           SELECT seq FROM jobs WHERE definition_id = ?1 AND listed = 1
           UNION SELECT seq FROM jobs WHERE definition_id = ?1 AND next_ask_at IS NOT NULL
           UNION SELECT seq FROM jobs WHERE definition_id = ?1 AND state IN ${open}
           UNION SELECT seq FROM jobs
             WHERE definition_id = ?1 AND state = 'not-started' AND sent_at IS NOT NULL
           UNION SELECT seq FROM jobs
             WHERE definition_id = ?1 AND remote_id IN (SELECT value FROM json_each(?2))
         ) ORDER BY seq`,
        definition,
        JSON.stringify(listed),
      ),
    wantingDelivery: () =>
      many(
        `WHERE seq IN (
           SELECT seq FROM jobs WHERE state = 'completed' AND wanted IS NOT NULL AND has_files = 1
             AND NOT EXISTS (SELECT 1 FROM deliveries WHERE deliveries.job_id = jobs.id)
         ) ORDER BY seq`,
      ),
    lastCompleted: id => one(`WHERE definition_id = ? AND state = 'completed' ${newestFirst}`, id),
    async save(changes) {
      if (changes.length === 0) return
      const at = clock.now()
      database.transaction(tx => {
        for (const change of changes) {
          write(tx, change)
          if (change.why === null) continue
          appendJournal(tx, {
            at,
            entity: 'job',
            entityId: change.job.id,
            from: change.from,
            to: change.job.state,
            why: change.why,
            facts: journalFacts(change.job),
          })
        }
      })
    },
    async usualMs(id) {
      const rows = database.all(
        `SELECT ended_at - started_at AS ms FROM jobs
         WHERE definition_id = ? AND state = 'completed' AND ended_at >= started_at
         ${newestFirst} LIMIT ${usualOf}`,
        id,
      )
      return median(parseRows(rows, z.object({ ms: z.number() }), 'jobs', log).map(row => row.ms))
    },
  }
}

function write(tx: Tx, { job, from }: JobChange): void {
  const columns = changingColumns(job)
  const names = Object.keys(columns)
  const values = Object.values(columns)
  const written =
    from === null
      ? tx.run(
          `INSERT INTO jobs (id, connection_id, definition_id, known_at, ${names.join(', ')})
           VALUES (?, ?, ?, ?, ${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
          job.id,
          job.connectionId,
          job.definitionId,
          job.knownAt,
          ...values,
        )
      : tx.run(
          `UPDATE OR IGNORE jobs SET ${names.map(name => `${name} = ?`).join(', ')}
           WHERE id = ? AND rev = ? AND state = ?`,
          ...values,
          job.id,
          job.rev,
          from,
        )
  if (written !== 1) throw new JobChangedMeanwhile(`${job.id}, revision ${job.rev}`)
}

/** What the journal keeps beside the states; the row itself is overwritten by the next change. */
function journalFacts(job: Job): Readonly<Record<string, unknown>> {
  return {
    remoteId: job.remoteId,
    rawStatus: job.rawStatus,
    ...(job.sentAt === null ? {} : { sentAt: job.sentAt }),
    ...(job.wanted === null ? {} : { wantedBy: job.wanted.by }),
    ...(job.error === null ? {} : { error: job.error }),
  }
}

function median(values: readonly number[]): number | null {
  if (values.length < 2) return null
  const sorted = [...values].sort((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0
  return Math.round((lower + upper) / 2)
}
