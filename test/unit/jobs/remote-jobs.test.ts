import { describe, expect, test } from 'vitest'
import { definitionId, jobId, receiptId, remoteId } from '../../../main/core/ids.ts'
import { createJobViews } from '../../../main/core/jobs/job-view.ts'
import { createRemoteJobs } from '../../../main/core/jobs/remote-jobs.ts'
import type { Capabilities } from '../../../main/core/systems/system.ts'
import { hours } from '../../../main/core/time.ts'
import { jobsWorld, whileTimePasses } from '../../fakes/jobs-world.ts'
import { aDefinition } from '../../fakes/memory-definitions.ts'
import { done } from '../../fakes/watched-world.ts'

const ofConnection: Partial<Capabilities> = {
  definitions: 'kept',
  listOf: 'connection',
  jobListLimit: null,
  cancelJob: true,
}

function setUp(capabilities: Partial<Capabilities> = {}) {
  const all = jobsWorld({ system: capabilities, severalAtOnce: true })
  const { world, lists, clock, definition } = all
  const remote = createRemoteJobs(world, lists, {
    views: createJobViews({
      jobs: all.jobs,
      definitions: world.definitions,
      connections: world.connections,
      system: world.system,
      deliveriesOf: async () => new Map(),
    }),
    receiptOf: async job => (job === all.jobs.rows()[0]?.id ? receiptId('receipt-1') : null),
  })
  const passing = <T>(work: Promise<T>) => whileTimePasses(clock, work)
  const others = async () =>
    (await world.definitions.ofConnection(definition.connectionId)).filter(({ kind }) => kind === 'others')
  return { ...all, remote, passing, others, connection: definition.connectionId }
}

describe('the system’s own list', () => {
  test('of a connection shows every job, newest first, with what the journal knows of it', async () => {
    const { remote, system, clock, passing, lists, definition, connection } = setUp(ofConnection)
    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    await passing(lists.ask(definition))
    await clock.advance(hours(1))
    system.define({ id: remoteId('THEIRS'), name: 'Of somebody else' })
    system.startElsewhere('THEIRS', { raw: { name: 'Theirs' } })
    expect(await remote.listed(connection)).toMatchObject([
      { remoteId: 'R2', definitionId: null, jobId: null, name: 'Theirs', receiptId: null },
      { remoteId: 'R1', definitionId: definition.id, jobId: 'job-1', name: null, receiptId: 'receipt-1' },
    ])
  })

  test('of definitions is asked for one by one, and put together', async () => {
    const { remote, system, world, clock, connection } = setUp()
    const cash = aDefinition({ id: definitionId('definition-b'), remoteId: remoteId('CASH'), name: 'Cash' })
    system.define({ id: cash.remoteId, name: cash.name })
    await world.definitions.save([cash])
    system.startElsewhere('SAE')
    await clock.advance(1000)
    system.startElsewhere('CASH')
    const listed = await remote.listed(connection)
    expect(listed.map(job => [job.remoteId, job.definitionId])).toEqual([
      ['R2', cash.id],
      ['R1', 'definition-a'],
    ])
    expect(system.calls).toEqual(['jobs SAE', 'jobs CASH'])
  })

  test('is never asked for beside another question to the same connection', async () => {
    const { remote, lists, system, connection, definition } = setUp(ofConnection)
    let release = (): void => {}
    system.nextJobs(async usual => {
      await new Promise<void>(resolve => {
        release = resolve
      })
      return usual()
    })
    const first = lists.askAtOnce(definition)
    const second = remote.listed(connection)
    await new Promise(setImmediate)
    expect(system.calls).toHaveLength(1)
    release()
    await Promise.all([first, second])
    expect(system.calls).toHaveLength(2)
  })
})

