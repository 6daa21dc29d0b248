import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import { intent } from '../../../main/core/jobs/job.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { createWatcher } from '../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import { hours, minutes, seconds } from '../../../main/core/time.ts'
import { fakePower } from '../../fakes/fake-power.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryLeases } from '../../fakes/memory-leases.ts'
import { done, wanted, watchedWorld } from '../../fakes/watched-world.ts'

describe('failures', () => {
  const failWith = (all: ReturnType<typeof watchedWorld>, times: number, error: AppError) => {
    for (let n = 0; n < times; n++) {
      all.system.nextJobs(() => {
        throw error
      })
    }
  }

  test('lengthen the wait, and what the system asks for wins', async () => {
    const all = watchedWorld()
    const { watcher, run, clock, listed } = all
    watcher.start()
    await run()
    failWith(all, 1, new AppError('rate-limited', { facts: { retryAfterMs: minutes(20) } }))
    await clock.advance(minutes(1))
    const after = listed()
    await clock.advance(minutes(18))
    expect(listed()).toBe(after)
    await clock.advance(minutes(3))
    expect(listed()).toBeGreaterThan(after)
  })

  test('in maintenance: five minutes of peace', async () => {
    const all = watchedWorld()
    const { watcher, run, clock, listed } = all
    watcher.start()
    await run()
    failWith(all, 1, new AppError('maintenance'))
    await clock.advance(seconds(20))
    const after = listed()
    await clock.advance(minutes(4))
    expect(listed()).toBe(after)
    await clock.advance(minutes(2))
    expect(listed()).toBeGreaterThan(after)
  })

  test('never end the watching', async () => {
    const all = watchedWorld()
    const { watcher, run, row, system, clock, listed } = all
    watcher.start()
    await run()
    const before = listed()
    failWith(all, 40, new AppError('timed-out'))
    await clock.advance(hours(8))
    expect(listed() - before).toBeLessThan(60)
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(hours(4))
    expect(row().state).toBe('completed')
  })

  test('hold nothing up any more when a start was answered since', async () => {
    const all = watchedWorld({ definition: { watch: true } })
    const { watcher, run, row, system, clock } = all
    failWith(all, 6, new AppError('timed-out'))
    watcher.start()
    // The sixth one is followed by ten minutes of rest.
    await clock.advance(seconds(320))
    await run()
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(seconds(20))
    expect(row().state).toBe('completed')
  })

  test('of one definition do not hold up the others of its connection', async () => {
    const all = watchedWorld({ definition: { watch: true } })
    const { watcher, world, system, clock, run } = all
    await run()
    const other = aDefinition({ id: definitionId('definition-b'), remoteId: remoteId('CASH'), watch: true })
    system.define({ id: other.remoteId, name: 'Cash advances' })
    await world.definitions.save([other])
    system.failList('SAE', new AppError('answer-not-understood'))
    watcher.start()
    await clock.advance(hours(2))
    expect(system.calls.filter(call => call === 'jobs CASH').length).toBeGreaterThanOrEqual(11)
    expect(system.calls.filter(call => call === 'jobs SAE').length).toBeLessThan(25)
  })
})

describe('nothing is asked', () => {
  test.each(['refused', 'expired'] as const)('where the sign-in is %s, until it is renewed', async state => {
    const { watcher, run, world, clock, events, listed } = watchedWorld()
    const connection = aConnection()
    await run()
    const before = listed()
    const waiting = { ...connection, signIn: { ...connection.signIn, state } }
    await world.connections.save(waiting, 'test')
    watcher.start()
    await clock.advance(hours(1))
    expect(listed()).toBe(before)
    await world.connections.save(connection, 'test')
    events.publish({ kind: 'connections-changed' })
    await clock.advance(seconds(1))
    expect(listed()).toBe(before + 1)
  })

  test('of a removed connection', async () => {
    const { watcher, run, world, clock, listed } = watchedWorld()
    await run()
    await world.connections.save(aConnection({ removedAt: clock.now() }), 'removed')
    const before = listed()
    watcher.start()
    await clock.advance(hours(1))
    expect(listed()).toBe(before)
  })

  test('without a network, and at once when it is back', async () => {
    const { watcher, run, row, system, clock, power, listed } = watchedWorld()
    watcher.start()
    await run()
    power.setOnline(false)
    const before = listed()
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(hours(3))
    expect(listed()).toBe(before)
    power.setOnline(true)
    await clock.advance(seconds(1))
    expect(row().state).toBe('completed')
  })

  test('while everything is paused', async () => {
    const { watcher, run, row, pause, system, clock, listed } = watchedWorld()
    watcher.start()
    await run()
    pause(true)
    const before = listed()
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(hours(1))
    expect(listed()).toBe(before)
    pause(false)
    await clock.advance(seconds(1))
    expect(row().state).toBe('completed')
  })
})

