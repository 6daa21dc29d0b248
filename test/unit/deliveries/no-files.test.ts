import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { deliveriesRoom, deliveriesWorld, systemWithFiles } from '../../fakes/deliveries-world.ts'
import { fakeClock } from '../../fakes/fake-clock.ts'
import { fakeSession } from '../../fakes/jobs-world.ts'

/** A job whose files lie in a folder, and the folder is empty. */
async function delivered(allowEmpty: boolean, marker: string | null = null) {
  const clock = fakeClock()
  const around = await deliveriesWorld({ clock, destination: { allowEmpty, marker } })
  const system = {
    ...systemWithFiles(clock, around.server),
    files: async () => Promise.reject(new AppError('empty-extract', { facts: { files: 0 } })),
  }
  const world = {
    ...around.world,
    sessions: { with: async (_id: never, work: never) => (work as CallableFunction)(fakeSession, system) },
  } as typeof around.world
  const { runner, service } = deliveriesRoom({ world })
  const [job] = around.jobs.rows()
  if (!job) throw new Error('There is a job.')
  await service.request(job.id, { again: false, by: 'test' })
  await clock.advance(60_000)
  await runner.stopAndDrain()
  return { ...around, delivery: around.deliveries.rows()[0] }
}

describe('a job that made no files at all', () => {
  it('has finished empty', async () => {
    const { delivery } = await delivered(false)
    expect(delivery).toMatchObject({ state: 'finished-empty', error: { code: 'empty-extract' } })
  })

  it('is delivered with a warning where the destination accepts that, with its marker and receipt', async () => {
    const { delivery, files, receipts } = await delivered(true, '{jobId}.done')
    expect(delivery).toMatchObject({
      state: 'delivered-with-warnings',
      warnings: [{ code: 'empty-extract', facts: { files: 0 } }],
    })
    expect(receipts.rows()).toHaveLength(1)
    expect([...files.below('/srv/erp/in').keys()]).toEqual(['/srv/erp/in/gJ$12abc.done'])
  })
})
