import { describe, expect, test } from 'vitest'
import type { Definition } from '../../../main/core/definitions/types.ts'
import { AppError } from '../../../main/core/errors.ts'
import { definitionId, remoteId } from '../../../main/core/ids.ts'
import { createStarter } from '../../../main/core/jobs/start.ts'
import { addMillis, minutes, seconds } from '../../../main/core/time.ts'
import { lostAfter, lostBefore } from '../../fakes/fake-system.ts'
import { aDestination, type Setting, whileTimePasses } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { done, request, watchedWorld } from '../../fakes/watched-world.ts'

const calls: Definition = aDefinition({
  remoteId: remoteId('CALLS'),
  name: 'Calls',
  kind: 'kept',
  request: {},
})
const agents: Definition = {
  ...calls,
  id: definitionId('definition-b'),
  remoteId: remoteId('AGENTS'),
  name: 'Agents',
}

/** A system that lists the jobs of a whole connection. `tells`: whose they are, as ICWS can and Vault cannot. */
async function connectionWorld(tells: boolean, definition: Partial<Definition> = {}) {
  const setting: Setting = {
    definition: { ...calls, ...definition },
    severalAtOnce: true,
    system: {
      definitions: 'kept',
      listOf: 'connection',
      listTellsStarts: tells,
      jobListLimit: null,
      pollFloor: seconds(10),
      cancelJob: true,
    },
  }
  const all = watchedWorld(setting)
  const other = { ...agents, ...definition }
  all.system.define({ id: other.remoteId, name: other.name })
  await all.world.definitions.save([other])
  const start = (one: Definition) =>
    whileTimePasses(all.clock, createStarter(all.world, all.lists, async () => null).start(one, request))
  const rowsOf = (one: Definition) => all.jobs.rows().filter(job => job.definitionId === one.id)
  return { ...all, other, start, rowsOf }
}

describe('a list of the whole connection', () => {
  test('tells in one call what became of the jobs of all its definitions', async () => {
    const { watcher, start, definition, other, system, clock, jobs, delivered } = await connectionWorld(false)
    watcher.start()
    await start(definition)
    await start(other)
    await clock.advance(minutes(1))
    const before = system.calls.length
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    system.set(remoteId('R2'), 'failed')
    await clock.advance(seconds(16))
    expect(jobs.rows()).toMatchObject([
      { definitionId: definition.id, remoteId: 'R1', state: 'completed' },
      { definitionId: other.id, remoteId: 'R2', state: 'failed' },
    ])
    expect(system.calls.slice(before)).toEqual(['jobs R1 R2'])
    expect(delivered.map(job => job.remoteId)).toEqual(['R1'])
  })

  test('is asked for those jobs alone that are due', async () => {
    const { watcher, start, definition, other, system, clock } = await connectionWorld(false)
    watcher.start()
    await start(definition)
    await clock.advance(minutes(30))
    await start(other)
    const before = system.calls.length
    await clock.advance(seconds(45))
    const asked = system.calls.slice(before)
    expect(asked.length).toBeGreaterThan(2)
    expect(asked.filter(call => call.includes('R1')).length).toBeLessThan(2)
    expect(asked.filter(call => call.includes('R2'))).toEqual(asked)
  })

  test('takes its time: what becomes due meanwhile is asked about next, not an interval later', async () => {
    const { watcher, start, definition, other, system, clock } = await connectionWorld(false)
    watcher.start()
    await start(definition)
    await clock.advance(minutes(30))
    await start(other)
    await clock.advance(minutes(20))
    const due = () => system.calls.filter(call => call.includes('R1')).length
    const before = due()
    // Every answer takes longer than the floor, so that R1 becomes due while R2 is asked about, again and again.
    for (let n = 0; n < 100; n++)
      system.nextJobs(async usual => {
        await new Promise<void>(resolve => clock.wake(addMillis(clock.now(), seconds(40)), resolve))
        return usual()
      })
    await clock.advance(minutes(10))
    expect(due() - before).toBeGreaterThanOrEqual(2)
  })

  test('leaves jobs of nobody alone, and finds those of a watched definition', async () => {
    const watched = { watch: true, destination: aDestination }
    const { watcher, other, system, clock, jobs, delivered } = await connectionWorld(true, watched)
    system.define({ id: remoteId('THEIRS'), name: 'Of somebody else' })
    watcher.start()
    await clock.advance(seconds(1))
    system.startElsewhere('THEIRS', { status: 'running' })
    system.startElsewhere('AGENTS', { status: 'running' })
    await clock.advance(minutes(11))
    expect(jobs.rows()).toMatchObject([{ remoteId: 'R2', definitionId: other.id, origin: 'elsewhere' }])
    system.set(remoteId('R2'), 'completed', done(clock.now()))
    await clock.advance(minutes(2))
    expect(delivered).toMatchObject([{ remoteId: 'R2', wanted: { by: 'watch' } }])
  })

  test('is asked for whole every ten minutes where somebody watches, also while others run', async () => {
    const { watcher, start, other, system, clock, jobs } = await connectionWorld(true, { watch: true })
    watcher.start()
    await start(other)
    system.startElsewhere('CALLS', { status: 'running' })
    await clock.advance(minutes(31))
    expect(jobs.rows().map(job => job.remoteId)).toEqual(['R1', 'R2'])
    const whole = system.calls.filter(call => call === 'jobs *').length
    expect(whole).toBeGreaterThanOrEqual(4)
    expect(whole).toBeLessThanOrEqual(7)
  })

  test('that cannot be had holds up the connection, and ends nobody’s job', async () => {
    const { watcher, start, definition, other, system, clock, jobs } = await connectionWorld(true)
    watcher.start()
    await start(definition)
    await start(other)
    const before = system.calls.length
    for (let n = 0; n < 40; n++) {
      system.nextJobs(() => {
        throw new AppError('not-found')
      })
    }
    await clock.advance(minutes(60))
    expect(system.calls.length - before).toBeLessThan(14)
    expect(jobs.rows().map(job => job.state)).toEqual(['queued', 'queued'])
    system.calm()
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await clock.advance(minutes(20))
    expect(jobs.rows()[0]?.state).toBe('completed')
  })

  test('of some jobs that does not show one is no proof, but whole lists are', async () => {
    const { watcher, start, definition, system, clock, lists, jobs } = await connectionWorld(true)
    watcher.start()
    await start(definition)
    system.forget(remoteId('R1'))
    await clock.advance(minutes(30))
    expect(jobs.rows()).toMatchObject([{ state: 'queued', listed: true }])
    const asked = system.calls.filter(call => call === 'jobs R1').length
    // Not shown, it is asked about as seldom as one that is.
    expect(asked).toBeLessThan(60)
    for (let n = 0; n < 3; n++) await whileTimePasses(clock, lists.ask(definition))
    expect(jobs.rows()).toMatchObject([{ state: 'gone', listed: false }])
  })

  test('never shows a job that is given up after a day all the same', async () => {
    const { watcher, start, definition, system, clock, jobs } = await connectionWorld(false)
    watcher.start()
    await start(definition)
    system.forget(remoteId('R1'))
    await clock.advance(minutes(60 * 25))
    expect(jobs.rows()).toMatchObject([{ state: 'timed-out' }])
  })
})

