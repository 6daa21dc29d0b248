import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { SqlValue } from '../../../main/adapters/database/database.ts'
import { appendJournal } from '../../../main/adapters/database/journal.ts'
import { parseRows } from '../../../main/adapters/database/rows.ts'
import { instantAt } from '../../../main/core/time.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

describe('a transaction', () => {
  test('is all or nothing', () => {
    const database = tempDatabase()
    expect(() =>
      database.transaction(tx => {
        tx.run('INSERT INTO settings VALUES (?, ?)', 'a', '1')
        throw new Error('cut')
      }),
    ).toThrow('cut')
    expect(database.all('SELECT * FROM settings')).toEqual([])
  })

  test('may neither nest nor wait', () => {
    const database = tempDatabase()
    expect(() => database.transaction(() => database.transaction(() => 1))).toThrow(/inside another/)
    expect(() => database.transaction(async () => 1)).toThrow(/cannot wait/)
    expect(database.transaction(tx => tx.run('INSERT INTO settings VALUES (?, ?)', 'a', '1'))).toBe(1)
  })

  test('that does not get the lock in time: profile-locked', { timeout: 20_000 }, () => {
    const database = tempDatabase()
    const other = tempDatabase(database.file.replace(/desk\.db$/, ''))
    database.transaction(() => {
      expect(() => other.transaction(() => 1)).toThrow(expect.objectContaining({ code: 'profile-locked' }))
    })
  })

  test('a boolean that slipped past the types is an error, not the end of the process', () => {
    const database = tempDatabase()
    const boolean = true as unknown as SqlValue
    expect(() => database.get('SELECT ?', boolean)).toThrow(TypeError)
  })
})

test('after its end a database refuses, and the process lives on', () => {
  const database = tempDatabase()
  database.close()
  database.close()
  const cancelled = expect.objectContaining({ code: 'cancelled' })
  expect(() => database.transaction(() => 1)).toThrow(cancelled)
  expect(() => database.get('SELECT 1')).toThrow(cancelled)
  const closing = tempDatabase()
  expect(() => closing.transaction(() => closing.close())).toThrow(cancelled)
})

test('commits survive a power cut: WAL with synchronous FULL', () => {
  const database = tempDatabase()
  expect(database.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' })
  expect(database.get('PRAGMA synchronous')).toEqual({ synchronous: 2 })
  expect(database.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 })
})

describe('the journal', () => {
  test('is append-only', () => {
    const database = tempDatabase()
    database.transaction(tx =>
      appendJournal(tx, {
        at: instantAt(5),
        entity: 'job',
        entityId: 'job-1',
        from: null,
        to: 'intent',
        why: 'asked by a test',
        facts: { by: 'someone' },
      }),
    )
    expect(() => database.transaction(tx => tx.run("UPDATE journal SET why = 'else'"))).toThrow(/append-only/)
    expect(() => database.transaction(tx => tx.run('DELETE FROM journal'))).toThrow(/append-only/)
    expect(database.all('SELECT seq, at, to_state, facts FROM journal')).toEqual([
      { seq: 1, at: 5, to_state: 'intent', facts: '{"by":"someone"}' },
    ])
  })
})

test('one unreadable row is logged and never hides the rest', () => {
  const log = memoryLog()
  const rows = [
    { id: 'a', n: 1 },
    { id: 'b', n: 'no number' },
    { id: 'c', n: 3 },
  ]
  const read = parseRows(rows, z.object({ id: z.string(), n: z.number() }), 'things', log)
  expect(read.map(row => row.id)).toEqual(['a', 'c'])
  expect(log.entries).toEqual([
    { level: 'error', event: 'database.row-unreadable', facts: { table: 'things', id: 'b', fields: ['n'] } },
  ])
})
