import { hadNoEffect } from '../../main/core/schedules/ledger.ts'
import {
  type DueTime,
  type Schedule,
  ScheduleChangedMeanwhile,
  type SchedulesRepository,
} from '../../main/core/schedules/types.ts'

export type MemorySchedules = SchedulesRepository & {
  /** The whole ledger, oldest first. */
  readonly rows: () => readonly DueTime[]
}

/** Schedules in memory, with the same promises as the database: revisions, one row a due time, all or nothing. */
export function memorySchedules(): MemorySchedules {
  let schedules: readonly Schedule[] = []
  let dues: readonly DueTime[] = []

  const key = (due: DueTime) => `${due.scheduleId} ${due.dueAt}`
  const sorted = (rows: readonly DueTime[]) => [...rows].sort((a, b) => a.dueAt - b.dueAt)
  const of = (id: string) => sorted(dues.filter(due => due.scheduleId === id))

  function changed(rows: readonly DueTime[], due: DueTime): readonly DueTime[] {
    const stored = rows.find(row => key(row) === key(due))
    if (stored?.rev !== due.rev) throw new ScheduleChangedMeanwhile(key(due))
    return rows.map(row => (row === stored ? structuredClone({ ...due, rev: due.rev + 1 }) : row))
  }

  return {
    rows: () => sorted(dues),
    all: async () => schedules.filter(({ removedAt }) => removedAt === null),
    withWork: async () =>
      schedules
        .filter(({ id, removedAt }) => removedAt === null || of(id).some(({ endedAt }) => endedAt === null))
        .map(({ id }) => id),
    find: async id => schedules.find(schedule => schedule.id === id) ?? null,
    async write({ schedule, added, changed: changes, takeBackAfter }) {
      const stored = schedules.find(one => one.id === schedule.id)
      if ((stored?.rev ?? 0) !== schedule.rev) throw new ScheduleChangedMeanwhile(schedule.id)
      const ahead = (due: DueTime) =>
        takeBackAfter !== null &&
        due.scheduleId === schedule.id &&
        due.dueAt > takeBackAfter &&
        hadNoEffect(due)
      let next = dues.filter(due => !ahead(due))
      for (const due of changes) next = [...changed(next, due)]
      for (const due of added) {
        if (!next.some(row => key(row) === key(due)))
          next = [...next, structuredClone({ ...due, rev: due.rev + 1 })]
      }
      dues = next
      const written = structuredClone({ ...schedule, rev: schedule.rev + 1 })
      schedules = [...schedules.filter(one => one.id !== schedule.id), written]
    },
    async saveDue(due) {
      dues = changed(dues, due)
      return { ...due, rev: due.rev + 1 }
    },
    open: async id => of(id).filter(({ endedAt }) => endedAt === null),
    async standing() {
      const present = schedules.filter(({ removedAt }) => removedAt === null).map(({ id }) => of(id))
      return {
        open: sorted(present.flat().filter(({ endedAt }) => endedAt === null)),
        last: present.flatMap(rows => rows.findLast(({ endedAt }) => endedAt !== null) ?? []),
      }
    },
    ledger: async (id, limit) => [...of(id)].reverse().slice(0, limit),
    lastEnded: async id => of(id).findLast(({ endedAt }) => endedAt !== null) ?? null,
  }
}
