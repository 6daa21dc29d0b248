import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Database, SqlValue } from '../../../main/adapters/database/database.ts'
import { definitionId, jobId } from '../../../main/core/ids.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'
import { ago, day } from '../../unit/activity/standings.ts'
import { ledger } from './ledger.ts'

const step = z.object({ detail: z.string() })

/** How SQLite would go about it. */
const planOf = (database: Database, sql: string, values: readonly SqlValue[]): readonly string[] =>
  database.all(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(row => step.parse(row).detail)
/** Reads a whole table of the profile, or writes a whole view to one side. JSON arrays and the index of words are none. */
const readsAll = (detail: string): boolean =>
  /^SCAN (?!.*VIRTUAL TABLE)(?!\(subquery)/.test(detail) || detail.startsWith('MATERIALIZE')

test('the line of one job is made from its own rows alone', () => {
  const plan = planOf(tempDatabase(), 'SELECT * FROM history_source WHERE job_id = ?', ['job'])
  expect(plan.join('\n')).toContain('SEARCH jobs')
  expect(plan.filter(readsAll)).toEqual([])
})

test('no question of the history or of Today reads a whole table', async () => {
  const database = tempDatabase()
  const asked: [string, readonly SqlValue[]][] = []
  const { history, activity } = ledger({
    ...database,
    all(sql, ...values) {
      asked.push([sql, values])
      return database.all(sql, ...values)
    },
    get(sql, ...values) {
      asked.push([sql, values])
      return database.get(sql, ...values)
    },
  })
  await history.search({
    words: ['sae'],
    connectionId: null,
    outcome: 'delivered',
    since: ago(day),
    offset: 0,
    limit: 9,
  })
  await history.deliveredSince(ago(day))
  await history.lastDelivered(definitionId('d'))
  await history.receiptOf(jobId('j'))
  await activity.standings(ago(day))

  expect(asked.length).toBeGreaterThanOrEqual(6)
  for (const [sql, values] of asked) {
    expect({ sql, readsAll: planOf(database, sql, values).filter(readsAll) }).toEqual({ sql, readsAll: [] })
  }
})
