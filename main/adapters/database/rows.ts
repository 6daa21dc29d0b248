import type { z } from 'zod'
import type { Log } from '../../core/ports.ts'

/**
 * Reads rows with their schema: our own past writes are not trusted either. A row that cannot be read is logged
 * with its table and key and left out; it never hides the others.
 */
export function parseRows<T>(rows: readonly unknown[], schema: z.ZodType<T>, table: string, log: Log): T[] {
  return rows.flatMap(row => {
    const read = schema.safeParse(row)
    if (read.success) return [read.data]
    log.write('error', 'database.row-unreadable', {
      table,
      id: keyOf(row),
      fields: read.error.issues.map(issue => issue.path.join('.')),
    })
    return []
  })
}

/** One row, or null where there is none or it cannot be read. */
export function parseRow<T>(row: unknown, schema: z.ZodType<T>, table: string, log: Log): T | null {
  return row === undefined ? null : (parseRows([row], schema, table, log)[0] ?? null)
}

function keyOf(row: unknown): string {
  if (typeof row !== 'object' || row === null) return ''
  const { id, name } = row as { readonly id?: unknown; readonly name?: unknown }
  return String(id ?? name ?? '')
}
