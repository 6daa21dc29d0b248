import fc from 'fast-check'
import { expect, test } from 'vitest'
import { needsOf } from '../../../main/core/activity/needs.ts'
import { deliveryPhases, isRunning, jobPhases } from '../../../main/core/activity/standing.ts'
import type { ConnectionStanding, Standing } from '../../../main/core/activity/types.ts'
import { connectionId, definitionId } from '../../../main/core/ids.ts'
import { hours } from '../../../main/core/time.ts'
import type { DeliveryState, JobState } from '../../../preload/contract/words.ts'
import {
  ago,
  connectionOf,
  day,
  definitionOf,
  deliveryOf,
  destination,
  jobOf,
  now,
  standingOf,
} from './standings.ts'

const connectionIds = ['c1', 'c2', 'c3'] as const
const definitions = ['d1', 'd2'].map(id =>
  definitionOf(id, { destination: id === 'd1' ? destination : null }),
)
const time = fc.integer({ min: -20 * day, max: 20 * day }).map(ago)
const jobState = fc.constantFrom(...(Object.keys(jobPhases) as JobState[]))
const deliveryState = fc.constantFrom(...(Object.keys(deliveryPhases) as DeliveryState[]))
const wanted = fc.constantFrom(null, { by: 'ana', destination }, { by: 'watch', destination: null })

const connections = fc.tuple(
  ...connectionIds.map(id =>
    fc
      .record({
        state: fc.constantFrom('ok', 'refused', 'expired', 'unknown'),
        expiresAt: fc.option(time),
        keep: fc.constantFrom('keychain', 'session'),
        secrets: fc.constantFrom('keychain', 'session', 'none'),
        removedAt: fc.option(time),
      })
      .map(({ state, expiresAt, keep, secrets, removedAt }): ConnectionStanding => {
        const signIn = { state, expiresAt, error: null, changedAt: ago(day) }
        return { connection: connectionOf(id, { keep, removedAt, signIn }), secrets }
      }),
  ),
)

const jobs = fc
  .array(
    fc.record({
      connection: fc.constantFrom(...connectionIds),
      definition: fc.constantFrom('d1', 'd2', 'unknown'),
      state: jobState,
      origin: fc.constantFrom('here', 'elsewhere'),
      wanted,
      hasFiles: fc.boolean(),
      failed: fc.boolean(),
      endSeenAt: fc.option(time),
      delivery: fc.option(fc.tuple(deliveryState, time, time)),
      saved: fc.boolean(),
      laterDelivered: fc.boolean(),
      listPosition: fc.option(fc.integer({ min: 1, max: 110 })),
    }),
    { maxLength: 30 },
  )
  .map(many =>
    many.map((one, index): Standing => {
      const job = jobOf(`j${index}`, {
        connectionId: connectionId(one.connection),
        definitionId: definitionId(one.definition),
        state: one.state,
        origin: one.origin,
        wanted: one.wanted,
        hasFiles: one.hasFiles,
        error: one.failed ? { code: 'file-gone', facts: {} } : null,
        endSeenAt: one.endSeenAt,
        listed: one.listPosition !== null,
      })
      // Only what has completed is delivered.
      const [state, createdAt, updatedAt] = (one.state === 'completed' && one.delivery) || []
      return standingOf(job, {
        delivery: state
          ? deliveryOf(job, state, { createdAt: createdAt ?? now, updatedAt: updatedAt ?? now })
          : null,
        saved: one.saved,
        laterDelivered: one.laterDelivered,
        listPosition: one.listPosition,
      })
    }),
  )

const ask = (given: readonly ConnectionStanding[], standings: readonly Standing[]) =>
  needsOf({
    now,
    connections: given,
    definitions,
    jobs: standings,
    jobListLimit: () => 100,
    filesLiveFor: () => () => hours(72),
  })

test('needs have ids of their own, and do not depend on the order of what they are made of', () => {
  fc.assert(
    fc.property(connections, jobs, fc.infiniteStream(fc.nat()), (given, standings, random) => {
      const needs = ask(given, standings)
      expect(new Set(needs.map(need => need.id)).size).toBe(needs.length)
      const shuffled = [...standings]
        .map(standing => ({ standing, key: random.next().value }))
        .sort((a, b) => a.key - b.key)
        .map(({ standing }) => standing)
      expect(ask([...given].reverse(), shuffled)).toEqual(needs)
    }),
  )
})

test('a job has one need at most, its connection is there, and nothing that runs by itself needs anybody', () => {
  fc.assert(
    fc.property(connections, jobs, (given, standings) => {
      const needs = ask(given, standings)
      const present = new Set(
        given.flatMap(({ connection }) => (connection.removedAt === null ? [connection.id as string] : [])),
      )
      expect(needs.filter(need => need.connectionId === null || !present.has(need.connectionId))).toEqual([])
      const ofJobs = needs.flatMap(need => (need.jobId === null ? [] : [need.jobId]))
      expect(new Set(ofJobs).size).toBe(ofJobs.length)
      const running = standings.filter(standing => {
        const definition = definitions.find(({ id }) => id === standing.job.definitionId) ?? null
        return isRunning(standing, definition, now)
      })
      // A job that is about to fall off the list is told of even while its delivery is on the way.
      const told = needs.filter(need => need.kind !== 'near-end-of-list').map(need => need.jobId)
      expect(running.filter(({ job }) => told.includes(job.id))).toEqual([])
    }),
  )
})

test('an unknown start, and a delivery that waits for the user, are never forgotten', () => {
  fc.assert(
    fc.property(connections, jobs, (given, standings) => {
      const needs = ask(given, standings)
      for (const { job, delivery } of standings) {
        const one = given.find(({ connection }) => connection.id === job.connectionId)
        const told = needs.some(
          need => need.jobId === job.id || (need.jobId === null && need.connectionId === job.connectionId),
        )
        const waits = delivery !== null && deliveryPhases[delivery.state] === 'waits'
        if (one?.connection.removedAt === null && (job.state === 'start-unknown' || waits))
          expect(told).toBe(true)
      }
    }),
  )
})
