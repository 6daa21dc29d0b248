import type { DefinitionId, JobId, RemoteId } from '../../main/core/ids.ts'
import { isMerged, isOpen } from '../../main/core/jobs/job.ts'
import {
  type AsksRepository,
  type Job,
  type JobChange,
  JobChangedMeanwhile,
  type JobsRepository,
} from '../../main/core/jobs/types.ts'
import { addMillis, type Instant } from '../../main/core/time.ts'

export type MemoryJobs = JobsRepository & {
  readonly rows: () => readonly Job[]
  /** `from → to: why` of every change that was journalled. */
  readonly journal: readonly string[]
}

/**
 * Jobs in memory, with the same promises as the database: revisions, one row a remote job, all or nothing. Indexed by
 * definition, since benches and soaks keep thousands of them.
 */
export function memoryJobs(hasDelivery: (job: Job) => boolean = () => false): MemoryJobs {
  const rows = new Map<JobId, Job>()
  const byDefinition = new Map<DefinitionId, Set<JobId>>()
  const journal: string[] = []
  const began = (job: Job) => job.startedAt?.at ?? job.knownAt
  const all = () => [...rows.values()]
  const ofOne = (id: DefinitionId): readonly Job[] =>
    [...(byDefinition.get(id) ?? [])].flatMap(job => rows.get(job) ?? [])
  const newestFirst = (jobs: readonly Job[]) =>
    jobs
      .map((job, seq) => ({ job, seq }))
      .sort((a, b) => began(b.job) - began(a.job) || b.seq - a.seq)
      .map(x => x.job)
  const completed = (definition: DefinitionId) =>
    newestFirst(ofOne(definition).filter(job => job.state === 'completed'))

  /** What one change would write. Throws where the row is another one by now. */
  function written(stored: Job | undefined, { job, from }: JobChange): Job {
    const clash = ofOne(job.definitionId).some(
      row => row.id !== job.id && job.remoteId !== null && row.remoteId === job.remoteId,
    )
    const times = [job.knownAt, job.sentAt, job.endSeenAt, job.nextAskAt]
    if (!times.every(at => at === null || Number.isInteger(at)))
      throw new Error('a time between milliseconds')
    const fits = from === null ? !stored : stored?.rev === job.rev && stored.state === from
    if (!fits || clash) throw new JobChangedMeanwhile(job.id)
    return structuredClone({ ...job, rev: job.rev + 1 })
  }

  function put(job: Job): void {
    rows.set(job.id, job)
    byDefinition.set(job.definitionId, (byDefinition.get(job.definitionId) ?? new Set()).add(job.id))
  }

  return {
    rows: all,
    journal,
    find: async id => rows.get(id) ?? null,
    byRemoteId: async (definition, id) => ofOne(definition).find(job => job.remoteId === id) ?? null,
    async definitionsOf(connection, ids) {
      const asked = new Set<RemoteId>(ids)
      const places = new Map<RemoteId, readonly DefinitionId[]>()
      for (const { connectionId, remoteId, definitionId } of rows.values())
        if (connectionId === connection && remoteId !== null && asked.has(remoteId))
          places.set(remoteId, [...(places.get(remoteId) ?? []), definitionId])
      return places
    },
    ofDefinition: async (id, limit) => newestFirst(ofOne(id).filter(job => !isMerged(job))).slice(0, limit),
    open: async () => all().filter(job => isOpen(job.state)),
    openOf: async id => ofOne(id).filter(job => isOpen(job.state)),
    asking: async connection =>
      all()
        .flatMap(({ id, connectionId, definitionId, remoteId, state, nextAskAt, rev }) =>
          connectionId === connection && nextAskAt !== null
            ? [{ id, definitionId, remoteId, state, nextAskAt, rev }]
            : [],
        )
        .sort((a, b) => a.nextAskAt - b.nextAskAt),
    async concerned(definition, listed) {
      const named = new Set<RemoteId>(listed)
      return ofOne(definition).filter(
        job =>
          job.listed ||
          job.nextAskAt !== null ||
          isOpen(job.state) ||
          (job.state === 'not-started' && job.sentAt !== null) ||
          (job.remoteId !== null && named.has(job.remoteId)),
      )
    },
    wantingDelivery: async () =>
      all().filter(job => job.state === 'completed' && job.wanted && job.hasFiles && !hasDelivery(job)),
    lastCompleted: async id => completed(id)[0] ?? null,
    async save(changes) {
      const before = changes.map(({ job }) => rows.get(job.id))
      const entries: string[] = []
      try {
        for (const change of changes) {
          put(written(rows.get(change.job.id), change))
          if (change.why !== null)
            entries.push(`${change.from ?? 'new'} → ${change.job.state}: ${change.why}`)
        }
      } catch (error) {
        for (const [index, { job }] of changes.entries()) {
          const old = before[index]
          if (old) put(old)
          else {
            rows.delete(job.id)
            byDefinition.get(job.definitionId)?.delete(job.id)
          }
        }
        throw error
      }
      journal.push(...entries)
    },
    async usualMs(id) {
      const times = completed(id)
        .flatMap(job => (job.startedAt?.at && job.endedAt?.at ? [job.endedAt.at - job.startedAt.at] : []))
        .slice(0, 15)
        .sort((a, b) => a - b)
      if (times.length < 2) return null
      const [upper = 0, lower = 0] = [
        times[Math.floor(times.length / 2)],
        times[Math.ceil(times.length / 2) - 1],
      ]
      return Math.round((upper + lower) / 2)
    },
  }
}

export function memoryAsks(): AsksRepository {
  const asks = new Map<string, { askedAt: Instant; answeredAt: Instant | null }>()
  return {
    async claim(id, now, floor) {
      const last = asks.get(id)
      const free = !last || last.askedAt <= addMillis(now, -floor) || last.askedAt > now
      if (!free) return addMillis(last.askedAt, floor)
      asks.set(id, { askedAt: now, answeredAt: last?.answeredAt ?? null })
      return null
    },
    async answered(ids, at) {
      for (const id of ids) asks.set(id, { askedAt: asks.get(id)?.askedAt ?? at, answeredAt: at })
    },
    async forget(id) {
      const last = asks.get(id)
      if (last) asks.set(id, { ...last, answeredAt: null })
    },
    of: async id => asks.get(id) ?? null,
  }
}
