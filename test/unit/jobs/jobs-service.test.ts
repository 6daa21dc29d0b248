import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { definitionId, jobId, receiptId, remoteId } from '../../../main/core/ids.ts'
import { createJobViews } from '../../../main/core/jobs/job-view.ts'
import { createJobsService } from '../../../main/core/jobs/jobs-service.ts'
import { defaultSettings } from '../../../main/core/settings/settings.ts'
import { addMillis, hours, minutes } from '../../../main/core/time.ts'
import { lostAfter, lostBefore, systemTime } from '../../fakes/fake-system.ts'
import { aDestination, jobsWorld, type Setting, whileTimePasses } from '../../fakes/jobs-world.ts'

function setUp(setting: Setting = {}, starts = true) {
  const all = jobsWorld(setting)
  const known = { ...all.system, mayStart: () => starts }
  const receipts = new Set<string>()
  const missing = new Set<string>()
  const service = createJobsService({ ...all.world, system: () => known }, all.lists, {
    views: createJobViews({
      jobs: all.jobs,
      definitions: all.world.definitions,
      connections: all.world.connections,
      system: all.world.system,
      deliveriesOf: async () => new Map(),
    }),
    settings: { get: async () => ({ ...defaultSettings, againHours: 12 }) },
    receiptOf: async job => (receipts.has(job) ? receiptId(`r-${job}`) : null),
    lastReceipt: async () => null,
    checkDestination: async ({ folder }) => {
      if (missing.has(folder)) throw new AppError('folder-missing', { facts: { folder } })
    },
  })
  const id = all.definition.id
  const passing = <T>(work: Promise<T>) => whileTimePasses(all.clock, work)
  const completedElsewhere = async (endedHoursAgo: number) => {
    const remote = all.system.startElsewhere('SAE', {
      status: 'completed',
      startedAt: systemTime(addMillis(all.clock.now(), -hours(endedHoursAgo) - minutes(2))),
      endedAt: systemTime(addMillis(all.clock.now(), -hours(endedHoursAgo))),
    })
    await passing(all.lists.ask(all.definition))
    return remote
  }
  return { ...all, service, receipts, missing, id, passing, completedElsewhere }
}
const production: Setting = { connection: { mark: 'production' } }

describe('a run that finishes first', () => {
  const options = { again: false, by: 'anna', destination: aDestination, finish: true }

  test('takes up what ended while nobody looked, and starts nothing beside it', async () => {
    const { service, id, passing, system, clock } = setUp()
    const { job } = await passing(service.run(id, options))
    await clock.advance(minutes(10))
    system.set(remoteId(job.remoteId ?? ''), 'completed', {
      endedAt: systemTime(clock.now()),
      hasFiles: true,
    })
    await clock.advance(minutes(10))
    const second = await passing(service.run(id, options))
    expect(second).toMatchObject({ joined: true, job: { id: job.id, state: 'completed' } })
    expect(system.calls.filter(call => call.startsWith('start'))).toHaveLength(1)
    // The deliberate second step is for a new one.
    const third = await passing(service.run(id, { ...options, again: true }))
    expect(third.joined).toBe(false)
    expect(third.job.id).not.toBe(job.id)
  })

  test('leaves alone what nobody wanted the files of', async () => {
    const { service, id, passing, completedElsewhere } = setUp()
    await completedElsewhere(500)
    expect(await passing(service.run(id, options))).toMatchObject({ joined: false })
  })
})

