import { dayOf, wallTime } from '../../schedules/wall-time.ts'
import type { Instant } from '../../time.ts'
import type { Period as TimeRange } from '../system.ts'
import type { Period } from './types.ts'

/**
 * The last month, week (Monday to Sunday) or day that was over at this moment, by the clocks of that zone. Whether the
 * server takes its upper bound for a part of the range is not documented; this is the moment after the last one.
 */
export function rangeOf(period: Period, zone: string, at: Instant): TimeRange {
  const today = dayOf(at, zone)
  const midnight = (day: typeof today) => wallTime(day, '00:00', zone)
  switch (period) {
    case 'last-month': {
      const first = today.with({ day: 1 })
      return { from: midnight(first.subtract({ months: 1 })), to: midnight(first) }
    }
    case 'last-week': {
      const monday = today.subtract({ days: today.dayOfWeek - 1 })
      return { from: midnight(monday.subtract({ days: 7 })), to: midnight(monday) }
    }
    case 'yesterday':
      return { from: midnight(today.subtract({ days: 1 })), to: midnight(today) }
  }
}
