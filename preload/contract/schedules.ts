/** Schedules as the window and the command line see them. Instants are milliseconds since 1970 UTC. */
import type { ErrorView } from './errors.ts'
import type { Instant, JobView } from './types.ts'

/** Monday is 1, Sunday is 7. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
export type Weekday = (typeof weekdays)[number]

/** `time` is the wall clock's, `HH:MM`. A working day is Monday to Friday, unless it is a holiday. */
export type Recurrence =
  | { readonly kind: 'daily'; readonly time: string; readonly days: 'all' | 'working' }
  | { readonly kind: 'weekly'; readonly time: string; readonly weekdays: readonly Weekday[] }
  | {
      readonly kind: 'monthly-day'
      readonly time: string
      /** 1 to 31; a shorter month has its last day instead. */
      readonly day: number
      /** Where that is no working day: keep it, or take the working day before or after. */
      readonly dayOff: 'keep' | 'before' | 'after'
    }
  | {
      readonly kind: 'monthly-working-day'
      readonly time: string
      /** 1: the first of the month; -1: the last one, -2: the one before that. */
      readonly nth: number
    }
  | { readonly kind: 'cron'; readonly expression: string }

/** So many days off a schedule holds: ten years of a country with many. */
export const mostHolidays = 400
/** A day without work; `date` is `YYYY-MM-DD`. */
export type Holiday = { readonly date: string; readonly name: string }

export type Timetable = {
  readonly recurrence: Recurrence
  /** An IANA name, such as Europe/Berlin. */
  readonly zone: string
  readonly holidays: readonly Holiday[]
  /** Nothing is due on a holiday. */
  readonly skipHolidays: boolean
}

/** What becomes of a due time that passed while the app could not act: run once, leave it, or ask. */
export const missedPolicies = ['once', 'skip', 'ask'] as const
export type MissedPolicy = (typeof missedPolicies)[number]

/** What a person decides of a schedule. */
export type ScheduleInput = {
  /** Null: a new one. */
  readonly id: string | null
  readonly name: string
  /** Several are a run set. */
  readonly definitionIds: readonly string[]
  readonly timetable: Timetable
  readonly missed: MissedPolicy
}

/**
 * Where a due time stands. It ends exactly once, as one of the last four: `run` (a start was sent), `joined` (a run was
 * on its way already), `skipped` (on purpose), `missed`.
 */
export type DueState = 'starting' | 'waiting' | 'asking' | 'run' | 'joined' | 'skipped' | 'missed'

/** Why a due time was skipped or missed. `error`: the due time has it. */
export type DueReason = 'not-running' | 'overtaken' | 'paused' | 'changed' | 'left' | 'error'

export type DueItemView = {
  readonly definitionId: string
  readonly definitionName: string
  readonly state: 'planned' | 'starting' | 'run' | 'joined' | 'not-started'
  /** The job that was started or joined. */
  readonly job: JobView | null
  readonly error: ErrorView | null
}

export type DueView = {
  readonly scheduleId: string
  readonly scheduleName: string
  readonly dueAt: Instant
  /** Set where one entry tells of many: the last of them. */
  readonly until: Instant | null
  readonly state: DueState
  /** It passed while the app could not act, and was caught up. */
  readonly late: boolean
  readonly reason: DueReason | null
  readonly error: ErrorView | null
  readonly items: readonly DueItemView[]
  readonly noticedAt: Instant
  readonly endedAt: Instant | null
  /** When a waiting one is tried again; null where that depends on the user. */
  readonly nextTryAt: Instant | null
}

export type ScheduleView = {
  readonly id: string
  readonly name: string
  readonly definitionIds: readonly string[]
  readonly timetable: Timetable
  readonly missed: MissedPolicy
  readonly paused: boolean
  /** The next three; empty while it is paused. */
  readonly next: readonly Instant[]
  /** The newest due time that has ended. */
  readonly last: DueView | null
  /** What has not ended: it starts, waits, or asks. */
  readonly open: readonly DueView[]
}
