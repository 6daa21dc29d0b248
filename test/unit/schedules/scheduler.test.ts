import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { definitionId, type JobId, jobId, remoteId, scheduleId } from '../../../main/core/ids.ts'
import { hours, instantAt, minutes, seconds } from '../../../main/core/time.ts'
import { lostAfter } from '../../fakes/fake-system.ts'
import { aDestination, whileTimePasses } from '../../fakes/jobs-world.ts'
import { aConnection } from '../../fakes/memory-connections.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { at, schedulesWorld } from '../../fakes/schedules-world.ts'

/** The clock stands at 18:30 on 1 November 2026. */
async function saved(
  ...[setting, patch]: [
    Parameters<typeof schedulesWorld>[0]?,
    Parameters<ReturnType<typeof schedulesWorld>['input']>[0]?,
  ]
) {
  const world = schedulesWorld(setting)
  const app = world.process()
  app.scheduler.start()
  const schedule = await app.service.save(world.input(patch))
  const id = scheduleId(schedule.id)
  const pass = world.clock.advance
  const finish = () => {
    for (const job of world.system.list('SAE')) world.system.set(job.id, 'completed')
  }
  return { ...world, app, schedule, id, pass, finish }
}

describe('a due time', () => {
  test('comes: its definition is started once, and its files are wanted', async () => {
    const { pass, system, told, jobs, schedules } = await saved()
    await pass(minutes(14))
    expect(system.starts()).toBe(0)
    await pass(minutes(2))
    expect(system.starts()).toBe(1)
    expect(told()).toEqual(['01T18:45 run'])
    expect(schedules.rows()[0]?.items[0]?.jobId).toBe(jobs.rows()[0]?.id)
    expect(jobs.rows()).toMatchObject([
      { state: 'queued', wanted: { destination: aDestination }, startedBy: 'schedule “Month end”' },
    ])
  })

  test('joins what is on its way already, and starts nothing', async () => {
    const { pass, system, told } = await saved()
    system.startElsewhere('SAE', { status: 'running' })
    await pass(minutes(16))
    expect(system.starts()).toBe(0)
    expect(told()).toEqual(['01T18:45 joined'])
  })

  test('on production needs no second step, though the last run was never saved: saving was it', async () => {
    const { pass, system, told, clock } = await saved({ connection: { mark: 'production' } })
    system.startElsewhere('SAE', { status: 'completed' })
    await pass(minutes(16))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run']])
    expect(clock.now()).toBe(instantAt(Date.UTC(2026, 10, 1, 18, 46)))
  })

  test('whose start was sent and lost is told by the list, and is not sent again', async () => {
    const { pass, system, told } = await saved()
    system.nextStart(lostAfter())
    await pass(minutes(30))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run']])
  })

  test('whose start was sent, and of which the list shows nothing, is missed, and is not sent again', async () => {
    const { pass, system, told, schedules } = await saved()
    system.nextStart(() => {
      throw new AppError('connection-cut', { facts: { sent: true } })
    })
    await pass(hours(10))
    expect([system.starts(), told()]).toEqual([0, ['01T18:45 missed error']])
    expect(schedules.rows()[0]).toMatchObject({ error: { code: 'connection-cut' } })
  })

  test('of a run set starts each of its definitions, in one entry', async () => {
    const { clock, process, input, system, world, definition, told, jobs } = schedulesWorld()
    const card = aDefinition({
      id: definitionId('card'),
      remoteId: remoteId('CARD'),
      name: 'Card data',
      destination: aDestination,
    })
    await world.definitions.save([card])
    system.define({ id: card.remoteId, name: card.name })
    const app = process()
    app.scheduler.start()
    await app.service.save(input({ definitionIds: [definition.id, card.id] }))
    system.startElsewhere('CARD', { status: 'running' })
    await clock.advance(minutes(16))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run']])
    expect((await app.service.list())[0]?.last?.items).toMatchObject([
      { definitionName: 'Standard Accounting Extract', state: 'run', job: { state: 'queued' } },
      { definitionName: 'Card data', state: 'joined', job: { state: 'running' } },
    ])
    const [started] = jobs.rows().filter(job => job.origin === 'here')
    expect(await app.service.summaryOf(started?.id ?? jobId(''))).toMatchObject({
      name: 'Month end',
      left: 2,
    })
  })
})

