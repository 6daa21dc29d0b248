import { z } from 'zod'
import { scheduleId } from '../../../core/ids.ts'
import type { Clock, Log } from '../../../core/ports.ts'
import { hadNoEffect } from '../../../core/schedules/ledger.ts'
import {
  type DueTime,
  type LedgerEntry,
  type Schedule,
  ScheduleChangedMeanwhile,
  type SchedulesRepository,
} from '../../../core/schedules/types.ts'
import type { Database, SqlValue, Tx } from '../database.ts'
import { appendJournal } from '../journal.ts'
import { parseRow, parseRows } from '../rows.ts'
import { dueColumns, dueRow, scheduleColumns, scheduleRow } from './schedule-row.ts'

export function createSchedulesRepository(database: Database, clock: Clock, log: Log): SchedulesRepository {
  const dues = (rows: readonly unknown[]) => parseRows(rows, dueRow, 'due_times', log)

  function journal(tx: Tx, due: DueTime, why: string): void {
    const facts = {
      dueAt: due.dueAt,
      reason: due.reason,
      jobs: due.items.flatMap(({ startId, jobId }) => jobId ?? startId ?? []),
    }
    appendJournal(tx, {
      at: clock.now(),
      entity: 'schedule',
      entityId: due.scheduleId,
      from: null,
      to: due.state,
      why,
      facts,
    })
  }

  function change(tx: Tx, due: DueTime, why: string): void {
    const columns = dueColumns(due)
    const written = tx.run(
      `UPDATE due_times SET ${assignments(columns)} WHERE schedule_id = ? AND due_at = ? AND rev = ?`,
      ...Object.values(columns),
      due.scheduleId,
      due.dueAt,
      due.rev,
    )
    if (written !== 1) throw new ScheduleChangedMeanwhile(`${due.scheduleId} at ${due.dueAt}`)
    journal(tx, due, why)
  }

  function takeBack(tx: Tx, { schedule, takeBackAfter }: LedgerEntry): void {
    if (takeBackAfter === null) return
    const ahead = tx.all(
      'SELECT * FROM due_times WHERE schedule_id = ? AND due_at > ?',
      schedule.id,
      takeBackAfter,
    )
    for (const due of dues(ahead).filter(hadNoEffect)) {
      tx.run('DELETE FROM due_times WHERE schedule_id = ? AND due_at = ?', schedule.id, due.dueAt)
      journal(tx, due, 'taken back: the clock was ahead')
    }
  }

  return {
    all: async () =>
      parseRows(
        database.all('SELECT * FROM schedules WHERE removed_at IS NULL ORDER BY name, id'),
        scheduleRow,
        'schedules',
        log,
      ),
    withWork: async () =>
      z
        .array(z.object({ id: z.string().transform(scheduleId) }))
        .parse(
          database.all(`SELECT id FROM schedules WHERE removed_at IS NULL OR EXISTS (
            SELECT 1 FROM due_times WHERE schedule_id = schedules.id AND ended_at IS NULL)`),
        )
        .map(({ id }) => id),
    find: async id =>
      parseRow(database.get('SELECT * FROM schedules WHERE id = ?', id), scheduleRow, 'schedules', log),
    async write(entry, why) {
      database.transaction(tx => {
        writeSchedule(tx, entry.schedule)
        takeBack(tx, entry)
        for (const due of entry.changed) change(tx, due, why)
        for (const due of entry.added) if (add(tx, due)) journal(tx, due, why)
      })
    },
    async saveDue(due, why) {
      database.transaction(tx => change(tx, due, why))
      return { ...due, rev: due.rev + 1 }
    },
    open: async id =>
      dues(
        database.all(
          'SELECT * FROM due_times WHERE schedule_id = ? AND ended_at IS NULL ORDER BY due_at',
          id,
        ),
      ),
    async standing() {
      const present = 'schedule_id IN (SELECT id FROM schedules WHERE removed_at IS NULL)'
      return {
        open: dues(
          database.all(`SELECT * FROM due_times WHERE ended_at IS NULL AND ${present} ORDER BY due_at`),
        ),
        last: dues(
          database.all(
            `SELECT due.* FROM schedules JOIN due_times AS due ON due.schedule_id = schedules.id AND due.due_at =
               (SELECT max(due_at) FROM due_times WHERE schedule_id = schedules.id AND ended_at IS NOT NULL)
             WHERE schedules.removed_at IS NULL`,
          ),
        ),
      }
    },
    ledger: async (id, limit) =>
      dues(
        database.all('SELECT * FROM due_times WHERE schedule_id = ? ORDER BY due_at DESC LIMIT ?', id, limit),
      ),
    async lastEnded(id) {
      const row = database.get(
        'SELECT * FROM due_times WHERE schedule_id = ? AND ended_at IS NOT NULL ORDER BY due_at DESC LIMIT 1',
        id,
      )
      return parseRow(row, dueRow, 'due_times', log)
    },
  }
}

function writeSchedule(tx: Tx, schedule: Schedule): void {
  const columns = scheduleColumns(schedule)
  const values = Object.values(columns)
  const written =
    schedule.rev === 0
      ? tx.run(
          `INSERT INTO schedules (id, ${Object.keys(columns).join(', ')})
           VALUES (?, ${values.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
          schedule.id,
          ...values,
        )
      : tx.run(
          `UPDATE schedules SET ${assignments(columns)} WHERE id = ? AND rev = ?`,
          ...values,
          schedule.id,
          schedule.rev,
        )
  if (written !== 1) throw new ScheduleChangedMeanwhile(`${schedule.id}, revision ${schedule.rev}`)
}

/** Whether it is new: a due time that the ledger has already stays as it is. */
function add(tx: Tx, due: DueTime): boolean {
  const columns = dueColumns(due)
  const values = Object.values(columns)
  const sql = `INSERT INTO due_times (schedule_id, due_at, ${Object.keys(columns).join(', ')})
    VALUES (?, ?, ${values.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`
  return tx.run(sql, due.scheduleId, due.dueAt, ...values) === 1
}

const assignments = (columns: Readonly<Record<string, SqlValue>>): string =>
  Object.keys(columns)
    .map(name => `${name} = ?`)
    .join(', ')
