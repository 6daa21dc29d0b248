import { describe, expect, it } from 'vitest'
import { isWorking } from '../../../main/core/deliveries/delivery.ts'
import { AppError } from '../../../main/core/errors.ts'
import { connectionId, jobId, remoteId } from '../../../main/core/ids.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import type { Destination } from '../../../preload/contract/types.ts'
import { completedJob, deliveriesRoom, served } from '../../fakes/deliveries-world.ts'
import { asked, folder, id, quiet, room, sae, visible } from '../../fakes/delivery-room.ts'
import { aDestination } from '../../fakes/jobs-world.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { memoryLeases } from '../../fakes/memory-leases.ts'
import { until } from '../../fakes/until.ts'

const other = jobId('job-b')
const text = { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="x.txt"' }

describe('several deliveries', () => {
  it('run one at a time for a connection, and all of them', async () => {
    const it = await room([served(sae)], { destination: { name: '{jobId}.txt' } })
    const jobs = Array.from({ length: 4 }, (_, index) => jobId(`more-${index}`))
    for (const [index, more] of jobs.entries()) {
      const job = completedJob({
        id: more,
        remoteId: remoteId(`R${index}`),
        wanted: { by: 'erika', destination: null },
      })
      await it.jobs.save([{ job, from: null, why: 'test' }])
    }
    let most = 0
    it.world.events.subscribe(() => {
      most = Math.max(most, it.deliveries.rows().filter(row => isWorking(row.state)).length)
    })
    it.runner.kick()
    await until(
      () => it.deliveries.rows().filter(row => row.state === 'delivered').length === 4,
      () => it.deliveries.journal.join('\n'),
    )
    expect(most).toBe(1)
    expect(Object.keys(visible(it)).sort()).toEqual(['R0.txt', 'R1.txt', 'R2.txt', 'R3.txt'])
  })

  it('of two connections do not wait for each other', async () => {
    const it = await room([served(sae)])
    const second = completedJob({
      id: other,
      connectionId: connectionId('connection-b'),
      remoteId: remoteId('R2'),
    })
    await it.jobs.save([
      { job: { ...second, wanted: { by: 'x', destination: aDestination } }, from: null, why: 'test' },
    ])
    let release = () => {}
    const held = new Promise<void>(resolve => {
      release = resolve
    })
    const begun: string[] = []
    const { runner, service } = deliveriesRoom({
      world: {
        ...it.world,
        sessions: {
          async with(connection, work) {
            begun.push(connection)
            await held
            return it.world.sessions.with(connection, work)
          },
        },
      },
    })
    await service.request(id, asked)
    runner.kick()
    await until(
      () =>
        it.deliveries.rows().length === 2 && it.deliveries.rows().every(row => row.state === 'downloading'),
      () => it.deliveries.journal.join('\n'),
    )
    release()
    await runner.stopAndDrain()
    expect(begun.sort()).toEqual(['connection-a', 'connection-b'])
  })
})

describe('another process', () => {
  it('that delivers a job keeps us from it, until it is gone', async () => {
    const it = await room([served(sae)])
    const table = new Map()
    const theirs = memoryLeases(table, it.clock)
    const world = { ...it.world, leases: memoryLeases(table, it.clock) }
    await theirs.take(`deliver:${id}`)
    await it.jobs.save([
      {
        job: completedJob({
          id: other,
          remoteId: remoteId('R2'),
          wanted: { by: 'x', destination: aDestination },
        }),
        from: null,
        why: 'test',
      },
    ])
    await theirs.take(`deliver:${other}`)
    const ours = deliveriesRoom({ world })
    ours.runner.kick()
    await it.clock.advance(seconds(60))
    expect(it.deliveries.rows()).toEqual([])
    theirs.kill()
    await it.clock.advance(seconds(60))
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('that took a delivery over while we slept is left alone', async () => {
    const it = await room([served(sae, text)])
    const { deliveries } = it.world
    let drained: Promise<void> | null = null
    const ours = deliveriesRoom({
      world: {
        ...it.world,
        deliveries: {
          ...deliveries,
          async save(delivery, from, why) {
            if (delivery.plan && !drained) {
              const now = await deliveries.find(delivery.id)
              if (now) await deliveries.save(now, now.state, 'the other process')
              drained = ours.runner.stopAndDrain()
            }
            await deliveries.save(delivery, from, why)
          },
        },
      },
    })
    await ours.service.request(id, asked)
    await until(
      () => drained !== null,
      () => it.deliveries.journal.join('\n'),
    )
    await drained
    expect(visible(it)).toEqual({})
    expect(it.deliveries.rows()[0]?.state).toBe('publishing')
  })
})

describe('what changes around deliveries', () => {
  it('a computer that wakes up tries what could not be reached', async () => {
    const it = await room([served(sae)])
    it.server.refusals.push(...Array.from({ length: 5 }, () => new AppError('offline')))
    await it.service.request(id, asked)
    for (let tries = 0; tries < 4; tries += 1) await it.clock.advance(minutes(1))
    expect((await quiet(it)).state).toBe('unreachable')
    await it.clock.advance(1)
    it.runner.wakeUp()
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('a job whose definition has no destination waits for one', async () => {
    const it = await room([served(sae)], {
      definition: { destination: null },
      job: { wanted: { by: 'erika', destination: null } },
    })
    it.runner.kick()
    await it.clock.advance(minutes(1))
    expect(it.deliveries.rows()).toEqual([])
    await expect(it.service.request(id, asked)).rejects.toThrow('no-destination')
    const definition = await it.world.definitions.find(completedJob().definitionId)
    if (!definition) throw new Error('The definition is there')
    Object.assign(definition, { destination: aDestination })
    it.world.events.publish({ kind: 'definitions-changed' })
    await until(
      () => it.deliveries.rows()[0]?.state === 'delivered',
      () => it.deliveries.journal.join('\n'),
    )
  })

  it('a staging folder that was cleared away is made anew', async () => {
    const it = await room([served(sae, text)], { destination: { onConflict: 'fail' } })
    it.files.put(`${folder}/x.txt`, 'old')
    await it.service.request(id, asked)
    const waiting = await quiet(it)
    expect(waiting.state).toBe('conflict')
    await it.files.removeTree(waiting.staging?.root ?? '')
    await it.files.remove(`${folder}/x.txt`)
    await it.clock.advance(seconds(15))
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.deliveries.journal).toContain('publishing → waiting: what was staged is gone')
    expect(visible(it)).toEqual({ 'x.txt': sae })
  })

  it('staging of an ended delivery that could not be removed is removed at the next start', async () => {
    const files = memoryFiles()
    let stuck = true
    const it = await room([served(sae, text)], {
      files,
      through: inner => ({
        ...inner,
        removeTree: async path => {
          if (stuck && path.endsWith('delivery-1') && !path.includes('probe'))
            throw Object.assign(new Error('no'), { code: 'EBUSY' })
          await inner.removeTree(path)
        },
      }),
    })
    await it.service.request(id, asked)
    await until(
      () => it.deliveries.rows()[0]?.state === 'delivered',
      () => it.deliveries.journal.join('\n'),
    )
    await it.runner.stopAndDrain()
    expect(it.deliveries.rows()[0]?.staging).not.toBeNull()
    stuck = false
    await deliveriesRoom(it).runner.recover()
    expect(it.deliveries.rows()[0]?.staging).toBeNull()
    expect([...files.below('/srv').keys()]).toEqual([`${folder}/x.txt`])
  })
})

describe('requests', () => {
  it('for jobs that will never have files are refused', async () => {
    for (const [state, code] of [
      ['failed', 'job-failed'],
      ['cancelled', 'job-failed'],
      ['gone', 'job-gone'],
      ['not-started', 'not-found'],
    ] as const) {
      const it = await room([], { job: { state } })
      await expect(it.service.request(id, asked)).rejects.toThrow(code)
    }
    const it = await room([])
    await expect(it.service.request(jobId('nobody'), asked)).rejects.toThrow('not-found')
  })

  it('for another folder give up a delivery that waits, and deliver there', async () => {
    const it = await room([served(sae, text)], { destination: { onConflict: 'fail' } })
    it.files.put(`${folder}/x.txt`, 'old')
    it.files.folder('/srv/other')
    await it.service.request(id, asked)
    await quiet(it)
    await it.service.request(id, { ...asked, destination: { ...aDestination, folder: '/srv/other' } })
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.deliveries.rows().map(row => row.state)).toEqual(['cancelled', 'delivered'])
    expect(it.files.below('/srv/other').get('/srv/other/x.txt')?.toString('latin1')).toBe(sae)
  })
})

describe('trying again', () => {
  async function stuck(options: { readonly destination?: Destination } = {}) {
    const it = await room([served(sae, text)], { destination: { onConflict: 'fail' } })
    it.files.put(`${folder}/x.txt`, 'old')
    await it.service.request(id, { ...asked, ...options })
    const delivery = await quiet(it)
    expect(delivery.state).toBe('conflict')
    const definition = await it.world.definitions.find(delivery.definitionId)
    if (!definition) throw new Error('The definition is there')
    Object.assign(definition, { destination: { ...delivery.destination, onConflict: 'keep-both' } })
    return { ...it, delivery }
  }

  it('delivers to where its definition does now', async () => {
    const it = await stuck()
    await it.service.retry(it.delivery.id)
    expect((await quiet(it)).state).toBe('delivered')
    expect(it.deliveries.rows().map(row => row.state)).toEqual(['cancelled', 'delivered'])
    expect(Object.keys(visible(it)).sort()).toEqual(['x (2).txt', 'x.txt'])
  })

  it('stays with the destination that was named for this delivery alone', async () => {
    const it = await stuck({ destination: { ...aDestination, onConflict: 'fail', marker: 'ready' } })
    await it.service.retry(it.delivery.id)
    expect((await quiet(it)).state).toBe('conflict')
    await it.files.remove(`${folder}/x.txt`)
    await it.service.retry(it.delivery.id)
    expect((await quiet(it)).id).toBe(it.delivery.id)
    expect(Object.keys(visible(it)).sort()).toEqual(['ready', 'x.txt'])
  })
})

describe('before anything is started', () => {
  it('a destination is tried without leaving a trace', async () => {
    const refusing = memoryFiles({ volumeOf: path => (path.startsWith(folder) ? 'share' : 'disk') })
    const it = await room([], { files: refusing })
    await it.service.checkDestination(aDestination)
    expect([...refusing.below('/srv').keys()]).toEqual([])
    expect(await refusing.look(`${folder}/.extract-desk-p1`)).toBeNull()
    await expect(it.service.checkDestination({ ...aDestination, folder: '/nowhere' })).rejects.toThrow(
      'folder-missing',
    )
    await expect(it.service.checkDestination({ ...aDestination, name: '{nothing}' })).rejects.toThrow(
      'name-invalid',
    )
    const closed = await room([], {
      through: files => ({
        ...files,
        makeFolder: async () => {
          throw Object.assign(new Error('no'), { code: 'EROFS' })
        },
      }),
    })
    await expect(closed.service.checkDestination(aDestination)).rejects.toThrow('folder-not-writable')
  })
})
