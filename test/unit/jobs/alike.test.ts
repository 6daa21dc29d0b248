import { describe, expect, test } from 'vitest'
import { createStarter, type RunRequest } from '../../../main/core/jobs/start.ts'
import { minutes } from '../../../main/core/time.ts'
import { aDestination, jobsWorld, whileTimePasses } from '../../fakes/jobs-world.ts'

const wanted = { by: 'anna', destination: aDestination }
const request: RunRequest = { by: 'anna', again: true, join: true, wanted }

/** A definition that asks for October, and a system that starts jobs beside each other. */
function setUp() {
  const all = jobsWorld({ definition: { request: { asks: 'october' } }, severalAtOnce: true })
  const starter = createStarter(all.world, all.lists, async () => null)
  const run = (patch: Partial<RunRequest> = {}) =>
    whileTimePasses(all.clock, starter.start(all.definition, { ...request, ...patch }))
  return { ...all, run }
}

describe('an open job that asks for something else', () => {
  test('is not joined, and nothing is started beside it', async () => {
    const { run, system, jobs } = setUp()
    system.startElsewhere('SAE', { status: 'running', raw: { asked: 'september' } })
    const refused = { code: 'already-running', facts: { reason: 'asks-for-else' } }
    await expect(run()).rejects.toMatchObject(refused)
    // The row of the run ends as one that was not started, and not as one that joined: that names its job.
    expect(jobs.rows()).toMatchObject([
      { state: 'not-started', error: refused },
      { remoteId: 'R1', state: 'running', wanted: null },
    ])
    expect(jobs.rows()[0]?.error?.facts).not.toHaveProperty('jobId')
    // The journal knows of it now.
    await expect(run()).rejects.toMatchObject(refused)
    expect(system.starts()).toBe(0)
  })

  test('no longer stands in the way when it has ended', async () => {
    const { run, system, clock } = setUp()
    const { id } = system.startElsewhere('SAE', { status: 'running', raw: { asked: 'september' } })
    await expect(run()).rejects.toMatchObject({ code: 'already-running' })
    system.set(id, 'completed')
    await clock.advance(minutes(1))
    expect(await run()).toMatchObject({ joined: false, job: { remoteId: 'R2' } })
  })

  test('one that asks for the same is joined', async () => {
    const { run, system } = setUp()
    system.startElsewhere('SAE', { status: 'running', raw: { asked: 'october' } })
    expect(await run()).toMatchObject({ joined: true, job: { remoteId: 'R1' } })
    expect(system.starts()).toBe(0)
  })
})

test('what an earlier run has left is taken up only where it is what is wanted now', async () => {
  for (const [asked, joined] of [
    ['september', false],
    ['october', true],
  ] as const) {
    const { run, system, jobs } = setUp()
    const { id } = system.startElsewhere('SAE', { status: 'completed', raw: { asked } })
    const left = async () => jobs.rows().find(row => row.remoteId === id) ?? null
    expect((await run({ left })).joined).toBe(joined)
    expect(system.starts()).toBe(joined ? 0 : 1)
  }
})
