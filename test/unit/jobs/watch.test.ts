import { afterEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { definitionId, jobId, remoteId } from '../../../main/core/ids.ts'
import { intent } from '../../../main/core/jobs/job.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { createStarter, type RunRequest } from '../../../main/core/jobs/start.ts'
import type { Job } from '../../../main/core/jobs/types.ts'
import { createWatcher, type Watcher } from '../../../main/core/jobs/watch.ts'
import type { JobsWorld } from '../../../main/core/jobs/world.ts'
import { hours, type Instant, minutes, seconds } from '../../../main/core/time.ts'
import { fakePower } from '../../fakes/fake-power.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aDestination, jobsWorld, type Setting, whileTimePasses } from '../../fakes/jobs-world.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { memoryLeases } from '../../fakes/memory-leases.ts'

const wanted = { by: 'anna', destination: aDestination }
const request: RunRequest = { by: 'anna', again: false, join: true, wanted }

const running: Watcher[] = []
afterEach(async () => {
  for (const watcher of running.splice(0)) await watcher.stopAndDrain()
})

function setUp(setting: Setting = {}) {
  const all = jobsWorld(setting)
  const power = fakePower()
  let paused = false
  const watcher = createWatcher(all.world, all.lists, {
    power,
    events: all.events,
    paused: async () => paused,
  })
  running.push(watcher)
  const starter = createStarter(all.world, all.lists, async () => null)
  const run = () => whileTimePasses(all.clock, starter.start(all.definition, request))
  const row = () => {
    const job = all.jobs.rows().at(-1)
    if (!job) throw new Error('no job')
    return job
  }
  const pause = (on: boolean) => {
    paused = on
    all.events.publish({ kind: 'settings-changed' })
  }
  const listed = () => all.system.calls.filter(call => call.startsWith('jobs')).length
  return { ...all, power, watcher, run, row, pause, listed }
}

const done = (at: Instant) => ({ endedAt: systemTime(at), hasFiles: true })

describe('an open job', () => {
  test('is followed to its end, and its files are asked for once they are there', async () => {
    const { watcher, run, row, system, clock, delivered, jobs } = setUp()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'running')
    await clock.advance(seconds(30))
    expect(row()).toMatchObject({ state: 'running', rawStatus: 'Running' })
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(1))
    expect(row()).toMatchObject({ state: 'completed', hasFiles: true, nextAskAt: null })
    expect(row().endSeenAt).not.toBeNull()
    expect(delivered.map(job => job.id)).toEqual([row().id])
    expect(jobs.journal.slice(-2)).toEqual([
      'queued → running: the list says so',
      'running → completed: the list says so',
    ])
  })

  test('of a simulator is asked about sooner than a system would have it', async () => {
    const asked = async (mark: 'practice' | 'production') => {
      const { watcher, run, clock, listed } = setUp({
        connection: { mark },
        system: { pollFloor: minutes(10) },
      })
      watcher.start()
      await run()
      const before = listed()
      await clock.advance(minutes(1))
      return listed() - before
    }
    expect(await asked('practice')).toBeGreaterThan(4)
    expect(await asked('production')).toBe(0)
  })

  test('that has ended is never asked about again', async () => {
    const { watcher, run, system, clock, listed } = setUp()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'failed')
    await clock.advance(minutes(1))
    const asked = listed()
    await clock.advance(hours(48))
    expect(listed()).toBe(asked)
    expect(clock.pending()).toBe(0)
  })

  test('is noticed at its end within a tenth of its length, with few requests', async () => {
    const { watcher, run, row, system, clock, listed } = setUp()
    watcher.start()
    await run()
    const before = listed()
    await clock.advance(minutes(60))
    expect(listed() - before).toBeLessThan(60)
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(6))
    expect(row().state).toBe('completed')
  })

  test('with an unknown status is shown as it came and still watched', async () => {
    const { watcher, run, row, system, clock } = setUp()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'unknown', { rawStatus: 'Paused by policy' })
    await clock.advance(minutes(1))
    expect(row()).toMatchObject({ state: 'unknown', rawStatus: 'Paused by policy' })
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(5))
    expect(row().state).toBe('completed')
  })

  test('that never ends is given up after a day, and taken up where it ends after all', async () => {
    const { watcher, run, row, system, clock, lists, definition, delivered } = setUp()
    watcher.start()
    await run()
    await clock.advance(hours(25))
    expect(row()).toMatchObject({ state: 'timed-out', nextAskAt: null, error: { code: 'job-timed-out' } })
    await lists.ask(definition)
    expect(row().state).toBe('timed-out')
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(1))
    await lists.ask(definition)
    expect(row()).toMatchObject({ state: 'completed', error: null })
    expect(delivered).toHaveLength(1)
  })

  test('is not gone because one list does not show it; three in a row it is', async () => {
    const { watcher, run, row, system, clock } = setUp()
    watcher.start()
    await run()
    system.nextJobs(() => [])
    system.nextJobs(() => [])
    await clock.advance(minutes(2))
    expect(row().state).toBe('queued')
    system.forget(remoteId('R1'))
    await clock.advance(minutes(5))
    expect(row()).toMatchObject({
      state: 'gone',
      listed: false,
      nextAskAt: null,
      error: { code: 'job-gone' },
    })
  })

  test.each(['failed', 'cancelled'] as const)(
    'that the system says is %s needs the user, once',
    async status => {
      const { watcher, run, row, system, clock, published } = setUp()
      watcher.start()
      await run()
      system.set(remoteId('R1'), status)
      await clock.advance(hours(1))
      expect(row()).toMatchObject({ state: status, error: { code: 'job-failed' } })
      const needs = published.filter(event => event.kind === 'needs-you')
      expect(needs).toEqual([{ kind: 'needs-you', need: 'job-failed', subjectId: row().id }])
    },
  )

  test('of a definition that the system no longer knows is gone', async () => {
    const { watcher, run, row, system, clock } = setUp()
    watcher.start()
    await run()
    for (let n = 0; n < 10; n++) {
      system.nextJobs(() => {
        throw new AppError('not-found')
      })
    }
    await clock.advance(minutes(30))
    expect(row().state).toBe('gone')
  })
})