describe('sleep', () => {
  test('changes nothing: what was due is asked once, at the wake', async () => {
    const { watcher, run, row, system, clock, power, listed } = watchedWorld()
    watcher.start()
    await run()
    const before = listed()
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.sleep(hours(9))
    power.wake()
    await clock.advance(seconds(1))
    expect(listed()).toBe(before + 1)
    expect(row().state).toBe('completed')
  })
})

describe('the end of the process', () => {
  test('waits for the list that is being asked for, and writes it down', async () => {
    const { watcher, run, row, system, clock } = watchedWorld()
    await run()
    let answer = (): void => {}
    const asked = new Promise<void>(resolve => {
      answer = resolve
    })
    system.set(remoteId('R1'), 'running')
    system.nextJobs(async usual => {
      await asked
      return usual()
    })
    watcher.start()
    await clock.advance(minutes(1))
    let drained = false
    const draining = watcher.stopAndDrain().then(() => {
      drained = true
    })
    await clock.advance(minutes(1))
    expect(drained).toBe(false)
    answer()
    await draining
    expect(row().state).toBe('running')
    expect(clock.pending()).toBe(0)
  })

  test('after which nothing is asked any more, whatever happens', async () => {
    const { watcher, run, system, clock, power, events, listed } = watchedWorld()
    watcher.start()
    await run()
    await watcher.stopAndDrain()
    const before = listed()
    system.set(remoteId('R1'), 'running')
    power.wake()
    power.setOnline(true)
    events.publish({ kind: 'definitions-changed' })
    watcher.start()
    await clock.advance(hours(1))
    expect(listed()).toBe(before)
  })

  test('what completed before it and was not delivered is offered again after a restart', async () => {
    const { watcher, jobs, definition, clock, delivered } = watchedWorld()
    const job: Job = {
      ...intent(jobId('job-old'), definition, 'anna', wanted, clock.now()),
      remoteId: remoteId('R9'),
      state: 'completed',
      hasFiles: true,
    }
    await jobs.save([{ job, from: null, why: 'from the run before' }])
    watcher.start()
    await clock.advance(seconds(1))
    expect(delivered.map(each => each.id)).toEqual(['job-old'])
  })
})

describe('two processes', () => {
  test('one of them asks; the other one tells its window, and takes over when the first is killed', async () => {
    const { world, run, system, clock, leases, listed, published, watcher, row } = watchedWorld()
    const firstLeases = memoryLeases(leases, clock)
    let firstAsked = 0
    const firstWorld: JobsWorld = {
      ...world,
      leases: firstLeases,
      sessions: {
        with(id, work) {
          firstAsked += 1
          return world.sessions.with(id, work)
        },
      },
    }
    const first = createWatcher(firstWorld, createLists(firstWorld), {
      power: fakePower(),
      events: { publish: () => {}, subscribe: () => () => {} },
      paused: async () => false,
    })
    await run()
    const before = listed()
    first.start()
    await clock.advance(seconds(2))
    watcher.start()
    published.length = 0
    system.set(remoteId('R1'), 'running')
    await clock.advance(minutes(1))
    expect(firstAsked).toBeGreaterThan(2)
    expect(listed() - before).toBe(firstAsked)
    expect(published).toContainEqual({
      kind: 'job-changed',
      jobId: row().id,
      definitionId: row().definitionId,
      connectionId: row().connectionId,
    })

    firstLeases.kill()
    await first.stopAndDrain()
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(2))
    expect(row().state).toBe('completed')
  })
})
