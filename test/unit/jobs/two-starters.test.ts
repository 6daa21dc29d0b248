import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { type AgainCheck, createStarter, type RunRequest } from '../../../main/core/jobs/start.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import type { Leases } from '../../../main/core/ports.ts'
import { seconds } from '../../../main/core/time.ts'
import { lostAfter } from '../../fakes/fake-system.ts'
import { jobsWorld } from '../../fakes/jobs-world.ts'
import { memoryLeases } from '../../fakes/memory-leases.ts'

const never: AgainCheck = async () => null
const request = (by: string): RunRequest => ({
  by,
  again: true,
  join: true,
  wanted: { by, destination: null },
})

/** A process of its own: every call of a port waits until the scheduler gives it its turn. */
function process(world: JobsWorld, leases: Leases, scheduler: fc.Scheduler): JobsWorld {
  const inTurn =
    <A extends readonly unknown[], R>(label: string, call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await scheduler.schedule(Promise.resolve(), label)
      return call(...args)
    }
  return {
    ...world,
    leases: { take: inTurn('take', leases.take) },
    jobs: {
      ...world.jobs,
      open: inTurn('open', world.jobs.open),
      concerned: inTurn('concerned', world.jobs.concerned),
      save: inTurn('save', world.jobs.save),
      find: inTurn('find', world.jobs.find),
    },
    asks: { ...world.asks, claim: inTurn('claim', world.asks.claim) },
    sessions: {
      with: (id, work) =>
        world.sessions.with(id, (session, system) =>
          work(session, {
            ...system,
            jobs: inTurn('list', (s, question) => system.jobs(s, question)),
            start: async (s, d) => {
              const started = await inTurn('post', () => system.start(s, d))()
              await scheduler.schedule(Promise.resolve(), 'answer')
              return started
            },
          }),
        ),
    },
  }
}

async function raceOnce(scheduler: fc.Scheduler, leasesHold: boolean, answerIsLost: boolean) {
  const all = jobsWorld({ severalAtOnce: true })
  const { clock, system, definition, jobs } = all
  if (answerIsLost) system.nextStart(lostAfter())
  const free: Leases = { take: async () => ({ lost: new AbortController().signal, release: async () => {} }) }
  const runs = ['anna', 'bert'].map(by => {
    const leases = leasesHold ? memoryLeases(all.leases, clock) : free
    const world = process(all.world, leases, scheduler)
    return createStarter(world, createLists(world), never).start(definition, request(by))
  })
  let ended = false
  const outcomes = Promise.allSettled(runs).finally(() => {
    ended = true
  })
  for (let n = 0; n < 5000 && !ended; n++) {
    if (scheduler.count() > 0) await scheduler.waitOne()
    else await clock.advance(seconds(1))
    await Promise.resolve()
  }
  expect(ended).toBe(true)
  return { outcomes: await outcomes, system, jobs }
}

describe('two processes start one definition at the same moment', () => {
  test('with leases: one starts it, the other one joins, in whatever order their steps come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, answerIsLost) => {
        const { outcomes, system, jobs } = await raceOnce(scheduler, true, answerIsLost)
        expect(system.starts()).toBe(1)
        expect(system.calls.filter(call => call.startsWith('start'))).toHaveLength(1)
        const results = outcomes.map(outcome => (outcome.status === 'fulfilled' ? outcome.value : null))
        expect(results.map(result => result?.job.remoteId)).toEqual(['R1', 'R1'])
        expect(results.map(result => result?.joined).sort()).toEqual([false, true])
        expect(jobs.rows().filter(job => job.remoteId !== null)).toHaveLength(1)
      }),
      { numRuns: 150 },
    )
  })

  test('even where a lease holds nothing, the journal lets only one of them send', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, answerIsLost) => {
        const { system, jobs } = await raceOnce(scheduler, false, answerIsLost)
        expect(system.starts()).toBeLessThanOrEqual(1)
        expect(jobs.rows().filter(job => job.remoteId === 'R1').length).toBeLessThanOrEqual(1)
      }),
      { numRuns: 150 },
    )
  })
})
