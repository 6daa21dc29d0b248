import type { ReactElement } from 'react'
import type { ScheduleView } from '../../../preload/contract/schedules.ts'
import { localZone, timeWithin } from '../../format/time.ts'
import { openSchedule } from '../../stores/place.ts'
import { useSchedules } from '../../stores/schedules.ts'
import { words } from '../../text.ts'
import { useNow } from '../../ui/now.ts'
import { RowLink } from '../../ui/table.tsx'
import { Time } from '../../ui/time.tsx'

type Next = { readonly at: number; readonly schedule: ScheduleView }

/** The soonest due times of these schedules, one of each. */
export const soonest = (schedules: readonly ScheduleView[]): readonly Next[] =>
  schedules
    .flatMap(schedule => (schedule.next[0] === undefined ? [] : [{ at: schedule.next[0], schedule }]))
    .sort((a, b) => a.at - b.at)

const useNext = (definitionId: string): Next | undefined => {
  const schedules = useSchedules(state => state.all)
  return soonest(schedules.filter(one => one.definitionIds.includes(definitionId)))[0]
}

/** `Next tomorrow 18:30 by Month end`; nothing where the definition has no schedule. */
export function NextRun({ definitionId }: { readonly definitionId: string }): ReactElement | null {
  const now = useNow()
  const next = useNext(definitionId)
  if (!next) return null
  const when = timeWithin(next.at, now, localZone())
  return (
    <RowLink onOpen={() => openSchedule(next.schedule.id)}>
      {words.schedules.nextOf(when, next.schedule.name)}
    </RowLink>
  )
}

/** The same in a row of a table: the time alone. */
export function NextTime({ definitionId }: { readonly definitionId: string }): ReactElement | null {
  const next = useNext(definitionId)
  return next ? <Time at={next.at} inRow /> : null
}
