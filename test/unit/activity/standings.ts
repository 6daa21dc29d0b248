import type { ConnectionStanding, Standing } from '../../../main/core/activity/types.ts'
import type { Connection } from '../../../main/core/connections/types.ts'
import type { Definition } from '../../../main/core/definitions/types.ts'
import type { DeliverySummary } from '../../../main/core/deliveries/types.ts'
import { connectionId, definitionId, deliveryId, jobId, remoteId } from '../../../main/core/ids.ts'
import { intent } from '../../../main/core/jobs/job.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { addMillis, type Instant, type Millis } from '../../../main/core/time.ts'
import type { DeliveryState } from '../../../preload/contract/words.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'

export const now = fakeStart
export const day: Millis = 24 * 3_600_000
export const ago = (ms: Millis): Instant => addMillis(now, -ms)

export const destination = aDestination

export const connectionOf = (id: string, named: Partial<Connection> = {}): Connection =>
  aConnection({
    id: connectionId(id),
    name: `Acme ${id}`,
    signIn: { state: 'ok', expiresAt: null, error: null, changedAt: ago(day) },
    ...named,
  })

export const signedIn = (
  id: string,
  signIn: Partial<Connection['signIn']>,
  named: Partial<Connection> = {},
): ConnectionStanding => {
  const connection = connectionOf(id, named)
  return {
    connection: { ...connection, signIn: { ...connection.signIn, ...signIn } },
    secrets: connection.keep,
  }
}

export const definitionOf = (id: string, named: Partial<Definition> = {}): Definition =>
  aDefinition({
    id: definitionId(id),
    connectionId: connectionId('c1'),
    name: `SAE ${id}`,
    destination,
    ...named,
  })

const wanted = { by: 'ana', destination }

/** A run that somebody here asked for, and that has completed an hour ago with files. */
export function jobOf(id: string, named: Partial<Job> = {}): Job {
  const begun = intent(jobId(id), definitionOf('d1'), 'ana', wanted, ago(7_200_000))
  return {
    ...begun,
    remoteId: remoteId(`r-${id}`),
    state: 'completed',
    rawStatus: 'Completed',
    sentAt: begun.knownAt,
    endSeenAt: ago(3_600_000),
    hasFiles: true,
    listed: true,
    ...named,
  }
}

export const standingOf = (job: Job, named: Partial<Standing> = {}): Standing => ({
  job,
  delivery: null,
  saved: false,
  laterDelivered: false,
  listPosition: job.listed ? 1 : null,
  ...named,
})

export const deliveryOf = (
  job: Job,
  state: DeliveryState,
  named: Partial<DeliverySummary> = {},
): DeliverySummary => ({
  id: deliveryId(`v-${job.id}`),
  jobId: job.id,
  connectionId: job.connectionId,
  folder: '/srv/in',
  state,
  error: { code: 'folder-unreachable', facts: { folder: '/srv/in' } },
  nextAttemptAt: null,
  receiptId: null,
  createdAt: ago(3_000_000),
  updatedAt: ago(60_000),
  ...named,
})