describe('what stands in the way', () => {
  test('of a definition that was removed, or lost its destination: missed, with that reason, and nothing is asked', async () => {
    for (const [patch, code] of [
      [{ removed: true }, 'not-found'],
      [{ destination: null }, 'no-destination'],
    ] as const) {
      const { pass, system, told, schedules, world, definition } = await saved()
      await world.definitions.save([{ ...definition, ...patch }])
      await pass(hours(1))
      expect(told()).toEqual(['01T18:45 missed error'])
      expect(schedules.rows()[0]?.error).toMatchObject({ code })
      expect(system.calls).toEqual([])
    }
  })

  test('a sign-in that waits for the user: nothing is asked however long it takes, then it runs once', async () => {
    const { pass, system, told, world, app } = await saved(
      {},
      {
        timetable: at('18:45', {
          recurrence: { kind: 'monthly-day', time: '18:45', day: 1, dayOff: 'keep' },
        }),
      },
    )
    const refused = aConnection()
    await world.connections.save({ ...refused, signIn: { ...refused.signIn, state: 'refused' } }, '')
    await pass(hours(80))
    expect(told()).toEqual(['01T18:45 waiting'])
    expect(system.calls).toEqual([])
    await world.connections.save(refused, '')
    app.events.publish({ kind: 'connections-changed' })
    await pass(seconds(20))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run']])
  })

  test('a sign-in that nobody renews: each due time ends when the next one comes', async () => {
    const { pass, told, world, schedules } = await saved()
    const expired = aConnection()
    await world.connections.save({ ...expired, signIn: { ...expired.signIn, state: 'expired' } }, '')
    await pass(hours(49))
    expect(told()).toEqual(['01T18:45 missed error', '02T18:45 missed error', '03T18:45 waiting'])
    expect(schedules.rows()[0]?.error).toMatchObject({ code: 'sign-in-waiting' })
  })

  test('no network: it waits without a request, and runs as soon as there is one', async () => {
    const { pass, system, told, state, app } = await saved()
    state.online = false
    await pass(hours(2))
    expect([system.calls.length, told()]).toEqual([0, ['01T18:45 waiting']])
    state.online = true
    app.power.setOnline(true)
    await pass(seconds(1))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run']])
  })

  test('a system in maintenance is asked less and less often, for a day, and leaves no trace among the jobs', async () => {
    const { pass, system, told, jobs } = await saved(
      {},
      { timetable: at('18:45', { recurrence: { kind: 'weekly', time: '18:45', weekdays: [7] } }) },
    )
    system.failList('SAE', new AppError('maintenance'))
    await pass(hours(23))
    expect(told()).toEqual(['01T18:45 waiting'])
    expect(system.calls.length).toBeLessThan(60)
    await pass(hours(2))
    expect(told()).toEqual(['01T18:45 missed error'])
    expect([jobs.rows(), system.starts()]).toEqual([[], 0])
  })

  test('a folder that is missing: nothing is started until it is back', async () => {
    const { pass, system, told, state } = await saved()
    state.missingFolder = true
    await pass(hours(1))
    expect([system.starts(), told()]).toEqual([0, ['01T18:45 waiting']])
    state.missingFolder = false
    await pass(hours(1))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run']])
  })
})

