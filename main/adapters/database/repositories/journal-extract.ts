import type { JournalExtract } from '../../../core/support/types.ts'
import type { Database } from '../database.ts'

/** What the support bundle shows of each table: nothing that is long, and no definition of what is extracted. */
const selects: Record<Parameters<JournalExtract['read']>[0], string> = {
  journal: `SELECT seq, at, entity, entity_id, from_state, to_state, why, facts FROM journal ORDER BY seq DESC`,
  jobs: `SELECT id, connection_id, definition_id, remote_id, state, raw_status, origin, known_at, sent_at, started,
      ended, end_seen_at, has_files, listed, next_ask_at, error, raw FROM jobs ORDER BY seq DESC`,
  deliveries: `SELECT id, job_id, definition_id, connection_id, folder, destination, state, error, attempts,
      next_attempt_at, staging, receipt_id, created_at, updated_at FROM deliveries ORDER BY seq DESC`,
  'due-times': `SELECT schedule_id, due_at, until, state, late, reason, error, items, noticed_at, ended_at, tries
      FROM due_times ORDER BY noticed_at DESC`,
}

export function createJournalExtract(database: Database): JournalExtract {
  return {
    async read(table, most) {
      const rows = database.all(`${selects[table]} LIMIT ?`, most)
      return rows.toReversed().map(opened)
    },
  }
}

/** Columns that hold JSON are shown as what they hold, so that it is masked by its keys too. */
function opened(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => name !== '_metadata')
      .map(([name, value]) => [
        name,
        typeof value === 'string' && /^[[{]/.test(value) ? jsonOr(value) : value,
      ]),
  )
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