describe('the plan of a run', () => {
  test('of a definition that never ran: nothing stands in the way', async () => {
    const { service, id } = setUp({ ...production, definition: { destination: aDestination } })
    expect(await service.plan(id)).toEqual({
      definitionId: id,
      lastRun: null,
      lastCompleted: null,
      lastReceipt: null,
      open: null,
      again: null,
      destination: aDestination,
    })
  })

  test.each([
    ['was never saved, however long ago', 500, false, 'unsaved-run'],
    ['was saved and ended 3 hours ago', 3, true, 'recent-run'],
    ['was saved and ended 13 hours ago', 13, true, null],
  ] as const)('on production, where the last run %s', async (_, ago, saved, again) => {
    const { service, id, completedElsewhere, receipts } = setUp(production)
    const remote = await completedElsewhere(ago)
    if (saved) receipts.add('job-1')
    expect(await service.plan(id)).toMatchObject({ again, lastRun: { remoteId: remote.id }, open: null })
  })

  test('on a test connection never needs the second step', async () => {
    const { service, id, completedElsewhere } = setUp()
    await completedElsewhere(1)
    expect(await service.plan(id)).toMatchObject({ again: null, lastRun: { state: 'completed' } })
  })

  test('knows what others ran, and a run right after it does not wait for the next turn to ask', async () => {
    const { service, id, system, clock } = setUp(production)
    const endedAt = systemTime(addMillis(clock.now(), -hours(1)))
    const remote = system.startElsewhere('SAE', { status: 'completed', endedAt })
    expect(await service.plan(id)).toMatchObject({ again: 'unsaved-run', lastRun: { remoteId: remote.id } })
    const began = clock.now()
    expect((await service.run(id, { again: true, by: 'anna' })).job.state).toBe('queued')
    expect(clock.now()).toBe(began)
  })

  test('says what is known where the system does not answer', async () => {
    const { service, id, system, log } = setUp(production)
    system.failList('SAE', new AppError('offline'))
    expect(await service.plan(id)).toMatchObject({ lastRun: null, open: null, again: null })
    expect(log.entries.map(entry => entry.event)).toEqual(['plan.list-failed'])
  })

  test('shows the newest run even where it failed; the second step is asked for the last completed one', async () => {
    const { service, id, passing, lists, definition, system, clock, completedElsewhere } = setUp(production)
    const completed = await completedElsewhere(5)
    await clock.advance(minutes(1))
    const failed = system.startElsewhere('SAE', { status: 'failed', endedAt: systemTime(clock.now()) })
    await passing(lists.ask(definition))
    expect(await service.plan(id)).toMatchObject({
      again: 'unsaved-run',
      lastRun: { remoteId: failed.id, state: 'failed' },
      lastCompleted: { remoteId: completed.id, state: 'completed' },
    })
  })

  test('names the job that a run would join', async () => {
    const { service, id, passing, system } = setUp()
    const { job } = await passing(service.run(id, { again: false, by: 'anna' }))
    expect(await service.plan(id)).toMatchObject({ open: { id: job.id }, lastRun: null })
    system.set(remoteId('R1'), 'failed')
    await passing(service.run(id, { again: false, by: 'anna' }))
  })

  test('of a definition that is not known', async () => {
    const { service } = setUp()
    await expect(service.plan(definitionId('nothing'))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('run and start', () => {
  test('on production, after a run that was not saved: stopped, and with the second step started', async () => {
    const { service, id, passing, system, completedElsewhere } = setUp(production)
    await completedElsewhere(100)
    await expect(passing(service.run(id, { again: false, by: 'anna' }))).rejects.toMatchObject({
      code: 'again-needed',
      facts: { reason: 'unsaved-run', jobId: 'job-1' },
    })
    expect(system.starts()).toBe(0)
    const { job } = await passing(service.run(id, { again: true, by: 'anna' }))
    expect(job).toMatchObject({
      state: 'queued',
      startedBy: 'anna',
      definitionName: 'Standard Accounting Extract',
    })
  })

  test('run wants the files where the definition sends them; start wants none', async () => {
    const { service, id, passing, jobs, system } = setUp({ definition: { destination: aDestination } })
    await passing(service.start(id, { again: false, by: 'cron' }))
    expect(jobs.rows()[0]?.wanted).toBeNull()
    await expect(passing(service.start(id, { again: true, by: 'cron' }))).rejects.toMatchObject({
      code: 'already-running',
      facts: { jobId: 'job-1' },
    })
    await passing(service.run(id, { again: false, by: 'anna' }))
    expect(jobs.rows()[0]?.wanted).toEqual({ by: 'anna', destination: aDestination })
    expect(system.starts()).toBe(1)
  })

  test('where the destination is not there, nothing is asked of the system, or journalled', async () => {
    const { service, id, passing, jobs, system, missing } = setUp({
      definition: { destination: aDestination },
    })
    missing.add(aDestination.folder)
    await expect(passing(service.run(id, { again: false, by: 'anna' }))).rejects.toMatchObject({
      code: 'folder-missing',
    })
    expect(system.calls).toEqual([])
    expect(jobs.rows()).toEqual([])
    // Who only starts has no destination in mind.
    await passing(service.start(id, { again: false, by: 'cron' }))
    expect(system.starts()).toBe(1)
  })

  test('a definition that the system has removed is not started', async () => {
    const { service, id, passing, system } = setUp({ definition: { removed: true } })
    await expect(passing(service.run(id, { again: false, by: 'anna' }))).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(system.calls).toEqual([])
  })
})

describe('settling by hand', () => {
  async function unknownStart(system: Setting['system'] = { listTellsStarts: false }, happened = false) {
    const all = setUp({ system, severalAtOnce: true })
    all.system.nextStart(happened ? lostAfter() : lostBefore())
    const run = all.passing(all.service.run(all.id, { again: false, by: 'anna' }))
    await expect(run).rejects.toMatchObject({ code: 'start-unknown' })
    const [job] = all.jobs.rows()
    if (!job) throw new Error('no job')
    return { ...all, job }
  }

  test('that nothing was started lets the next run start', async () => {
    const { service, id, job, passing, system } = await unknownStart()
    expect(await service.settle(job.id, 'not-started')).toMatchObject({ state: 'not-started' })
    await passing(service.run(id, { again: false, by: 'anna' }))
    expect(system.starts()).toBe(1)
  })

  test('that it is a job which nobody knew of yet', async () => {
    const { service, job, passing, system } = await unknownStart()
    const remote = system.startElsewhere('SAE')
    system.forget(remote.id)
    system.startElsewhere('SAE', { id: remoteId('X1'), status: 'running' })
    expect(await passing(service.settle(job.id, { remoteId: 'X1' }))).toMatchObject({
      remoteId: 'X1',
      state: 'running',
    })
  })

  test('that it is one of two jobs which the list showed: the two rows become one', async () => {
    const { service, job, jobs, passing, system, clock, lists, definition } = await unknownStart()
    system.startElsewhere('SAE', { status: 'completed' })
    system.startElsewhere('SAE', { status: 'running' })
    await clock.advance(minutes(1))
    await lists.ask(definition)
    expect(jobs.rows().map(row => row.state)).toEqual(['start-unknown', 'completed', 'running'])
    const settled = await passing(service.settle(job.id, { remoteId: 'R2' }))
    expect(settled).toMatchObject({ remoteId: 'R2', state: 'running', origin: 'here', startedBy: 'anna' })
    expect(jobs.rows().filter(row => row.remoteId === 'R2')).toHaveLength(1)
    expect(jobs.rows()[0]).toMatchObject({ state: 'not-started', error: { facts: { jobId: settled.id } } })
    expect(jobs.rows()[2]?.wanted).toEqual(job.wanted)
    expect(await jobs.ofDefinition(definition.id, 10)).toHaveLength(2)
  })

  test('that it is a job which the system does not know', async () => {
    const { service, job, passing, jobs } = await unknownStart()
    await expect(passing(service.settle(job.id, { remoteId: 'nothing' }))).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(jobs.rows()[0]?.state).toBe('start-unknown')
  })

  test('a job that is settled already is refused', async () => {
    const { service, job } = await unknownStart()
    await service.settle(job.id, 'not-started')
    await expect(service.settle(job.id, 'not-started')).rejects.toMatchObject({ code: 'bad-input' })
    await expect(service.settle(jobId('nothing'), 'not-started')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is not needed where a later list tells by itself that nothing was started', async () => {
    const { service, id, passing, system, clock, lists, definition, jobs } = setUp()
    system.nextStart(() => {
      system.failList('SAE', new AppError('offline'))
      throw new AppError('timed-out')
    })
    const run = passing(service.run(id, { again: false, by: 'anna' }))
    await expect(run).rejects.toMatchObject({ code: 'start-unknown' })
    system.failList('SAE', null)
    await clock.advance(minutes(1))
    await lists.ask(definition)
    expect(jobs.rows()).toMatchObject([{ state: 'not-started', error: { code: 'offline' } }])
  })
})

describe('a definition whose files the system makes by itself', () => {
  const options = { again: false, by: 'ana' }

  test('takes the newest that is offered, though another one is being made', async () => {
    const { service, id, passing, system, completedElsewhere } = setUp({}, false)
    const offered = await completedElsewhere(1)
    system.startElsewhere('SAE', { status: 'queued' })
    expect(await passing(service.plan(id))).toMatchObject({ open: null, again: null })
    const { job } = await passing(service.run(id, options))
    expect(job.remoteId).toBe(offered.id)
    expect(system.calls.filter(call => call.startsWith('start'))).toEqual([])
  })

  test('waits for the first one where none is offered yet, and says so where there is none at all', async () => {
    const { service, id, passing, system } = setUp({}, false)
    await expect(passing(service.run(id, options))).rejects.toMatchObject({ code: 'not-found' })
    const making = system.startElsewhere('SAE', { status: 'queued' })
    expect((await passing(service.run(id, options))).job.remoteId).toBe(making.id)
  })
})
