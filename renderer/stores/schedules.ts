import { create } from 'zustand'
import type { ScheduleView } from '../../preload/contract/schedules.ts'

/** Mirror of the schedules, by name; only sync.ts writes it. */
export const useSchedules = create<{ readonly all: readonly ScheduleView[] }>(() => ({ all: [] }))

export const useSchedule = (id: string): ScheduleView | undefined =>
  useSchedules(state => state.all.find(one => one.id === id))
