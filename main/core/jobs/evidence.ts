import type { RemoteJob } from '../systems/system.ts'
import { addMillis, hours, type Instant, type SystemTime } from '../time.ts'
import type { Job } from './types.ts'

/**
 * What a list says of a start whose answer was lost. `unclear` where it shows new jobs but not which one is ours:
 * then nobody may say that nothing was started.
 */
export type Evidence =
  | { readonly kind: 'one'; readonly remote: RemoteJob }
  | { readonly kind: 'none' }
  | { readonly kind: 'unclear' }

/** How far the system's clock may be off ours, and a start be late; a zone that was assumed may be wrong as well. */
const clockMargin = hours(1)
export const zoneMargin = hours(15)

/**
 * @param job sent, and not known to be any remote job
 * @param list the system's list, asked for after the job was sent
 * @param taken remote ids of other jobs that were started here: those are not this one
 * @param now when the list was asked for
 */
export function evidence(
  job: Pick<Job, 'sentAt' | 'listedBefore'>,
  list: readonly RemoteJob[],
  taken: ReadonlySet<string>,
  now: Instant,
): Evidence {
  const before = new Set<string>(job.listedBefore)
  const fits = list
    .filter(remote => !before.has(remote.id) && !taken.has(remote.id))
    .map(remote => ({ remote, fit: fitOf(job.sentAt ?? now, remote.startedAt, now) }))
    .filter(({ fit }) => fit !== 'later')
  const [first, ...others] = fits
  if (first === undefined) return { kind: 'none' }
  return others.length === 0 && first.fit === 'fits'
    ? { kind: 'one', remote: first.remote }
    : { kind: 'unclear' }
}

/**
 * `later`: it was started by somebody else, long after. `odd`: it is new to the list and yet older than our request,
 * or nobody can tell when it started: it may be ours.
 */
function fitOf(sentAt: Instant, startedAt: SystemTime | null, now: Instant): 'fits' | 'later' | 'odd' {
  const soon = now <= addMillis(sentAt, clockMargin)
  const at = startedAt?.at ?? null
  if (at === null) return soon ? 'fits' : 'odd'
  const margin = startedAt?.zoneAssumed ? zoneMargin : clockMargin
  if (at > addMillis(sentAt, margin)) return 'later'
  if (at < addMillis(sentAt, -margin)) return 'odd'
  return soon || margin === clockMargin ? 'fits' : 'odd'
}
