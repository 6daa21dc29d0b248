import { expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { createStarter } from '../../../main/core/jobs/start.ts'
import { addMillis, hours, minutes } from '../../../main/core/time.ts'
import { systemTime } from '../../fakes/fake-system.ts'
import { aDestination, jobsWorld, whileTimePasses } from '../../fakes/jobs-world.ts'

test('a lost start, where our clock is two hours behind: never said to be nothing, and never started twice', async () => {
  const { world, system, clock, lists, definition, jobs } = jobsWorld({ severalAtOnce: true })
  const starter = createStarter(world, lists, async () => null)
  const wanted = { by: 'anna', destination: aDestination }
  const request = { by: 'anna', again: true, join: true, wanted }
  const run = () => whileTimePasses(clock, starter.start(definition, request))
  const ahead = () => systemTime(addMillis(clock.now(), hours(2)))
  system.nextStart(usual => {
    const { id } = usual()
    system.set(id, 'completed', { startedAt: ahead(), endedAt: ahead() })
    throw new AppError('connection-cut', { facts: { sent: true } })
  })
  await expect(run()).rejects.toMatchObject({ code: 'start-unknown' })
  for (let n = 0; n < 30; n++) {
    await clock.advance(minutes(10))
    await lists.ask(definition)
    await expect(run()).rejects.toMatchObject({ code: 'start-unknown' })
  }
  expect(jobs.rows().map(job => job.state)).toEqual(['start-unknown', 'completed'])
  expect(system.starts()).toBe(1)
})
