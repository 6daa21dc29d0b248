import type { DeliveryView, JobView } from '../../../preload/contract/types.ts'
import type { DefinitionsRepository } from '../definitions/types.ts'
import type { DefinitionId, JobId } from '../ids.ts'
import type { Job, JobsRepository } from './types.ts'

/** What is shown of jobs: the row, its definition's name, how long such runs take, and their delivery. */
export type JobViews = (jobs: readonly Job[]) => Promise<readonly JobView[]>

export function createJobViews(parts: {
  readonly jobs: Pick<JobsRepository, 'usualMs'>
  readonly definitions: Pick<DefinitionsRepository, 'find'>
  /** The newest delivery of each of these jobs that has one. */
  readonly deliveriesOf: (jobs: readonly JobId[]) => Promise<ReadonlyMap<JobId, DeliveryView>>
}): JobViews {
  async function shared(id: DefinitionId): Promise<{ name: string; usualMs: number | null }> {
    const definition = await parts.definitions.find(id)
    return { name: definition?.name ?? '', usualMs: await parts.jobs.usualMs(id) }
  }

  return async jobs => {
    const deliveries = await parts.deliveriesOf(jobs.map(job => job.id))
    const definitions = new Map<DefinitionId, { name: string; usualMs: number | null }>()
    for (const { definitionId } of jobs) {
      if (!definitions.has(definitionId)) definitions.set(definitionId, await shared(definitionId))
    }
    return jobs.map(job => ({
      id: job.id,
      connectionId: job.connectionId,
      definitionId: job.definitionId,
      definitionName: definitions.get(job.definitionId)?.name ?? '',
      remoteId: job.remoteId,
      state: job.state,
      rawStatus: job.rawStatus,
      origin: job.origin,
      startedBy: job.startedBy,
      knownAt: job.knownAt,
      startedAt: job.startedAt,
      endedAt: job.endedAt,
      usualMs: definitions.get(job.definitionId)?.usualMs ?? null,
      error: job.error,
      delivery: deliveries.get(job.id) ?? null,
      listed: job.listed,
    }))
  }
}
