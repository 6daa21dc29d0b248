import { dirname } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../main/adapters/database/database.ts'
import { createAsksRepository } from '../../../main/adapters/database/repositories/asks.ts'
import { createConnectionsRepository } from '../../../main/adapters/database/repositories/connections.ts'
import { createDefinitionsRepository } from '../../../main/adapters/database/repositories/definitions.ts'
import { createJobsRepository } from '../../../main/adapters/database/repositories/jobs.ts'
import { createLeases } from '../../../main/adapters/database/repositories/leases.ts'
import { randomIds } from '../../../main/adapters/ids.ts'
import { createEvents } from '../../../main/core/events.ts'
import { remoteId } from '../../../main/core/ids.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { createStarter } from '../../../main/core/jobs/start.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { createWatcher, type Watcher } from '../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import { hours, minutes, seconds } from '../../../main/core/time.ts'
import { fakePower } from '../../fakes/fake-power.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aDestination, jobsWorld, type Setting, whileTimePasses } from '../../fakes/jobs-world.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { tempDatabase } from '../../fakes/temp-profile.ts'

const watchers: Watcher[] = []
afterEach(async () => {
  for (const watcher of watchers.splice(0)) await watcher.stopAndDrain()
})

async function setUp(setting: Setting = {}) {
  const around = jobsWorld(setting)
  const { clock, definition, log } = around
  const first = tempDatabase()
  await createConnectionsRepository(first, clock, log).save(aConnection(), 'made by a test')
  await createDefinitionsRepository(first, log).save([definition])

  /** A process of its own on the profile, with its watcher. */
  function launch(database: Database) {
    const delivered: Job[] = []
    const events = createEvents(error => {
      throw error
    })
    const world: JobsWorld = {
      ...around.world,
      events,
      jobs: createJobsRepository(database, clock, log),
      asks: createAsksRepository(database, log),
      definitions: createDefinitionsRepository(database, log),
      connections: createConnectionsRepository(database, clock, log),
      leases: createLeases(database, clock, randomIds),
      ids: randomIds,
      onEnded: job => void delivered.push(job),
    }
    const lists = createLists(world)
    const power = fakePower()
    const watcher = createWatcher(world, lists, { power, events, paused: async () => false })
    watchers.push(watcher)
    const starter = createStarter(world, lists, async () => null)
    const wanted = { by: 'anna', destination: aDestination }
    const run = () =>
      whileTimePasses(clock, starter.start(definition, { by: 'anna', again: true, join: true, wanted }))
    return { world, watcher, run, delivered, power }
  }
  return { ...around, first, launch, another: () => tempDatabase(dirname(first.file)) }
}

describe('watching on a real profile', () => {
  test('goes on after a restart where it stood, without asking sooner than it was told to', async () => {
    const { system, clock, first, launch, another } = await setUp()
    const before = launch(first)
    before.watcher.start()
    await before.run()
    await clock.advance(minutes(20))
    const [row] = await before.world.jobs.asking(aConnection().id)
    await before.watcher.stopAndDrain()
    first.close()
    const asked = system.calls.length

    const after = launch(another())
    after.watcher.start()
    await clock.advance((row?.nextAskAt ?? 0) - clock.now() - 1)
    expect(system.calls).toHaveLength(asked)
    await clock.advance(1)
    expect(system.calls).toHaveLength(asked + 1)

    system.set(remoteId('R1'), 'completed', { endedAt: systemTime(clock.now()), hasFiles: true })
    await clock.advance(minutes(5))
    expect(after.delivered).toMatchObject([{ remoteId: 'R1', state: 'completed' }])
    expect(await after.world.jobs.wantingDelivery()).toMatchObject([{ remoteId: 'R1' }])
  })

  test('an end that came while no process ran is noticed at the next start, and offered until it is delivered', async () => {
    const { system, clock, first, launch, another } = await setUp()
    const before = launch(first)
    await before.run()
    first.close()
    system.set(remoteId('R1'), 'completed', { endedAt: systemTime(clock.now()), hasFiles: true })
    await clock.sleep(hours(60))

    const database = another()
    const after = launch(database)
    after.watcher.start()
    await clock.advance(seconds(10))
    expect(after.delivered.map(job => job.remoteId)).toContain('R1')
    await after.watcher.stopAndDrain()
    database.close()

    const later = launch(another())
    later.watcher.start()
    await clock.advance(seconds(10))
    expect(later.delivered.map(job => job.remoteId)).toContain('R1')
    expect(system.starts()).toBe(1)
  })

  test('two processes ask once between them, and the journal tells one story', async () => {
    const { system, clock, first, launch, another } = await setUp({
      definition: { watch: true, destination: aDestination },
    })
    const window = launch(first)
    const command = launch(another())
    window.watcher.start()
    command.watcher.start()
    await clock.advance(seconds(5))
    system.startElsewhere('SAE', { status: 'running' })
    await clock.advance(minutes(15))
    const runningFor = system.calls.length
    system.set(remoteId('R1'), 'completed', { endedAt: systemTime(clock.now()), hasFiles: true })
    await clock.advance(minutes(15))
    expect(window.delivered.length + command.delivered.length).toBeGreaterThanOrEqual(1)
    expect(runningFor).toBeLessThan(25)
    const rows = first.all("SELECT from_state, to_state FROM journal WHERE entity = 'job' ORDER BY seq")
    expect(rows).toEqual([
      { from_state: null, to_state: 'running' },
      { from_state: 'running', to_state: 'completed' },
    ])
  })
})
