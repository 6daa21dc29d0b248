import { expect, test } from 'vitest'
import { type ActivityParts, createActivityService } from '../../../main/core/activity/activity-service.ts'
import type { HistoryEntry } from '../../../main/core/history/types.ts'
import { connectionId, definitionId } from '../../../main/core/ids.ts'
import { instantAt } from '../../../main/core/time.ts'
import { jobOf as jobView } from '../app/views.ts'
import { ago, connectionOf, day, definitionOf, jobOf, now, standingOf } from './standings.ts'

const entry: HistoryEntry = {
  jobId: 'j',
  receiptId: 'r',
  connectionId: 'c1',
  connectionName: 'Acme c1',
  mark: 'production',
  definitionName: 'SAE d1',
  remoteJobId: 'x',
  jobState: 'completed',
  deliveryState: 'delivered',
  at: ago(2 * day),
  deliveredAt: ago(5),
  files: 1,
  bytes: 3,
  rows: 2,
  totals: ['1.50'],
}

const parts = (named: Partial<ActivityParts> = {}): ActivityParts => ({
  activity: { standings: async () => [] },
  history: { deliveredSince: async () => [] },
  connections: { all: async () => [connectionOf('c1')] },
  definitions: { all: async () => [definitionOf('d1')] },
  secretsPlace: async connection => connection.keep,
  jobListLimit: () => 100,
  filesLiveFor: () => () => null,
  jobViews: async jobs => jobs.map(({ id, state }) => jobView({ id, state })),
  scheduleNeeds: async () => [],
  findingNeeds: async () => [],
  clock: { now: () => now },
  startOfYesterday: () => ago(day),
  ...named,
})

test('where nothing is, nothing is shown', async () => {
  expect(await createActivityService(parts()).view()).toEqual({ needs: [], running: [], delivered: [] })
})

test('what runs is shown as jobs are, in the given order, but not of removed connections', async () => {
  const running = (id: string, connection: string) =>
    standingOf(jobOf(id, { state: 'running', connectionId: connectionId(connection) }))
  const service = createActivityService(
    parts({
      connections: { all: async () => [connectionOf('c1'), connectionOf('c2', { removedAt: ago(1) })] },
      activity: {
        standings: async () => [
          running('j3', 'c1'),
          running('j2', 'c2'),
          standingOf(jobOf('j1', { state: 'failed' })),
          running('j0', 'c1'),
        ],
      },
    }),
  )
  const { running: shown, needs } = await service.view()
  expect(shown.map(job => job.id)).toEqual(['j3', 'j0'])
  expect(needs.map(need => need.id)).toEqual(['job-failed:j1'])
})

test('a completed job runs or needs a folder, as its definition has one or not', async () => {
  const nowhere = { by: 'ana', destination: null }
  const service = createActivityService(
    parts({
      definitions: { all: async () => [definitionOf('d1'), definitionOf('d2', { destination: null })] },
      activity: {
        standings: async () => [
          standingOf(jobOf('j1', { wanted: nowhere })),
          standingOf(jobOf('j2', { wanted: nowhere, definitionId: definitionId('d2') })),
        ],
      },
    }),
  )
  const { running, needs } = await service.view()
  expect(running.map(job => job.id)).toEqual(['j1'])
  expect(needs.map(need => need.id)).toEqual(['no-destination:j2'])
})

test('secrets that went with the last session are asked for', async () => {
  const connections = { all: async () => [connectionOf('c1', { keep: 'session' })] }
  const service = createActivityService(parts({ connections, secretsPlace: async () => 'none' }))
  expect((await service.view()).needs.map(need => need.id)).toEqual(['session-only:c1'])
})

test('asks for troubles of a week, and for deliveries since yesterday as the user has it', async () => {
  const asked: number[] = []
  const service = createActivityService(
    parts({
      activity: {
        standings: async since => {
          asked.push(since)
          return []
        },
      },
      history: {
        deliveredSince: async since => {
          asked.push(since)
          return [entry]
        },
      },
      startOfYesterday: at => instantAt(at - 1.5 * day),
    }),
  )
  const { delivered } = await service.view()
  expect(asked).toEqual([ago(7 * day), ago(1.5 * day)])
  // Told by when it was delivered, not by when its run began.
  expect(delivered).toMatchObject([{ jobId: 'j', receiptId: 'r', at: ago(5), total: '1.50' }])
})
