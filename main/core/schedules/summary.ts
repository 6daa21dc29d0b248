/**
 * What is told together: the jobs of a run set, and all that was caught up after one sleep. One summary, once they are
 * all over. Pure.
 */
import type { DueItemView, DueView } from '../../../preload/contract/schedules.ts'
import type { JobView } from '../../../preload/contract/types.ts'
import { deliveryPhases, jobPhases } from '../activity/standing.ts'
import type { JobId } from '../ids.ts'
import { type Millis, minutes } from '../time.ts'
import type { DueTime } from './types.ts'

export type Summary = {
  /** The same for every job that belongs to it. */
  readonly id: string
  /** The run set; null where it tells of all that was caught up. */
  readonly name: string | null
  readonly scheduleId: string
  readonly definitions: readonly string[]
  readonly delivered: number
  /** Jobs that are still to end or to be delivered. */
  readonly left: number
}

/** Due times that were noticed so close to each other were caught up after the same sleep. */
const together: Millis = minutes(2)

/** The due times that this job is told with; null: by itself. `dues`: the newest ones of every schedule. */
export function toldTogether(job: JobId, dues: readonly DueTime[]): readonly DueTime[] | null {
  const mine = dues.find(due => due.items.some(({ jobId }) => jobId === job))
  if (mine === undefined) return null
  const group = mine.late
    ? dues.filter(due => due.late && Math.abs(due.noticedAt - mine.noticedAt) <= together && hasRun(due))
    : [mine]
  return group.flatMap(due => due.items).length < 2 ? null : group
}

/** What has become of them; null where there are none. */
export function summaryOf(group: readonly DueView[]): Summary | null {
  const [first] = group
  if (first === undefined) return null
  const items = group.flatMap(due => due.items)
  return {
    id: `${first.scheduleId}:${first.dueAt}`,
    name: group.length === 1 ? first.scheduleName : null,
    scheduleId: first.scheduleId,
    definitions: items.map(item => item.definitionName),
    delivered: items.filter(({ job }) => job?.delivery?.receiptId).length,
    left: items.filter(isUnderWay).length,
  }
}

const hasRun = (due: DueTime): boolean => due.items.some(({ state }) => state === 'run' || state === 'joined')

function isUnderWay({ state, job }: DueItemView): boolean {
  if (job === null) return state === 'planned' || state === 'starting'
  return goesOn(job)
}

function goesOn({ state, delivery, error }: JobView): boolean {
  if (delivery !== null) return deliveryPhases[delivery.state] === 'runs'
  return jobPhases[state] === 'runs' || (jobPhases[state] === 'completed' && error === null)
}
