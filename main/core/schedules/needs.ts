import type { ErrorCode } from '../../../preload/contract/errors.ts'
import type { NeedKind, NeedView } from '../../../preload/contract/types.ts'
import { troubleFor } from '../activity/standing.ts'
import { addMillis, type Instant } from '../time.ts'
import type { DueItem, DueTime, Schedule } from './types.ts'

/** What waits for something that only people can put right. A sign-in has a need of its own, and offline is no error. */
const forPeople: readonly ErrorCode[] = [
  'folder-missing',
  'folder-not-writable',
  'folder-unreachable',
  'no-space',
  'certificate',
  'proxy-sign-in',
  'proxy-failed',
]

/** Whether this due time, that is open or the last of its schedule, may need the user at all. */
export const mayNeed = (due: DueTime, now: Instant): boolean =>
  due.endedAt === null
    ? due.state === 'asking' || due.state === 'waiting'
    : due.endedAt > addMillis(now, -troubleFor) && (due.reason === 'error' || due.items.some(hasFailed))
const hasFailed = ({ state, error }: DueItem): boolean => state === 'not-started' && error !== null

/**
 * What a schedule needs of the user: an answer, something put right, or to know that a due time came to nothing. That is
 * over a week later, or once a later one ran. Pure, with the same id whenever it is asked for.
 */
export function scheduleNeeds(
  schedule: Schedule,
  open: readonly DueTime[],
  last: DueTime | null,
  now: Instant,
): readonly NeedView[] {
  const need = (kind: NeedKind, due: DueTime, since: Instant, error: NeedView['error']): NeedView => ({
    id: `${kind}:${schedule.id}:${due.dueAt}`,
    kind,
    connectionId: null,
    definitionId: null,
    jobId: null,
    deliveryId: null,
    title: schedule.name,
    error,
    facts: { scheduleId: schedule.id, dueAt: due.dueAt },
    since,
  })
  const ofOpen = open.flatMap(due => {
    if (due.state === 'asking') return [need('schedule-asks', due, due.noticedAt, null)]
    const waits = due.state === 'waiting' && due.error !== null && forPeople.includes(due.error.code)
    return waits ? [need('schedule-waits', due, due.noticedAt, due.error)] : []
  })
  if (last === null || last.endedAt === null || last.endedAt <= addMillis(now, -troubleFor)) return ofOpen
  const failed = last.items.find(hasFailed)
  const error = failed?.error ?? (last.reason === 'error' ? last.error : null)
  return error === null ? ofOpen : [...ofOpen, need('schedule-missed', last, last.endedAt, error)]
}
