import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { remoteId } from '../../../main/core/ids.ts'
import { hours, minutes, seconds } from '../../../main/core/time.ts'
import { aDestination, type Setting } from '../../fakes/jobs-world.ts'
import { done, watchedWorld } from '../../fakes/watched-world.ts'

describe('an open job', () => {
  test('is followed to its end, and its files are asked for once they are there', async () => {
    const { watcher, run, row, system, clock, delivered, jobs } = watchedWorld()
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
      const { watcher, run, clock, listed } = watchedWorld({
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

  test('of a simulator is asked about without a network, and of a system not', async () => {
    const asked = async (mark: 'practice' | 'production') => {
      const { watcher, run, clock, listed, power } = watchedWorld({ connection: { mark } })
      power.setOnline(false)
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
    const { watcher, run, system, clock, listed } = watchedWorld()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'failed')
    await clock.advance(minutes(1))
    const asked = listed()
    await clock.advance(hours(48))
    expect(listed()).toBe(asked)
    expect(clock.pending()).toBe(0)
  })

  test('is noticed at its end within a fourteenth of its length, with few requests', async () => {
    const { watcher, run, row, system, clock, listed } = watchedWorld()
    watcher.start()
    await run()
    const before = listed()
    await clock.advance(minutes(60))
    expect(listed() - before).toBeLessThanOrEqual(80)
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(6))
    expect(row().state).toBe('completed')
  })

  test('with an unknown status is shown as it came and still watched', async () => {
    const { watcher, run, row, system, clock } = watchedWorld()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'unknown', { rawStatus: 'Paused by policy' })
    await clock.advance(minutes(1))
    expect(row()).toMatchObject({ state: 'unknown', rawStatus: 'Paused by policy' })
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(5))
    expect(row().state).toBe('completed')
  })

  test('that does not end is given up after a day, and taken up where it ends after all', async () => {
    const { watcher, run, row, system, clock, listed, delivered } = watchedWorld()
    watcher.start()
    await run()
    await clock.advance(hours(25))
    expect(row()).toMatchObject({ state: 'timed-out', error: { code: 'job-timed-out' } })
    const before = listed()
    await clock.advance(hours(48))
    expect(listed() - before).toBeLessThanOrEqual(48)
    expect(row().state).toBe('timed-out')
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(hours(1.1))
    expect(row()).toMatchObject({ state: 'completed', error: null, nextAskAt: null })
    expect(delivered).toHaveLength(1)
  })

  test('that never ends is asked about no more after a week', async () => {
    const { watcher, run, row, clock, listed } = watchedWorld()
    watcher.start()
    await run()
    await clock.advance(hours(24 * 7 + 2))
    expect(row()).toMatchObject({ state: 'timed-out', nextAskAt: null })
    const before = listed()
    await clock.advance(hours(24))
    expect(listed()).toBe(before)
  })

  test('is not gone because one list does not show it; three in a row it is', async () => {
    const { watcher, run, row, system, clock } = watchedWorld()
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
      const { watcher, run, row, system, clock, published } = watchedWorld()
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
    const { watcher, run, row, system, clock } = watchedWorld()
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
  test('that falls off the list is not waited for for ever', async () => {
    const { watcher, run, row, system, clock, listed } = watchedWorld()
    watcher.start()
    await run()
    system.set(remoteId('R1'), 'completed')
    await clock.advance(seconds(20))
    expect(row()).toMatchObject({ state: 'completed', hasFiles: false })
    system.forget(remoteId('R1'))
    await clock.advance(minutes(3))
    expect(row()).toMatchObject({ state: 'completed', error: { code: 'file-gone' }, nextAskAt: null })
    const before = listed()
    await clock.advance(hours(1))
    expect(listed()).toBe(before)
  })

  test('is asked about for a minute: the files came late', async () => {
    const { watcher, run, row, system, clock, delivered } = watchedWorld()
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
    const { watcher, run, row, system, clock, delivered, published } = watchedWorld()
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
    const { watcher, row, system, clock, delivered } = watchedWorld(watched)
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
    const { watcher, system, clock, delivered, jobs } = watchedWorld(watched)
    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    watcher.start()
    await clock.advance(minutes(1))
    expect(jobs.rows()).toMatchObject([{ state: 'completed', wanted: null }])
    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    await clock.advance(minutes(11))
    expect(delivered.map(job => job.remoteId)).toEqual(['R2'])
  })

  test('are not asked for where nobody watches', async () => {
    const { watcher, system, clock, listed } = watchedWorld()
    system.startElsewhere('SAE')
    watcher.start()
    await clock.advance(hours(2))
    expect(listed()).toBe(0)
  })

  test('one list serves every open job of the definition', async () => {
    const { watcher, system, clock, jobs, listed } = watchedWorld({ ...watched, severalAtOnce: true })
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