describe('after three days of sleep', () => {
  test.each([
    ['once', 1, 'run late'],
    ['skip', 0, 'missed not-running late'],
    ['ask', 0, 'asking not-running late'],
  ] as const)(
    'the policy "%s" makes of the newest what it says; the older ones are missed',
    async (missed, starts, newest) => {
      const { clock, system, told, pass } = await saved({}, { missed })
      await clock.sleep(hours(73))
      await pass(seconds(1))
      expect(told()).toEqual([
        '01T18:45 missed not-running late',
        '02T18:45 missed not-running late',
        '03T18:45 missed not-running late',
        `04T18:45 ${newest}`,
      ])
      expect(system.starts()).toBe(starts)
    },
  )

  test('to ask means that nothing starts before the answer, and that the answer is final', async () => {
    for (const [answer, starts, ending] of [
      ['run', 1, 'run late'],
      ['leave', 0, 'skipped left late'],
    ] as const) {
      const { clock, system, told, pass, app, id, schedules } = await saved({}, { missed: 'ask' })
      await clock.sleep(hours(2))
      await pass(hours(3))
      expect([system.starts(), told()]).toEqual([0, ['01T18:45 asking not-running late']])
      const dueAt = schedules.rows()[0]?.dueAt ?? instantAt(0)
      await app.service.answer(id, dueAt, answer)
      await pass(seconds(1))
      expect([system.starts(), told()]).toEqual([starts, [`01T18:45 ${ending}`]])
      await expect(app.service.answer(id, dueAt, 'run')).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  test('a due time that nobody answered is missed when the next one comes', async () => {
    const { clock, system, told, pass, finish } = await saved({}, { missed: 'ask' })
    await clock.sleep(hours(2))
    await pass(hours(23))
    expect(told()).toEqual(['01T18:45 missed not-running late', '02T18:45 run'])
    finish()
    expect(system.starts()).toBe(1)
  })
})

describe('a schedule', () => {
  test('that is paused tells what it left out, and goes on after that', async () => {
    const { app, id, pass, system, told } = await saved()
    expect((await app.service.pause(id, true)).next).toEqual([])
    await pass(hours(25))
    expect((await app.service.pause(id, false)).next).toHaveLength(3)
    await pass(hours(24))
    expect(told()).toEqual(['01T18:45 skipped paused', '02T18:45 skipped paused', '03T18:45 run'])
    expect(system.starts()).toBe(1)
  })

  test('that changes forgets nothing that was due, and is due by its new timetable from then on', async () => {
    const { app, pass, told, input, schedule } = await saved()
    await pass(minutes(20))
    await app.service.save(input({ id: schedule.id, timetable: at('18:55'), name: 'Every evening' }))
    await pass(minutes(10))
    expect(told()).toEqual(['01T18:45 run', '01T18:55 joined'])
    expect(await app.service.list()).toMatchObject([{ name: 'Every evening', last: { state: 'joined' } }])
  })

  test('that is removed is due no more; its ledger stays', async () => {
    const { app, id, pass, system, told } = await saved()
    await pass(minutes(20))
    await app.service.remove(id)
    await pass(hours(48))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run']])
    expect(await app.service.list()).toEqual([])
  })

  test('that is removed and taken back is due again; what passed in between is not run', async () => {
    const { app, id, pass, told, input } = await saved()
    await app.service.remove(id)
    await pass(minutes(20))
    expect(await app.service.restore(id)).toMatchObject({ name: 'Month end', paused: false })
    await pass(minutes(1))
    expect(told()).toEqual([])
    await pass(hours(24))
    expect(told()).toEqual(['02T18:45 run'])
    await app.service.remove(id)
    await app.service.save(input({}))
    await expect(app.service.restore(id)).rejects.toMatchObject({ code: 'name-taken' })
  })

  test('is saved only where it can be kept', async () => {
    const { app, input, world, definition } = await saved()
    const refused = (patch: Parameters<typeof input>[0]) =>
      expect(app.service.save(input({ name: 'Another', ...patch }))).rejects
    await refused({ name: 'month END' }).toMatchObject({ code: 'name-taken' })
    await refused({ definitionIds: [] }).toMatchObject({
      code: 'bad-input',
      facts: { field: 'definitionIds' },
    })
    await refused({ definitionIds: ['nobody'] }).toMatchObject({ code: 'not-found' })
    await refused({ timetable: at('25:00') }).toMatchObject({ code: 'bad-input', facts: { field: 'time' } })
    await refused({
      timetable: at('', { recurrence: { kind: 'cron', expression: '0 0 30 2 *' } }),
    }).toMatchObject({
      facts: { field: 'recurrence' },
    })
    await world.definitions.save([{ ...definition, destination: null }])
    await refused({}).toMatchObject({ code: 'no-destination' })
  })

  test('rests while everything is paused, and catches up after that', async () => {
    const { app, pass, state, system, told } = await saved()
    state.paused = true
    await pass(hours(1))
    expect([system.calls, told()]).toEqual([[], []])
    state.paused = false
    app.events.publish({ kind: 'settings-changed' })
    await pass(seconds(1))
    expect([system.starts(), told()]).toEqual([1, ['01T18:45 run late']])
  })
})

describe('who shows schedules', () => {
  test('is told when a job moves that they show, and not of any other', async () => {
    const { app, pass, jobs, definition } = await saved()
    await pass(minutes(16))
    await app.service.list()
    const told = () => app.published.filter(({ kind }) => kind === 'schedules-changed').length
    const moved = (id: JobId) =>
      app.events.publish({
        kind: 'job-changed',
        jobId: id,
        definitionId: definition.id,
        connectionId: definition.connectionId,
      })
    const before = told()
    moved(jobId('another'))
    expect(told()).toBe(before)
    moved(jobs.rows()[0]?.id ?? jobId(''))
    expect(told()).toBe(before + 1)
  })

  test('learns what needs the user, until it is answered', async () => {
    const { app, clock, id, pass } = await saved({}, { missed: 'ask' })
    await clock.sleep(hours(2))
    await pass(seconds(1))
    const [need] = await app.service.needs()
    expect(need).toMatchObject({ kind: 'schedule-asks', title: 'Month end', facts: { scheduleId: id } })
    await app.service.answer(id, instantAt(Number(need?.facts.dueAt)), 'leave')
    expect(await app.service.needs()).toEqual([])
  })
})

describe('a single look, for the command line', () => {
  test('starts what is due, once, and says so; a second one has nothing to do', async () => {
    const { process, input, clock, system } = schedulesWorld()
    const first = process()
    await first.service.save(input())
    expect(await whileTimePasses(clock, process().service.runDue())).toEqual([])
    await clock.advance(hours(1))
    const due = await whileTimePasses(clock, process().service.runDue())
    expect(due).toMatchObject([
      { scheduleName: 'Month end', state: 'run', late: true, items: [{ state: 'run' }] },
    ])
    await clock.advance(minutes(1))
    expect(await whileTimePasses(clock, process().service.runDue())).toEqual([])
    expect(system.starts()).toBe(1)
  })

  test('waits for the one that is at it, and tells its outcome', async () => {
    const { process, input, clock, system } = schedulesWorld()
    await process().service.save(input())
    await clock.advance(hours(1))
    system.nextStart(lostAfter())
    const both = Promise.all([process().service.runDue(), process().service.runDue()])
    const [first, second] = await whileTimePasses(clock, both)
    expect(first).toMatchObject([{ state: 'run' }])
    expect(second).toMatchObject([{ state: 'run', dueAt: first?.[0]?.dueAt }])
    expect(system.starts()).toBe(1)
  })

  test('comes back with what waits, instead of waiting for it', async () => {
    const { process, input, clock, state } = schedulesWorld()
    await process().service.save(input())
    state.online = false
    await clock.advance(hours(1))
    const due = await whileTimePasses(clock, process().service.runDue())
    expect(due).toMatchObject([{ state: 'waiting', error: { code: 'offline' } }])
    expect(due[0]?.nextTryAt).toBeGreaterThan(clock.now())
  })
})