describe('a job that is watched by its id', () => {
  test('belongs to the connection’s other jobs where nobody can say more, and stays one job', async () => {
    const { remote, system, jobs, others, connection } = setUp({ ...ofConnection, listTellsStarts: false })
    system.startElsewhere('SAE', { status: 'running' })
    const first = await remote.track(connection, 'R1')
    const second = await remote.track(connection, ' R1 '.trim())
    expect(second.id).toBe(first.id)
    const [definition] = await others()
    expect(jobs.rows()).toMatchObject([{ remoteId: 'R1', definitionId: definition?.id, origin: 'elsewhere' }])
    expect(jobs.rows()[0]?.nextAskAt).not.toBeNull()
    expect(await others()).toHaveLength(1)
    expect((await remote.known(connection, 'R1'))?.id).toBe(first.id)
    expect(await remote.known(connection, 'R2')).toBeNull()
  })

  test('that has ended meanwhile is told, journalled, and delivered where it is wanted', async () => {
    const { remote, system, jobs, clock, delivered, published, connection } = setUp({
      ...ofConnection,
      listTellsStarts: false,
    })
    system.startElsewhere('SAE', { status: 'running' })
    const { id } = await remote.track(connection, 'R1')
    const [row] = jobs.rows()
    if (!row) throw new Error('no job')
    const wanted = { ...row, wanted: { by: 'anna', destination: null } }
    await jobs.save([{ job: wanted, from: 'running', why: 'files asked for' }])
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    published.length = 0
    expect(await remote.track(connection, 'R1')).toMatchObject({ id, state: 'completed' })
    expect(jobs.journal.at(-1)).toBe('running → completed: asked for by its id')
    expect(delivered.map(job => job.id)).toEqual([id])
    expect(published).toContainEqual({
      kind: 'job-changed',
      jobId: id,
      definitionId: row.definitionId,
      connectionId: row.connectionId,
    })
  })

  test('is found under the definition that lists it', async () => {
    const { remote, system, world, jobs, connection } = setUp()
    const cash = aDefinition({ id: definitionId('definition-b'), remoteId: remoteId('CASH'), name: 'Cash' })
    system.define({ id: cash.remoteId, name: cash.name })
    await world.definitions.save([cash])
    system.startElsewhere('CASH', { status: 'running' })
    await remote.track(connection, 'R1')
    expect(jobs.rows()).toMatchObject([{ definitionId: cash.id, remoteId: 'R1' }])
    await expect(remote.track(connection, 'R9')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('and was a lost start of ours keeps both rows true', async () => {
    const { remote, system, jobs, lists, clock, passing, definition, others, connection } = setUp({
      ...ofConnection,
      listTellsStarts: false,
    })
    system.startElsewhere('SAE', { status: 'running' })
    await remote.track(connection, 'R1')
    const [tracked] = jobs.rows()
    const [other] = await others()
    if (!tracked || !other) throw new Error('no job')
    // Somebody settled it by hand: it is this one.
    await jobs.save([
      {
        job: { ...tracked, id: jobId('job-ours'), definitionId: definition.id, origin: 'here', rev: 0 },
        from: null,
        why: 'settled by hand',
      },
    ])
    system.set(remoteId('R1'), 'completed', done(clock.now()))
    await passing(lists.ask(definition))
    expect(jobs.rows().map(({ definitionId: of, state }) => [of, state])).toEqual([
      [other.id, 'completed'],
      [definition.id, 'completed'],
    ])
  })
})

describe('ending a job', () => {
  test('is the system’s doing, and seen at once', async () => {
    const { remote, system, passing, lists, definition, jobs } = setUp(ofConnection)
    system.startElsewhere('SAE', { status: 'running' })
    await passing(lists.ask(definition))
    const [row] = jobs.rows()
    if (!row) throw new Error('no job')
    expect(await passing(remote.cancel(row.id))).toMatchObject({ state: 'cancelled' })
    await expect(passing(remote.cancel(row.id))).rejects.toMatchObject({ code: 'bad-input' })
    expect(system.calls.filter(call => call.startsWith('cancel'))).toEqual(['cancel R1'])
  })

  test('cannot be done everywhere', async () => {
    const { remote, system, passing, lists, definition, jobs } = setUp()
    system.startElsewhere('SAE', { status: 'running' })
    await passing(lists.ask(definition))
    const [row] = jobs.rows()
    if (!row) throw new Error('no job')
    await expect(passing(remote.cancel(row.id))).rejects.toMatchObject({ code: 'not-supported' })
    expect(jobs.rows()).toMatchObject([{ state: 'running' }])
  })
})
