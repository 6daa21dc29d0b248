import type { DefinitionId, RemoteId } from '../../main/core/ids.ts'
import { isMerged, isOpen } from '../../main/core/jobs/job.ts'
import {
  type AsksRepository,
  type Job,
  JobChangedMeanwhile,
  type JobsRepository,
} from '../../main/core/jobs/types.ts'
import { addMillis, type Instant } from '../../main/core/time.ts'

export type MemoryJobs = JobsRepository & {
  readonly rows: () => readonly Job[]
  /** `from → to: why` of every change that was journalled. */
  readonly journal: readonly string[]
}

/** Jobs in memory, with the same promises as the database: revisions, one row a remote job, all or nothing. */
export function memoryJobs(hasDelivery: (job: Job) => boolean = () => false): MemoryJobs {
  let rows: readonly Job[] = []
  const journal: string[] = []
  const began = (job: Job) => job.startedAt?.at ?? job.knownAt
  const newestFirst = (jobs: readonly Job[]) =>
    jobs
      .map((job, seq) => ({ job, seq }))
      .sort((a, b) => began(b.job) - began(a.job) || b.seq - a.seq)
      .map(x => x.job)
  const completed = (definition: string) =>
    newestFirst(rows.filter(job => job.definitionId === definition && job.state === 'completed'))

  return {
    rows: () => rows,
    journal,
    find: async id => rows.find(job => job.id === id) ?? null,
    byRemoteId: async (definition, id) =>
      rows.find(job => job.definitionId === definition && job.remoteId === id) ?? null,
    async definitionsOf(connection, ids) {
      const places = new Map<RemoteId, readonly DefinitionId[]>()
      for (const { connectionId, remoteId, definitionId } of rows)
        if (connectionId === connection && remoteId !== null && ids.includes(remoteId))
          places.set(remoteId, [...(places.get(remoteId) ?? []), definitionId])
      return places
    },
    ofDefinition: async (id, limit) =>
      newestFirst(rows.filter(job => job.definitionId === id && !isMerged(job))).slice(0, limit),
    open: async () => rows.filter(job => isOpen(job.state)),
    asking: async connection =>
      rows
        .flatMap(({ id, connectionId, definitionId, remoteId, nextAskAt, rev }) =>
          connectionId === connection && nextAskAt !== null
            ? [{ id, definitionId, remoteId, nextAskAt, rev }]
            : [],
        )
        .sort((a, b) => a.nextAskAt - b.nextAskAt),
    concerned: async (definition, listed) =>
      rows.filter(
        job =>
          job.definitionId === definition &&
          (job.listed ||
            job.nextAskAt !== null ||
            isOpen(job.state) ||
            (job.state === 'not-started' && job.sentAt !== null) ||
            (job.remoteId !== null && listed.includes(job.remoteId))),
      ),
    wantingDelivery: async () =>
      rows.filter(job => job.state === 'completed' && job.wanted && job.hasFiles && !hasDelivery(job)),
    lastCompleted: async id => completed(id)[0] ?? null,
    async save(changes) {
      let next = rows
      const entries: string[] = []
      for (const { job, from, why } of changes) {
        const stored = next.find(row => row.id === job.id)
        const clash = next.some(
          row =>
            row.id !== job.id &&
            job.remoteId !== null &&
            row.definitionId === job.definitionId &&
            row.remoteId === job.remoteId,
        )
        const times = [job.knownAt, job.sentAt, job.endSeenAt, job.nextAskAt]
        if (!times.every(at => at === null || Number.isInteger(at)))
          throw new Error('a time between milliseconds')
        const fits = from === null ? !stored : stored?.rev === job.rev && stored.state === from
        if (!fits || clash) throw new JobChangedMeanwhile(job.id)
        const written = structuredClone({ ...job, rev: job.rev + 1 })
        next = stored ? next.map(row => (row.id === job.id ? written : row)) : [...next, written]
        if (why !== null) entries.push(`${from ?? 'new'} → ${job.state}: ${why}`)
      }
      rows = next
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
    async answered(id, at) {
      asks.set(id, { askedAt: asks.get(id)?.askedAt ?? at, answeredAt: at })
    },
    async forget(id) {
      const last = asks.get(id)
      if (last) asks.set(id, { ...last, answeredAt: null })
    },
    of: async id => asks.get(id) ?? null,
  }
}
