import type { ErrorView } from '../../../preload/contract/errors.ts'
import type {
  DueItemView,
  DueReason,
  DueState,
  MissedPolicy,
  Timetable,
} from '../../../preload/contract/schedules.ts'
import type { DefinitionId, JobId, ScheduleId } from '../ids.ts'
import type { Instant } from '../time.ts'

export type Schedule = {
  readonly id: ScheduleId
  readonly name: string
  /** Several are a run set. */
  readonly definitionIds: readonly DefinitionId[]
  readonly timetable: Timetable
  readonly missed: MissedPolicy
  readonly paused: boolean
  /** Due times up to this one are in the ledger, or were before it was saved. */
  readonly lookedUntil: Instant
  readonly createdAt: Instant
  /** Removed schedules keep their row, so that the ledger can name them. */
  readonly removedAt: Instant | null
  /** How often its row was written; 0: not yet. Made by the repository. */
  readonly rev: number
}

/** What becomes of one definition at one due time. */
export type DueItem = {
  readonly definitionId: DefinitionId
  readonly state: DueItemView['state']
  /** The id that its job has, or will have. Journalled before anything is sent: no second start can have it too. */
  readonly startId: JobId | null
  /** When it was about to be started; null before. */
  readonly since: Instant | null
  /** The job that was started or joined. */
  readonly jobId: JobId | null
  readonly error: ErrorView | null
}

/** One line of the ledger. */
export type DueTime = {
  readonly scheduleId: ScheduleId
  readonly dueAt: Instant
  /** Set where it stands for many, from `dueAt` on. */
  readonly until: Instant | null
  readonly state: DueState
  readonly late: boolean
  readonly reason: DueReason | null
  readonly error: ErrorView | null
  readonly items: readonly DueItem[]
  readonly noticedAt: Instant
  readonly endedAt: Instant | null
  readonly nextTryAt: Instant | null
  readonly tries: number
  /** As that of a schedule. */
  readonly rev: number
}

/** A row was written since it was read; nothing was saved. Another process is at it: read again. */
export class ScheduleChangedMeanwhile extends Error {
  override readonly name = 'ScheduleChangedMeanwhile'
}

/** What is written together, or not at all. */
export type LedgerEntry = {
  readonly schedule: Schedule
  /** New due times; one that the ledger has already stays as it is. */
  readonly added: readonly DueTime[]
  readonly changed: readonly DueTime[]
  /** The clock was ahead: what was noticed for later than this, and had no effect, is taken back. */
  readonly takeBackAfter: Instant | null
}

export interface SchedulesRepository {
  /** Those that were not removed, by name. */
  all(): Promise<readonly Schedule[]>
  /** Those that may have something to do: not removed, or removed while a start of theirs was under way. */
  withWork(): Promise<readonly ScheduleId[]>
  find(id: ScheduleId): Promise<Schedule | null>
  /** Throws ScheduleChangedMeanwhile where a row is not the one that was read. */
  write(entry: LedgerEntry, why: string): Promise<void>
  /** One due time as it is now, with the revision that it has after it. Throws ScheduleChangedMeanwhile too. */
  saveDue(due: DueTime, why: string): Promise<DueTime>
  /** The due times that have not ended, oldest first. */
  open(id: ScheduleId): Promise<readonly DueTime[]>
  /** Of all that were not removed: the due times that have not ended, and the newest one of each that has. */
  standing(): Promise<{ readonly open: readonly DueTime[]; readonly last: readonly DueTime[] }>
  /** Newest first. */
  ledger(id: ScheduleId, limit: number): Promise<readonly DueTime[]>
  /** The newest one that has ended. */
  lastEnded(id: ScheduleId): Promise<DueTime | null>
}