describe('a lost start, on a connection whose list', () => {
  test('tells whose jobs are: is found', async () => {
    const { start, definition, other, system, rowsOf } = await connectionWorld(true)
    await start(other)
    system.nextStart(lostAfter())
    expect((await start(definition)).job).toMatchObject({ remoteId: 'R2', origin: 'here' })
    expect(rowsOf(other)).toMatchObject([{ remoteId: 'R1' }])
    expect(system.starts()).toBe(2)
  })

  test('tells whose jobs are: is known not to have happened, whatever else runs there', async () => {
    const { start, definition, other, system, rowsOf } = await connectionWorld(true)
    system.define({ id: remoteId('THEIRS'), name: 'Of somebody else' })
    system.startElsewhere('THEIRS')
    await start(other)
    system.nextStart(lostBefore())
    await expect(start(definition)).rejects.toMatchObject({ code: 'timed-out' })
    expect(rowsOf(definition)).toMatchObject([{ state: 'not-started' }])
  })

  test('shows a new job that nobody can place: the user is asked, and nothing is started beside it', async () => {
    const { start, definition, system, rowsOf } = await connectionWorld(true)
    system.define({ id: remoteId('THEIRS'), name: 'Of somebody else' })
    system.nextStart(() => {
      system.startElsewhere('THEIRS')
      throw new AppError('connection-cut', { facts: { sent: true } })
    })
    await expect(start(definition)).rejects.toMatchObject({ code: 'start-unknown' })
    await expect(start(definition)).rejects.toMatchObject({ code: 'start-unknown' })
    expect(rowsOf(definition)).toMatchObject([{ state: 'start-unknown' }])
    expect(system.starts()).toBe(0)
  })

  test('does not tell whose jobs are: the user is asked, however long it is watched', async () => {
    const { watcher, start, definition, system, clock, rowsOf } = await connectionWorld(false)
    watcher.start()
    system.nextStart(lostAfter())
    await expect(start(definition)).rejects.toMatchObject({ code: 'start-unknown' })
    await clock.advance(minutes(60 * 5))
    expect(rowsOf(definition)).toMatchObject([{ state: 'start-unknown', remoteId: null }])
    expect(system.starts()).toBe(1)
  })

  test('is looked for in whole lists: what some jobs show proves nothing', async () => {
    const { watcher, start, definition, other, system, clock, rowsOf } = await connectionWorld(true)
    watcher.start()
    await start(other)
    system.nextStart(usual => {
      usual()
      system.failList('*', new AppError('timed-out'))
      throw new AppError('connection-cut', { facts: { sent: true } })
    })
    await expect(start(definition)).rejects.toMatchObject({ code: 'start-unknown' })
    system.failList('*', null)
    await clock.advance(minutes(30))
    expect(rowsOf(definition)).toMatchObject([{ state: 'queued', remoteId: 'R2', origin: 'here' }])
  })
})
