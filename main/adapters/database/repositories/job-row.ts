import { z } from 'zod'
import { connectionId, definitionId, jobId, remoteId } from '../../../core/ids.ts'
import { jobStates } from '../../../core/jobs/job.ts'
import type { Job } from '../../../core/jobs/types.ts'
import {
  destination,
  errorView,
  exchangeProofs,
  flag,
  instant,
  jsonOf,
  jsonOrNull,
  systemTime,
} from '../columns.ts'
import type { SqlValue } from '../database.ts'

export const jobRow = z
  .object({
    id: z.string().transform(jobId),
    connection_id: z.string().transform(connectionId),
    definition_id: z.string().transform(definitionId),
    remote_id: z.string().transform(remoteId).nullable(),
    state: z.enum(jobStates),
    raw_status: z.string().nullable(),
    origin: z.enum(['here', 'elsewhere']),
    started_by: z.string().nullable(),
    known_at: instant,
    sent_at: instant.nullable(),
    listed_before: jsonOf(z.array(z.string().transform(remoteId))),
    started: jsonOf(systemTime).nullable(),
    ended: jsonOf(systemTime).nullable(),
    end_seen_at: instant.nullable(),
    has_files: flag,
    listed: flag,
    wanted: jsonOf(z.object({ by: z.string(), destination: destination.nullable() })).nullable(),
    next_ask_at: instant.nullable(),
    error: jsonOf(errorView).nullable(),
    raw: jsonOf(z.record(z.string(), z.unknown())),
    start_exchanges: jsonOf(exchangeProofs).nullable(),
    rev: z.int(),
  })
  .transform(
    (row): Job => ({
      id: row.id,
      connectionId: row.connection_id,
      definitionId: row.definition_id,
      remoteId: row.remote_id,
      state: row.state,
      rawStatus: row.raw_status,
      origin: row.origin,
      startedBy: row.started_by,
      knownAt: row.known_at,
      sentAt: row.sent_at,
      listedBefore: row.listed_before,
      startedAt: row.started,
      endedAt: row.ended,
      endSeenAt: row.end_seen_at,
      hasFiles: row.has_files,
      listed: row.listed,
      wanted: row.wanted,
      nextAskAt: row.next_ask_at,
      error: row.error,
      ...(row.start_exchanges ? { startExchanges: row.start_exchanges } : {}),
      raw: row.raw,
      rev: row.rev,
    }),
  )

/** What may change of a job, by column; id, connection, definition and `known_at` never do. */
export function changingColumns(job: Job): Readonly<Record<string, SqlValue>> {
  return {
    remote_id: job.remoteId,
    state: job.state,
    raw_status: job.rawStatus,
    origin: job.origin,
    started_by: job.startedBy,
    sent_at: job.sentAt,
    listed_before: JSON.stringify(job.listedBefore),
    started: jsonOrNull(job.startedAt),
    started_at: job.startedAt?.at ?? null,
    ended: jsonOrNull(job.endedAt),
    ended_at: job.endedAt?.at ?? null,
    end_seen_at: job.endSeenAt,
    has_files: job.hasFiles ? 1 : 0,
    listed: job.listed ? 1 : 0,
    wanted: jsonOrNull(job.wanted),
    next_ask_at: job.nextAskAt,
    error: jsonOrNull(job.error),
    raw: JSON.stringify(job.raw),
    start_exchanges: jsonOrNull(job.startExchanges ?? null),
    rev: job.rev + 1,
  }
}
