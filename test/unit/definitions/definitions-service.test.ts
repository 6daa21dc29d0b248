import { describe, expect, test } from 'vitest'
import {
  createDefinitionsService,
  type DefinitionsParts,
} from '../../../main/core/definitions/definitions-service.ts'
import { AppError } from '../../../main/core/errors.ts'
import { connectionId, remoteId } from '../../../main/core/ids.ts'
import { createJobViews } from '../../../main/core/jobs/job-view.ts'
import { minutes } from '../../../main/core/time.ts'
import { aDestination, jobsWorld, type Setting } from '../../fakes/jobs-world.ts'

function setUp(setting: Setting = {}, parts: Partial<DefinitionsParts> = {}) {
  const all = jobsWorld(setting)
  const { world, lists, jobs } = all
  const service = createDefinitionsService({
    ...world,
    lists,
    views: createJobViews({ ...world, jobs, deliveriesOf: async () => new Map() }),
    lastReceipt: async () => null,
    checkDestination: async () => {},
    ...parts,
  })
  return { ...all, service, connection: connectionId('connection-a'), id: all.definition.id }
}

describe('refreshing the definitions', () => {
  test('adds what is new, renames, marks what is gone, and keeps what the user decided', async () => {
    const { service, system, connection, id } = setUp({
      definition: { destination: aDestination, watch: true },
    })
    system.define({ id: remoteId('SAE'), name: 'SAE 2027' }, { id: remoteId('CASH'), name: 'Cash advances' })
    const first = await service.refresh(connection)
    expect(first).toMatchObject([
      { id, name: 'SAE 2027', removed: false, destination: aDestination, watch: true },
      { name: 'Cash advances', removed: false, destination: null, watch: false },
    ])
    system.undefine(remoteId('SAE'))
    expect(await service.refresh(connection)).toMatchObject([
      { id, name: 'SAE 2027', removed: true, destination: aDestination },
      { removed: false },
    ])
    system.define({ id: remoteId('SAE'), name: 'SAE 2027' })
    expect(await service.refresh(connection)).toMatchObject([{ id, removed: false }, { id: first[1]?.id }])
  })

  test('that fails changes nothing', async () => {
    const sessions = {
      with: async () => {
        throw new AppError('offline')
      },
    }
    const { service, connection } = setUp({}, { sessions })
    const before = await service.list()
    await expect(service.refresh(connection)).rejects.toMatchObject({ code: 'offline' })
    expect(await service.list()).toEqual(before)
  })

  test('does not write back a destination that was saved meanwhile', async () => {
    const { service, connection, id } = setUp()
    await Promise.all([
      service.refresh(connection),
      service.saveDestination(id, aDestination),
      service.refresh(connection),
    ])
    expect((await service.list())[0]?.destination).toEqual(aDestination)
  })
})

test('a destination that nothing can be delivered to is not saved', async () => {
  const checked: unknown[] = []
  const checkDestination: DefinitionsParts['checkDestination'] = async destination => {
    checked.push(destination)
    throw new AppError('folder-missing')
  }
  const { service, id } = setUp({}, { checkDestination })
  await expect(service.saveDestination(id, aDestination)).rejects.toMatchObject({ code: 'folder-missing' })
  expect(checked).toEqual([aDestination])
  expect((await service.list())[0]?.destination).toBeNull()
})

describe('the jobs of a definition', () => {
  test("are the system's list and what is kept, newest first", async () => {
    const { service, system, clock, id } = setUp({ severalAtOnce: true })
    system.startElsewhere('SAE', { status: 'completed' })
    expect((await service.jobs(id)).jobs.map(job => job.remoteId)).toEqual(['R1'])
    system.forget(remoteId('R1'))
    await clock.advance(minutes(1))
    system.startElsewhere('SAE', { status: 'running' })
    const { jobs, stale } = await service.jobs(id)
    expect(stale).toBeNull()
    expect(jobs).toMatchObject([
      { remoteId: 'R2', listed: true, state: 'running' },
      { remoteId: 'R1', listed: false, state: 'completed' },
    ])
  })

  test('are shown as they were where the system does not answer, and it says so', async () => {
    const { service, system, clock, id } = setUp()
    system.startElsewhere('SAE', { status: 'completed' })
    await service.jobs(id)
    await clock.advance(minutes(1))
    system.failList('SAE', new AppError('maintenance'))
    const { jobs, stale } = await service.jobs(id)
    expect(stale).toEqual({ code: 'maintenance', facts: {} })
    expect(jobs).toHaveLength(1)
  })

  test('are not asked for more often than the system allows, however often they are looked at', async () => {
    const { service, system, id } = setUp()
    for (let n = 0; n < 10; n++) expect((await service.jobs(id)).stale).toBeNull()
    expect(system.calls).toEqual(['jobs SAE'])
  })
})

describe('watching a definition', () => {
  test('wants what runs now, and nothing that had ended before', async () => {
    const { service, system, jobs, clock, lists, definition, id } = setUp({ severalAtOnce: true })
    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    system.startElsewhere('SAE', { status: 'running' })
    await service.jobs(id)
    await service.saveDestination(id, aDestination)
    await service.watch(id, true)
    expect(jobs.rows().map(job => job.wanted?.by ?? null)).toEqual([null, 'watch'])

    // Ended while nobody looked, and before the first list that was asked for by the watch.
    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    await clock.advance(minutes(1))
    const watched = { ...definition, destination: aDestination, watch: true }
    await lists.ask(watched)
    expect(jobs.rows().map(job => job.wanted?.by ?? null)).toEqual([null, 'watch', null])

    system.startElsewhere('SAE', { status: 'completed', hasFiles: true })
    await clock.advance(minutes(1))
    await lists.ask(watched)
    expect(jobs.rows().at(-1)?.wanted).toEqual({ by: 'watch', destination: aDestination })
  })

  test('is told to whoever listens', async () => {
    const { service, published, id } = setUp()
    expect(await service.watch(id, true)).toMatchObject({ watch: true })
    expect(await service.watch(id, false)).toMatchObject({ watch: false })
    expect(published).toContainEqual({ kind: 'definitions-changed' })
  })
})
