import { describe, expect, test } from 'vitest'
import { targetOf } from '../../../main/core/definitions/target.ts'
import { remoteId } from '../../../main/core/ids.ts'
import { createLists } from '../../../main/core/jobs/lists.ts'
import { recoverStarts } from '../../../main/core/jobs/settle.ts'
import { createStarter } from '../../../main/core/jobs/start.ts'
import { seconds } from '../../../main/core/time.ts'
import { fakeSession, jobsWorld, whileTimePasses } from '../../fakes/jobs-world.ts'
import { mortal } from '../../fakes/mortal.ts'

/** A process that was killed while its request is on its way, and whose lease another one has taken over at once. */
async function killedWhileSending() {
  const all = jobsWorld({ severalAtOnce: true })
  const { clock, system, definition, jobs } = all
  const doomed = mortal(all.world, Number.POSITIVE_INFINITY, 'before')
  system.nextStart(() => new Promise(() => {}))
  const run = createStarter(doomed.world, createLists(doomed.world), async () => null)
  run.start(definition, { by: 'anna', again: false, join: true, wanted: null }).catch(() => {})
  await clock.advance(seconds(1))
  doomed.kill()
  all.leases.clear()
  expect(jobs.rows()).toMatchObject([{ state: 'starting' }])
  const recovering = recoverStarts(all.world, createLists(all.world))
  return { ...all, recovering }
}

describe('a start whose process was killed', () => {
  test('is told by the list at once, where that shows it', async () => {
    const { clock, system, definition, jobs, recovering } = await killedWhileSending()
    await system.start(fakeSession, targetOf(definition))
    await clock.advance(seconds(6))
    await recovering
    expect(jobs.rows()).toMatchObject([{ state: 'queued', remoteId: remoteId('R1') }])
  })

  test('is none only when a request could not be on its way any more', async () => {
    const { clock, system, definition, jobs, recovering } = await killedWhileSending()
    await clock.advance(seconds(50))
    expect(jobs.rows()).toMatchObject([{ state: 'starting' }])
    // It arrives so late, and the last look is later.
    await system.start(fakeSession, targetOf(definition))
    await whileTimePasses(clock, recovering)
    expect(jobs.rows()).toMatchObject([{ state: 'queued', remoteId: remoteId('R1') }])
  })

  test('that came to nothing is not started a minute after it was sent', async () => {
    const { clock, jobs, recovering } = await killedWhileSending()
    await clock.advance(seconds(61))
    await recovering
    expect(jobs.rows()).toMatchObject([{ state: 'not-started', remoteId: null }])
  })
})
