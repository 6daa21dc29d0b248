import { z } from 'zod'
import type { HistoryQuery } from '../../../../preload/contract/types.ts'
import { connectionMarks } from '../../../../preload/contract/words.ts'
import {
  deliveredStates,
  failedStates,
  pausedStates,
  workingStates,
} from '../../../core/deliveries/delivery.ts'
import type { HistoryEntry, HistoryQuestion, HistoryRepository } from '../../../core/history/types.ts'
import { receiptId } from '../../../core/ids.ts'
import { jobStates } from '../../../core/jobs/job.ts'
import type { Log } from '../../../core/ports.ts'
import { instant, jsonOf } from '../columns.ts'
import type { Database, SqlValue } from '../database.ts'
import { parseRow, parseRows } from '../rows.ts'

const historyRow = z
  .object({
    job_id: z.string(),
    receipt_id: z.string().nullable(),
    connection_id: z.string(),
    connection_name: z.string(),
    mark: z.enum(connectionMarks),
    definition_name: z.string(),
    remote_job_id: z.string().nullable(),
    job_state: z.enum(jobStates),
    delivery_state: z
      .enum([...workingStates, ...pausedStates, ...deliveredStates, ...failedStates])
      .nullable(),
    at: instant,
    delivered_at: instant.nullable(),
    files: z.int().nullable(),
    bytes: z.int().nullable(),
    rows: z.int().nullable(),
    totals: jsonOf(z.array(z.string())),
    reviewed: z.enum(['reviewed', 'self-review']).nullable(),
  })
  .transform(
    (row): HistoryEntry => ({
      jobId: row.job_id,
      receiptId: row.receipt_id,
      connectionId: row.connection_id,
      connectionName: row.connection_name,
      mark: row.mark,
      definitionName: row.definition_name,
      remoteJobId: row.remote_job_id,
      jobState: row.job_state,
      deliveryState: row.delivery_state,
      at: row.at,
      deliveredAt: row.delivered_at,
      files: row.files,
      bytes: row.bytes,
      rows: row.rows,
      totals: row.totals,
      ...(row.reviewed === null ? {} : { reviewed: row.reviewed }),
    }),
  )
const countRow = z.object({ total: z.int() })

/** A job whose connection cannot be found is shown as one of production: the mark that asks for the most care. */
const shown = `SELECT history.*, coalesce(connections.mark, 'production') AS mark,
    CASE WHEN facets LIKE '% selfreview%' THEN 'self-review' WHEN facets LIKE '% reviewed%' THEN 'reviewed' END AS reviewed
  FROM history LEFT JOIN connections ON connections.id = history.connection_id`
/** The last instant that has a place of its own (migrations/005-history.ts). */
const latest = 2 ** 43 - 1

export function createHistoryRepository(database: Database, log: Log): HistoryRepository {
  const entries = (sql: string, ...values: readonly SqlValue[]): readonly HistoryEntry[] =>
    parseRows(database.all(`${shown} ${sql}`, ...values), historyRow, 'history', log)
  const count = (sql: string, ...values: readonly SqlValue[]): number =>
    parseRow(database.get(`SELECT count(*) AS total ${sql}`, ...values), countRow, 'history', log)?.total ?? 0

  return {
    async search(question) {
      const since = Math.min(question.since ?? 0, latest)
      const found = `FROM history_words WHERE history_words MATCH ? AND rowid >= CAST(? AS INTEGER) * 1048576`
      const asked = [matchOf(question), since]
      return {
        total: count(found, ...asked),
        entries: entries(
          `WHERE place IN (SELECT rowid ${found} ORDER BY rowid DESC LIMIT ? OFFSET ?) ORDER BY place DESC`,
          ...asked,
          question.limit,
          question.offset,
        ),
      }
    },
    async deliveredSince(since) {
      return entries('WHERE delivered_at >= ? ORDER BY delivered_at DESC, place DESC', since)
    },
    async lastDelivered(definition) {
      const newest =
        'WHERE definition_id = ? AND delivered_at IS NOT NULL ORDER BY delivered_at DESC, place DESC'
      return entries(`${newest} LIMIT 1`, definition)[0] ?? null
    },
    async receiptOf(job) {
      const row = database.get('SELECT receipt_id FROM history WHERE job_id = ?', job)
      const id = parseRow(row, receiptRow, 'history', log)?.receipt_id ?? null
      return id === null ? null : receiptId(id)
    },
  }
}

const receiptRow = z.object({ receipt_id: z.string().nullable() })

/** The words that the index has for what is filtered by (`facets`); `all` is said of every job. */
const outcomes: Readonly<Record<HistoryQuery['outcome'], readonly string[]>> = {
  any: [],
  delivered: ['delivered'],
  trouble: ['trouble'],
  'not-saved': ['unsaved'],
}

/** Only what was delivered can be reviewed, or wait for it. */
const reviewedFacets = { yes: ['reviewed'], no: ['delivered'] } as const

/**
 * The question as FTS5 has it. What was typed is always in quotes, where nothing but a quote has a meaning. Words stand
 * side by side, not joined by AND: so a word of which the tokenizer leaves nothing is passed over by FTS5, as wordsOf
 * passes over marks.
 */
function matchOf({ words, connectionId, outcome, passedBy, reviewed }: HistoryQuestion): string {
  const connections = connectionId === null ? [] : [`c${Buffer.from(connectionId).toString('hex')}`]
  const parts = [
    ...[...outcomes[outcome], ...(reviewed ? reviewedFacets[reviewed] : []), ...connections].map(
      facet => `facets : ${facet}`,
    ),
    ...(words.length === 0 ? [] : [`- facets : (${words.map(quoted).join(' ')})`]),
  ]
  const found = parts.length === 0 ? 'facets : all' : parts.map(part => `(${part})`).join(' AND ')
  const without = [...(passedBy === 'hidden' ? ['passed'] : []), ...(reviewed === 'no' ? ['reviewed'] : [])]
  return without.reduce((match, facet) => `(${match}) NOT (facets : ${facet})`, found)
}

const quoted = (word: string): string => `"${word.replaceAll('"', '""')}" *`
