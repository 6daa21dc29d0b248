import { z } from 'zod'
import {
  missedPolicies,
  type Recurrence,
  type Timetable,
  weekdays,
} from '../../../../preload/contract/schedules.ts'
import { definitionId, jobId, scheduleId } from '../../../core/ids.ts'
import type { DueItem, DueTime, Schedule } from '../../../core/schedules/types.ts'
import { errorView, flag, instant, jsonOf, jsonOrNull } from '../columns.ts'
import type { SqlValue } from '../database.ts'

const time = z.string()
const recurrence: z.ZodType<Recurrence> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('daily'), time, days: z.enum(['all', 'working']) }),
  z.object({ kind: z.literal('weekly'), time, weekdays: z.array(z.literal(weekdays)) }),
  z.object({
    kind: z.literal('monthly-day'),
    time,
    day: z.int(),
    dayOff: z.enum(['keep', 'before', 'after']),
  }),
  z.object({ kind: z.literal('monthly-working-day'), time, nth: z.int() }),
  z.object({ kind: z.literal('cron'), expression: z.string() }),
])
const timetable: z.ZodType<Timetable> = z.object({
  recurrence,
  zone: z.string(),
  holidays: z.array(z.object({ date: z.string(), name: z.string() })),
  skipHolidays: z.boolean(),
})

export const scheduleRow = z
  .object({
    id: z.string().transform(scheduleId),
    name: z.string(),
    definition_ids: jsonOf(z.array(z.string().transform(definitionId))),
    timetable: jsonOf(timetable),
    missed: z.enum(missedPolicies),
    paused: flag,
    looked_until: instant,
    created_at: instant,
    removed_at: instant.nullable(),
    rev: z.int(),
  })
  .transform(
    ({ definition_ids, looked_until, created_at, removed_at, ...row }): Schedule => ({
      ...row,
      definitionIds: definition_ids,
      lookedUntil: looked_until,
      createdAt: created_at,
      removedAt: removed_at,
    }),
  )

const item: z.ZodType<DueItem> = z.object({
  definitionId: z.string().transform(definitionId),
  state: z.enum(['planned', 'starting', 'run', 'joined', 'not-started']),
  startId: z.string().transform(jobId).nullable(),
  since: instant.nullable(),
  jobId: z.string().transform(jobId).nullable(),
  error: errorView.nullable(),
})

export const dueRow = z
  .object({
    schedule_id: z.string().transform(scheduleId),
    due_at: instant,
    until: instant.nullable(),
    state: z.enum(['starting', 'waiting', 'asking', 'run', 'joined', 'skipped', 'missed']),
    late: flag,
    reason: z.enum(['not-running', 'overtaken', 'paused', 'changed', 'left', 'error']).nullable(),
    error: jsonOf(errorView).nullable(),
    items: jsonOf(z.array(item)),
    noticed_at: instant,
    ended_at: instant.nullable(),
    next_try_at: instant.nullable(),
    tries: z.int(),
    rev: z.int(),
  })
  .transform(
    ({ schedule_id, due_at, noticed_at, ended_at, next_try_at, ...row }): DueTime => ({
      ...row,
      scheduleId: schedule_id,
      dueAt: due_at,
      noticedAt: noticed_at,
      endedAt: ended_at,
      nextTryAt: next_try_at,
    }),
  )

/** The columns that a change writes; the revision counts the writes. */
export const scheduleColumns = (schedule: Schedule): Readonly<Record<string, SqlValue>> => ({
  name: schedule.name,
  definition_ids: JSON.stringify(schedule.definitionIds),
  timetable: JSON.stringify(schedule.timetable),
  missed: schedule.missed,
  paused: schedule.paused ? 1 : 0,
  looked_until: schedule.lookedUntil,
  created_at: schedule.createdAt,
  removed_at: schedule.removedAt,
  rev: schedule.rev + 1,
})

export const dueColumns = (due: DueTime): Readonly<Record<string, SqlValue>> => ({
  until: due.until,
  state: due.state,
  late: due.late ? 1 : 0,
  reason: due.reason,
  error: jsonOrNull(due.error),
  items: JSON.stringify(due.items),
  noticed_at: due.noticedAt,
  ended_at: due.endedAt,
  next_try_at: due.nextTryAt,
  tries: due.tries,
  rev: due.rev + 1,
})