describe('a completed job without files', () => {
  test('is asked about for a minute: the files came late', async () => {
    const { watcher, run, row, system, clock, delivered } = setUp()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'completed')
    await clock.advance(seconds(30))
    expect(row()).toMatchObject({ state: 'completed', hasFiles: false, error: null })
    expect(delivered).toEqual([])
    system.set(remoteId('R1'), 'completed', { hasFiles: true })
    await clock.advance(seconds(30))
    expect(row()).toMatchObject({ hasFiles: true, error: null, nextAskAt: null })
    expect(delivered).toHaveLength(1)
  })

  test('has lost them after that', async () => {
    const { watcher, run, row, system, clock, delivered, published } = setUp()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'completed')
    await clock.advance(minutes(3))
    expect(row()).toMatchObject({ state: 'completed', error: { code: 'file-gone' }, nextAskAt: null })
    expect(delivered).toEqual([])
    expect(published).toContainEqual({ kind: 'needs-you', need: 'delivery', subjectId: row().id })
  })
})

describe('jobs that were started elsewhere', () => {
  const watched: Setting = { definition: { watch: true, destination: aDestination } }

  test('are found and delivered where the definition is watched', async () => {
    const { watcher, row, system, clock, delivered } = setUp(watched)
    watcher.start()
    await clock.advance(seconds(1))
    system.startElsewhere('SAE', { status: 'running' })
    await clock.advance(minutes(11))
    expect(row()).toMatchObject({ remoteId: 'R1', origin: 'elsewhere', startedBy: null })
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(11))
    expect(delivered).toMatchObject([{ remoteId: 'R1', wanted: { by: 'watch', destination: aDestination } }])
  })

  test('that had ended before the first list are old, not news', async () => {
    const { watcher, system, clock, delivered, jobs } = setUp(watched)
    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    watcher.start()
    await clock.advance(minutes(1))
    expect(jobs.rows()).toMatchObject([{ state: 'completed', wanted: null }])
    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    await clock.advance(minutes(11))
    expect(delivered.map(job => job.remoteId)).toEqual(['R2'])
  })

  test('are not asked for where nobody watches', async () => {
    const { watcher, system, clock, listed } = setUp()
    system.startElsewhere('SAE')
    watcher.start()
    await clock.advance(hours(2))
    expect(listed()).toBe(0)
  })

  test('one list serves every open job of the definition', async () => {
    const { watcher, system, clock, jobs, listed } = setUp({ ...watched, severalAtOnce: true })
    for (let n = 0; n < 5; n++) system.startElsewhere('SAE', { status: 'running' })
    watcher.start()
    await clock.advance(seconds(1))
    expect(jobs.rows()).toHaveLength(5)
    const before = listed()
    for (let n = 1; n <= 5; n++) system.set(remoteId(`R${n}`), 'completed', done(clock.now()))
    await clock.advance(seconds(20))
    expect(listed()).toBe(before + 1)
    expect(jobs.rows().every(job => job.state === 'completed')).toBe(true)
  })
})

describe('failures', () => {
  const failWith = (all: ReturnType<typeof setUp>, times: number, error: AppError) => {
    for (let n = 0; n < times; n++) {
      all.system.nextJobs(() => {
        throw error
      })
    }
  }

  test('lengthen the wait, and what the system asks for wins', async () => {
    const all = setUp()
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
    const all = setUp()
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
    const all = setUp()
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

  test('of one definition do not hold up the others of its connection', async () => {
    const all = setUp({ definition: { watch: true } })
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
    const { watcher, run, world, clock, events, listed } = setUp()
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
    const { watcher, run, world, clock, listed } = setUp()
    await run()
    await world.connections.save(aConnection({ removedAt: clock.now() }), 'removed')
    const before = listed()
    watcher.start()
    await clock.advance(hours(1))
    expect(listed()).toBe(before)
  })

  test('without a network, and at once when it is back', async () => {
    const { watcher, run, row, system, clock, power, listed } = setUp()
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
    const { watcher, run, row, pause, system, clock, listed } = setUp()
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
    const { watcher, run, row, system, clock, power, listed } = setUp()
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
    const { watcher, run, row, system, clock } = setUp()
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
    const { watcher, run, system, clock, power, events, listed } = setUp()
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
    const { watcher, jobs, definition, clock, delivered } = setUp()
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
    const { world, run, system, clock, leases, listed, published, watcher, row } = setUp()
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
    })

    firstLeases.kill()
    await first.stopAndDrain()
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(2))
    expect(row().state).toBe('completed')
  })
})
