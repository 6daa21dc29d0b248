import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { minutes } from '../../../main/core/time.ts'
import { served } from '../../fakes/deliveries-world.ts'
import { asked, folder, id, quiet, room, sae, visible } from '../../fakes/delivery-room.ts'

describe('while everything is paused', () => {
  it('nothing new is delivered, until it goes on', async () => {
    let paused = true
    const it = await room([served(sae)], { paused: () => paused, destination: { name: '{jobId}.txt' } })
    await it.service.request(id, asked)
    await it.clock.advance(minutes(5))
    expect(it.server.asked).toEqual([])
    expect(visible(it)).toEqual({})
    expect(it.deliveries.rows()).toMatchObject([{ state: 'waiting', attempts: 0 }])
    paused = false
    it.world.events.publish({ kind: 'settings-changed' })
    expect((await quiet(it)).state).toBe('delivered')
  })

  it('what a job wants gets no delivery, and what failed is not tried again', async () => {
    let paused = false
    const it = await room([served(sae)], {
      paused: () => paused,
      job: { wanted: { by: 'watch', destination: null } },
    })
    it.server.refusals.push(new AppError('offline'))
    it.runner.kick()
    await quiet(it)
    paused = true
    await it.clock.advance(minutes(60))
    expect(it.deliveries.rows()).toMatchObject([{ state: 'waiting', attempts: 1 }])

    const fresh = await room([served(sae)], {
      paused: () => true,
      job: { wanted: { by: 'watch', destination: null } },
    })
    fresh.runner.kick()
    await fresh.clock.advance(minutes(5))
    expect(fresh.deliveries.rows()).toEqual([])
  })

  it('a group whose publishing has begun is finished', async () => {
    let paused = false
    let reachable = false
    const it = await room([served(sae), served(sae)], {
      paused: () => paused,
      destination: { name: '{n}.txt' },
      through: files => ({
        ...files,
        async link(from, to) {
          if (to === `${folder}/2.txt` && !reachable)
            throw Object.assign(new Error('gone'), { code: 'ENETUNREACH' })
          await files.link(from, to)
        },
      }),
    })
    await it.service.request(id, asked)
    await quiet(it)
    expect(Object.keys(visible(it))).toEqual(['1.txt'])
    paused = true
    reachable = true
    await it.clock.advance(minutes(5))
    expect((await quiet(it)).state).toBe('delivered')
    expect(Object.keys(visible(it)).sort()).toEqual(['1.txt', '2.txt'])
  })
})
