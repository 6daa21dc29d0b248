import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Database } from '../../../main/adapters/database/database.ts'
import { createAsksRepository } from '../../../main/adapters/database/repositories/asks.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { randomIds } from '../../../main/adapters/ids.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { recoverStarts } from '../../../main/core/jobs/settle.ts'
import { createStarter, type RunRequest } from '../../../main/core/jobs/start.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import type { Clock } from '../../../main/core/ports.ts'
import { seconds } from '../../../main/core/time.ts'
import { lostAfter } from '../../fakes/fake-system.ts'
import { aDestination, jobsWorld, whileTimePasses } from '../../fakes/jobs-world.ts'
import { mortal } from '../../fakes/mortal.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const request: RunRequest = {
  by: 'anna',
  again: false,
  join: true,
  wanted: { by: 'anna', destination: aDestination },
}

/** One profile in a folder, one system, and as many processes as a test likes, each with a connection of its own. */
async function setUp() {
  const around = jobsWorld({ severalAtOnce: true })
  const { clock, definition, log } = around
  const first = tempDatabase()
  await createDefinitionsRepository(first, log).save([definition])

  function processOn(database: Database, itsClock: Clock = clock): JobsWorld {
    return {
      ...around.world,
      jobs: createJobsRepository(database, itsClock, log),
      asks: createAsksRepository(database, log),
      definitions: createDefinitionsRepository(database, log),
      leases: createLeases(database, itsClock, randomIds),
      clock: itsClock,
      ids: randomIds,
    }
  }
  return { ...around, first, processOn, another: () => tempDatabase(dirname(first.file)) }
}
const starterOf = (world: JobsWorld) => createStarter(world, createLists(world), async () => null)

describe('two processes on one profile', () => {
  test('start a definition at the same moment: once, and both have the same job', async () => {
    const { clock, system, definition, first, processOn, another } = await setUp()
    const worlds = [processOn(first), processOn(another()), processOn(another())]
    const runs = Promise.all(worlds.map(world => starterOf(world).start(definition, request)))
    const results = await whileTimePasses(clock, runs)
    expect(system.starts()).toBe(1)
    expect(new Set(results.map(result => result.job.id)).size).toBe(1)
    expect(results.filter(result => result.joined)).toHaveLength(2)
  })

  test('the second one takes over what the first one left when it was killed after the request', async () => {
    const { clock, system, definition, first, processOn, another } = await setUp()
    const doomedClock: Clock = { now: clock.now, wake: () => () => {} }
    const doomed = processOn(first, doomedClock)
    system.nextStart(usual => {
      usual()
      return new Promise(() => {})
    })
    const killed = starterOf(doomed).start(definition, request)
    killed.catch(() => {})
    await clock.advance(seconds(1))
    expect(system.starts()).toBe(1)

    const second = processOn(another())
    await whileTimePasses(clock, recoverStarts(second, createLists(second)))
    expect(await second.jobs.open()).toMatchObject([
      { state: 'queued', remoteId: 'R1', wanted: request.wanted },
    ])
    const { joined } = await whileTimePasses(clock, starterOf(second).start(definition, request))
    expect(joined).toBe(true)
    expect(system.starts()).toBe(1)
  })

  test('a lost answer is settled while the other one waits, and both end with the same job', async () => {
    const { clock, system, definition, first, processOn, another } = await setUp()
    system.nextStart(lostAfter())
    system.nextJobs(usual => usual())
    system.nextJobs(() => [])
    const worlds = [processOn(first), processOn(another())]
    const runs = Promise.all(worlds.map(world => starterOf(world).start(definition, request)))
    const results = await whileTimePasses(clock, runs)
    expect(new Set(results.map(result => result.job.remoteId))).toEqual(new Set(['R1']))
    expect(system.starts()).toBe(1)
  })
})

test('the power is cut at every step, and the profile is opened again: started once, and known', async () => {
  for (let cutAt = 1; ; cutAt++) {
    const { clock, system, definition, first, processOn, another } = await setUp()
    const doomedClock: Clock = { now: clock.now, wake: () => () => {} }
    const doomed = mortal(processOn(first, doomedClock), cutAt, 'after')
    const run = starterOf(doomed.world).start(definition, request)
    run.catch(() => {})
    await clock.advance(seconds(1))
    if (!doomed.dead()) {
      expect(cutAt).toBeGreaterThan(10)
      break
    }
    first.close()

    const next = processOn(another())
    await whileTimePasses(clock, recoverStarts(next, createLists(next)))
    const { job } = await whileTimePasses(clock, starterOf(next).start(definition, request))
    expect(job, `cut after step ${cutAt}`).toMatchObject({
      state: 'queued',
      remoteId: 'R1',
      wanted: request.wanted,
    })
    expect(system.starts(), `cut after step ${cutAt}`).toBe(1)
    const open = await next.jobs.open()
    expect(open.map(row => row.state)).toEqual(['queued'])
  }
})
