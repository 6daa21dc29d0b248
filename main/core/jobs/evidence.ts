import type { RemoteId } from '../ids.ts'
import type { RemoteJob } from '../systems/system.ts'
import { addMillis, hours, type Instant, type SystemTime } from '../time.ts'
import type { DefinitionList } from './parts.ts'
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
/** What a wrong zone comes to, of the system's times or of this computer's clock. */
export const zoneMargin = hours(15)

/** What a list is judged by. */
export type Look = {
  /** The system's list, asked for after the job was sent. */
  readonly list: DefinitionList
  /** How many jobs the list shows at most; null: all. */
  readonly limit: number | null
  /** Remote ids of other jobs that were started here: those are not this one. */
  readonly taken: ReadonlySet<string>
  /** When the journal first had a remote job, by our own clock; null where this list is the first one. */
  readonly knownSince: (id: RemoteId) => Instant | null
  /** When the list was asked for. */
  readonly now: Instant
}

/** @param job sent, and not known to be any remote job */
export function evidence(job: Pick<Job, 'sentAt' | 'listedBefore'>, look: Look): Evidence {
  const { list, taken, knownSince, now } = look
  const { jobs, nameless } = list
  const before = new Set<string>(job.listedBefore)
  const sentAt = job.sentAt ?? now
  const freshOf = (all: readonly RemoteJob[]) =>
    all
      .filter(remote => !before.has(remote.id) && !taken.has(remote.id))
      .map(remote => {
        const fit = fitOf(sentAt, remote.startedAt, now, knownSince(remote.id) ?? now)
        return { remote, fit: remote.byOther && fit === 'fits' ? 'odd' : fit }
      })
  const fresh = freshOf(jobs)
  if (nameless.some(startedAt => mayBeOurs(sentAt, startedAt, now))) return { kind: 'unclear' }
  // Ours has fallen off a full list only after all that were there before it.
  const reaches =
    look.limit === null ||
    jobs.length + nameless.length < look.limit ||
    jobs.some(remote => before.has(remote.id))
  if (reaches && [...fresh, ...freshOf(list.unplaced)].every(({ fit }) => fit === 'foreign')) {
    return { kind: 'none' }
  }
  const [first, ...others] = fresh.filter(({ fit }) => fit === 'fits' || fit === 'odd')
  return first?.fit === 'fits' && others.length === 0
    ? { kind: 'one', remote: first.remote }
    : { kind: 'unclear' }
}

/** Of a job without an id nobody knows whether it is new: only one from long before, or long after, is not ours. */
function mayBeOurs(sentAt: Instant, startedAt: SystemTime | null, now: Instant): boolean {
  const at = startedAt?.at ?? null
  const doubt = startedAt?.zoneAssumed ? zoneMargin * 2 : zoneMargin
  return at === null || (at >= addMillis(sentAt, -doubt) && fitOf(sentAt, startedAt, now, now) !== 'foreign')
}

/**
 * `later`: started by somebody else, long after, as far as our clock is right: it does not stand in the way of one that
 * fits, and proves nothing. `foreign`: so much later, and seen only after that, that no wrong clock explains it.
 * `odd`: it may be ours. It is new to the list and yet older than our request, or started in our future (so our clock
 * is behind, and says nothing), or nobody can tell when it started, or another account is said to have started it: then
 * to take it for ours would be a guess, and so would be to say that none is, since accounts have more than one spelling.
 */
type Fit = 'fits' | 'odd' | 'later' | 'foreign'

/** @param seen when we first knew of it, at the latest */
function fitOf(sentAt: Instant, startedAt: SystemTime | null, now: Instant, seen: Instant): Fit {
  const soon = now <= addMillis(sentAt, clockMargin)
  const at = startedAt?.at ?? null
  if (at === null) return soon ? 'fits' : 'odd'
  const margin = startedAt?.zoneAssumed ? zoneMargin : clockMargin
  if (at < addMillis(sentAt, -margin) || at > addMillis(seen, margin)) return 'odd'
  if (at > addMillis(sentAt, margin + zoneMargin) && at <= seen) return 'foreign'
  if (at > addMillis(sentAt, margin)) return 'later'
  return soon || margin === clockMargin ? 'fits' : 'odd'
}
