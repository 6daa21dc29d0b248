import type { DueItemView, DueView, ScheduleView } from '../../../preload/contract/schedules.ts'
import type { DefinitionsRepository } from '../definitions/types.ts'
import type { DefinitionId, JobId, ScheduleId } from '../ids.ts'
import type { JobViews } from '../jobs/job-view.ts'
import type { Job, JobsRepository } from '../jobs/types.ts'
import type { Clock } from '../ports.ts'
import type { Instant } from '../time.ts'
import { nextDueTimes } from './due-times.ts'
import type { DueItem, DueTime, Schedule, SchedulesRepository } from './types.ts'

export type ViewParts = {
  readonly schedules: Pick<SchedulesRepository, 'open' | 'lastEnded'>
  readonly definitions: Pick<DefinitionsRepository, 'find'>
  readonly jobs: Pick<JobsRepository, 'find'>
  readonly jobViews: JobViews
  readonly clock: Pick<Clock, 'now'>
}

const shownNext = 3
type Known = { readonly rev: number; readonly from: Instant; readonly next: readonly Instant[] }

export interface ScheduleViews {
  /** Whether a view that was given shows this job. */
  shows(job: JobId): boolean
  of(schedule: Schedule): Promise<ScheduleView>
  due(schedule: Schedule, due: DueTime): Promise<DueView>
}

export function createScheduleViews(parts: ViewParts): ScheduleViews {
  const { clock, schedules } = parts
  // Calendars take their time, and these change once a due time has passed: a view is asked for with every job's change.
  const known = new Map<ScheduleId, Known>()

  const shown = new Map<ScheduleId, ReadonlySet<JobId>>()

  function nextOf(schedule: Schedule): readonly Instant[] {
    if (schedule.paused) return []
    const now = clock.now()
    const before = known.get(schedule.id)
    const first = before?.next[0]
    if (before?.rev === schedule.rev && before.from <= now && first !== undefined && first > now)
      return before.next
    const next = nextDueTimes(schedule.timetable, now, shownNext)
    known.set(schedule.id, { rev: schedule.rev, from: now, next })
    return next
  }

  async function item({ definitionId, jobId, state, error }: DueItem): Promise<DueItemView> {
    const job: Job | null = jobId === null ? null : await parts.jobs.find(jobId)
    const [view] = job === null ? [] : await parts.jobViews([job])
    return { definitionId, definitionName: await nameOf(definitionId), state, job: view ?? null, error }
  }

  const nameOf = async (id: DefinitionId): Promise<string> => (await parts.definitions.find(id))?.name ?? ''

  async function due(schedule: Schedule, row: DueTime): Promise<DueView> {
    return {
      scheduleId: row.scheduleId,
      scheduleName: schedule.name,
      dueAt: row.dueAt,
      until: row.until,
      state: row.state,
      late: row.late,
      reason: row.reason,
      error: row.error,
      items: await Promise.all(row.items.map(item)),
      noticedAt: row.noticedAt,
      endedAt: row.endedAt,
      nextTryAt: row.nextTryAt,
    }
  }

  return {
    due,
    shows: job => [...shown.values()].some(jobs => jobs.has(job)),
    async of(schedule) {
      const last = await schedules.lastEnded(schedule.id)
      const open = await schedules.open(schedule.id)
      const items = [...open, ...(last ? [last] : [])].flatMap(row => row.items)
      shown.set(schedule.id, new Set(items.flatMap(({ jobId }) => jobId ?? [])))
      return {
        id: schedule.id,
        name: schedule.name,
        definitionIds: schedule.definitionIds,
        timetable: schedule.timetable,
        missed: schedule.missed,
        paused: schedule.paused,
        next: nextOf(schedule),
        last: last && (await due(schedule, last)),
        open: await Promise.all(open.map(row => due(schedule, row))),
      }
    },
  }
}
