import type { NeedKind, NeedView } from '../../../preload/contract/types.ts'
import type { SystemName } from '../../../preload/contract/words.ts'
import type { Connection } from '../connections/types.ts'
import type { Definition } from '../definitions/types.ts'
import type { Job } from '../jobs/types.ts'
import type { Capabilities } from '../systems/system.ts'
import type { Instant } from '../time.ts'
import { type JobNeed, jobNeed } from './job-need.ts'
import { type SignInNeed, signInNeed, stopsWork } from './sign-in-need.ts'
import type { ConnectionStanding, Standing } from './types.ts'

export type NeedsInput = {
  readonly now: Instant
  readonly connections: readonly ConnectionStanding[]
  readonly definitions: readonly Definition[]
  readonly jobs: readonly Standing[]
  /** How many jobs of a definition the system's list shows; null: no limit known. */
  readonly jobListLimit: (system: SystemName) => number | null
  /** How long a system keeps the files of a job that has ended; null: not stated. */
  readonly filesLiveFor: (system: SystemName) => Capabilities['filesLiveFor']
}

/** What may be done twice comes first, then what holds up the most, then what has the most time. */
const urgency: readonly NeedKind[] = [
  'start-unknown',
  'sign-in',
  'session-only',
  'files-end',
  'near-end-of-list',
  'schedule-asks',
  'delivery',
  'no-destination',
  'schedule-waits',
  'schedule-missed',
  'job-failed',
  'finding',
  'sign-in-expires',
]

/**
 * What only the user can settle. Pure, and stable: the same need has the same id whenever it is asked for. The most
 * urgent first, and of one kind what has waited longest.
 *
 * A job has one need at most, and one sign-in speaks for every delivery that waits for it. Of a definition's failed
 * runs the newest speaks, and of its runs that will fall off the system's list the one that falls first. Connections
 * that were removed need nothing.
 */
export function needsOf({
  now,
  connections,
  definitions,
  jobs,
  jobListLimit,
  filesLiveFor,
}: NeedsInput): readonly NeedView[] {
  const present = connections.filter(({ connection }) => connection.removedAt === null)
  const definitionOf = new Map(definitions.map(definition => [definition.id, definition]))

  const needs = present.flatMap((standing): readonly NeedView[] => {
    const { connection } = standing
    const signIn = signInNeed(standing, now)
    const ofJobs = jobs.flatMap((one): readonly NeedView[] => {
      if (one.job.connectionId !== connection.id) return []
      const definition = definitionOf.get(one.job.definitionId) ?? null
      const need = jobNeed({
        standing: one,
        definition,
        listLimit: jobListLimit(connection.system),
        filesLiveFor: filesLiveFor(connection.system),
        signedOut: signIn !== null && stopsWork(signIn),
        now,
      })
      return need ? [ofJob(one.job, definition?.name ?? connection.name, need)] : []
    })
    return signIn ? [ofConnection(connection, signIn), ...ofJobs] : ofJobs
  })
  return oneSpeaker(needs).sort(byUrgency)
}

const ofConnection = (connection: Connection, need: SignInNeed): NeedView => ({
  id: `${need.kind}:${connection.id}`,
  connectionId: connection.id,
  definitionId: null,
  jobId: null,
  deliveryId: null,
  title: connection.name,
  ...need,
})

const ofJob = (job: Job, title: string, need: JobNeed): NeedView => ({
  id: `${need.kind}:${need.deliveryId ?? job.id}`,
  connectionId: job.connectionId,
  definitionId: job.definitionId,
  jobId: job.id,
  title,
  ...need,
})

/** Of needs that one step settles together, the one that speaks for them all. */
function oneSpeaker(needs: readonly NeedView[]): NeedView[] {
  const speakers = new Map<string, NeedView>()
  for (const need of needs) {
    const rank = ranks[need.kind]
    const group = rank ? `${need.kind}:${need.definitionId}` : need.id
    const rival = speakers.get(group)
    const loses = rival && rank && (rank(rival) - rank(need) || (rival.id < need.id ? -1 : 1)) < 0
    if (!loses) speakers.set(group, need)
  }
  return [...speakers.values()]
}
/** The smallest speaks. */
const ranks: Partial<Record<NeedKind, (need: NeedView) => number>> = {
  'job-failed': need => -need.since,
  'files-end': need => Number(need.facts.until),
  'near-end-of-list': need => Number(need.facts.left),
}

/** The most urgent first, and of one kind what has waited longest. */
export function byUrgency(a: NeedView, b: NeedView): number {
  const rank = urgency.indexOf(a.kind) - urgency.indexOf(b.kind)
  return rank || a.since - b.since || (a.id < b.id ? -1 : 1)
}
