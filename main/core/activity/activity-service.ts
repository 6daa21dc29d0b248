import type { ConnectionView, JobView, NeedView } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import type { Connection, ConnectionsRepository } from '../connections/types.ts'
import type { DefinitionsRepository } from '../definitions/types.ts'
import type { ActivityService } from '../desk.ts'
import { historyRow } from '../history/row.ts'
import type { HistoryRepository } from '../history/types.ts'
import type { Job } from '../jobs/types.ts'
import type { Clock } from '../ports.ts'
import type { Capabilities } from '../systems/system.ts'
import { addMillis, type Instant } from '../time.ts'
import { byUrgency, needsOf } from './needs.ts'
import { isRunning, troubleFor } from './standing.ts'
import type { ActivityRepository } from './types.ts'

export type ActivityParts = {
  readonly activity: ActivityRepository
  readonly history: Pick<HistoryRepository, 'deliveredSince'>
  readonly connections: Pick<ConnectionsRepository, 'all'>
  readonly definitions: Pick<DefinitionsRepository, 'all'>
  /** Where a connection's secrets are, without reading them. */
  readonly secretsPlace: (connection: Connection) => Promise<ConnectionView['secrets']>
  readonly jobListLimit: (system: SystemName) => number | null
  readonly filesLiveFor: (system: SystemName) => Capabilities['filesLiveFor']
  /** The jobs as they are shown, in the same order. */
  readonly jobViews: (jobs: readonly Job[]) => Promise<readonly JobView[]>
  /** What schedules need of the user. */
  readonly scheduleNeeds: () => Promise<readonly NeedView[]>
  /** What is unusual about deliveries, and nobody has marked. */
  readonly findingNeeds: () => Promise<readonly NeedView[]>
  readonly clock: Pick<Clock, 'now'>
  /** Yesterday 00:00 where the user is: the core knows no time zone. */
  readonly startOfYesterday: (now: Instant) => Instant
}

export function createActivityService(parts: ActivityParts): ActivityService {
  const { activity, history, clock } = parts
  return {
    async view() {
      const now = clock.now()
      const [all, definitions, jobs, delivered] = await Promise.all([
        parts.connections.all(),
        parts.definitions.all(),
        activity.standings(addMillis(now, -troubleFor)),
        history.deliveredSince(parts.startOfYesterday(now)),
      ])
      const present = all.filter(({ removedAt }) => removedAt === null)
      const connections = await Promise.all(
        present.map(async connection => ({ connection, secrets: await parts.secretsPlace(connection) })),
      )
      const connected = new Set(present.map(({ id }) => id))
      const definitionOf = new Map(definitions.map(definition => [definition.id, definition]))
      const running = jobs.filter(
        standing =>
          connected.has(standing.job.connectionId) &&
          isRunning(standing, definitionOf.get(standing.job.definitionId) ?? null, now),
      )
      return {
        needs: [
          ...needsOf({
            now,
            connections,
            definitions,
            jobs,
            jobListLimit: parts.jobListLimit,
            filesLiveFor: parts.filesLiveFor,
          }),
          ...(await parts.scheduleNeeds()),
          ...(await parts.findingNeeds()),
        ].sort(byUrgency),
        running: await parts.jobViews(running.map(({ job }) => job)),
        // Of a delivery it is told when it was made; of a run in the history, when it began.
        delivered: delivered.map(entry => ({ ...historyRow(entry), at: entry.deliveredAt ?? entry.at })),
      }
    },
  }
}
