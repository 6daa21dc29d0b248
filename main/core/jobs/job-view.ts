import type { DeliveryView, JobView } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import type { ConnectionsRepository } from '../connections/types.ts'
import type { DefinitionsRepository } from '../definitions/types.ts'
import type { DefinitionId, JobId } from '../ids.ts'
import type { Capabilities, KnownSystem } from '../systems/system.ts'
import { addMillis, type Instant } from '../time.ts'
import { zoneMargin } from './evidence.ts'
import { stages } from './job.ts'
import type { Job, JobsRepository } from './types.ts'

/** What all jobs of a definition have in common. */
type Shared = {
  readonly name: string
  readonly usualMs: number | null
  readonly capabilities: Capabilities | null
}

/** What is shown of jobs: the row, its definition's name, how long such runs take, and their delivery. */
export type JobViews = (jobs: readonly Job[]) => Promise<readonly JobView[]>

export function createJobViews(parts: {
  readonly jobs: Pick<JobsRepository, 'usualMs'>
  readonly definitions: Pick<DefinitionsRepository, 'find'>
  readonly connections: Pick<ConnectionsRepository, 'find'>
  readonly system: (name: SystemName) => KnownSystem
  /** The newest delivery of each of these jobs that has one. */
  readonly deliveriesOf: (jobs: readonly JobId[]) => Promise<ReadonlyMap<JobId, DeliveryView>>
}): JobViews {
  async function shared({ definitionId, connectionId }: Job): Promise<Shared> {
    const definition = await parts.definitions.find(definitionId)
    const connection = await parts.connections.find(connectionId)
    return {
      name: definition?.name ?? '',
      usualMs: await parts.jobs.usualMs(definitionId),
      capabilities: connection && parts.system(connection.system).capabilities,
    }
  }

  return async jobs => {
    const deliveries = await parts.deliveriesOf(jobs.map(job => job.id))
    const definitions = new Map<DefinitionId, Shared>()
    for (const job of jobs) {
      if (!definitions.has(job.definitionId)) definitions.set(job.definitionId, await shared(job))
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
      cancellable: mayBeCancelled(job, definitions.get(job.definitionId)?.capabilities ?? null),
      filesUntil: filesUntil(job, definitions.get(job.definitionId)?.capabilities ?? null),
    }))
  }
}

const mayBeCancelled = ({ state, remoteId }: Job, capabilities: Capabilities | null): boolean =>
  stages[state] === 'open' && remoteId !== null && (capabilities?.cancelJob ?? false)

/**
 * When the system removes a finished job's files, at the earliest. Its own clock began to count at the end it states. Where
 * the zone of that is not known the end may have been hours before, though not before we saw the job open.
 */
export function filesUntil(
  job: Job,
  capabilities: Pick<Capabilities, 'filesLiveFor'> | null,
): Instant | null {
  if (job.state !== 'completed' || !job.hasFiles || job.remoteId === null) return null
  const livesFor = capabilities?.filesLiveFor(job.remoteId) ?? null
  if (livesFor === null) return null
  const { endedAt, endSeenAt, knownAt } = job
  const end = endedAt?.at ?? endSeenAt ?? knownAt
  if (!endedAt?.zoneAssumed) return addMillis(end, livesFor)
  const earliest = addMillis(end, -zoneMargin)
  const wasOpen = endSeenAt !== null && endSeenAt > knownAt
  return addMillis(wasOpen && knownAt > earliest ? knownAt : earliest, livesFor)
}
