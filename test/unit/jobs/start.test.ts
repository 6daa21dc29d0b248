import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { remoteId } from '../../../main/core/ids.ts'
import { type AgainCheck, createStarter, type RunRequest } from '../../../main/core/jobs/start.ts'
import { addMillis, hours, minutes, seconds } from '../../../main/core/time.ts'
import { lostAfter, lostBefore, systemTime } from '../../fakes/fake-system.ts'
import {
  aDestination,
  fakeSession,
  jobsWorld,
  type Setting,
  whileTimePasses,
} from '../../fakes/jobs-world.ts'

const wanted = { by: 'anna', destination: aDestination }
const request: RunRequest = { by: 'anna', again: false, join: true, wanted }
const never: AgainCheck = async () => null

function setUp(setting: Setting = {}, again: AgainCheck = never) {
  const all = jobsWorld(setting)
  const starter = createStarter(all.world, all.lists, again)
  const run = (patch: Partial<RunRequest> = {}) =>
    whileTimePasses(all.clock, starter.start(all.definition, { ...request, ...patch }))
  const states = () => all.jobs.rows().map(job => job.state)
  return { ...all, run, states }
}

describe('a start', () => {
  test('is journalled before it is sent, and known by its answer', async () => {
    const { run, system, jobs, published } = setUp()
    const { job, joined } = await run()
    expect(joined).toBe(false)
    expect(job).toMatchObject({ state: 'queued', remoteId: 'R1', origin: 'here', startedBy: 'anna', wanted })
    expect(system.calls).toEqual(['jobs SAE', 'start SAE'])
    expect(jobs.journal).toEqual([
      'new → intent: asked for by anna',
      'intent → starting: about to be sent',
      'starting → queued: the system answered',
    ])
    expect(published.filter(event => event.kind === 'job-changed')).toHaveLength(3)
    expect(jobs.rows()[0]).toEqual(job)
    const [asked, ...more] = job.startExchanges?.recorded ?? []
    expect(asked).toMatchObject({ method: 'POST', answer: { status: 201 } })
    expect(more).toEqual([])
  })

  test('remembers what the list showed just before it', async () => {
    const { run, system } = setUp()
    system.startElsewhere('SAE', { status: 'completed' })
    const { job } = await run()
    expect(job.listedBefore).toEqual(['R1'])
    expect(job.remoteId).toBe('R2')
  })

  test('that the system refuses is not started, and says why', async () => {
    const { run, system, jobs, states } = setUp()
    system.nextStart(() => {
      throw new AppError('permission-missing', { facts: { status: 403 } })
    })
    await expect(run()).rejects.toMatchObject({ code: 'permission-missing' })
    expect(states()).toEqual(['not-started'])
    expect(jobs.rows()[0]?.error?.code).toBe('permission-missing')
    expect(system.calls).toEqual(['jobs SAE', 'start SAE'])
  })

  test('sends nothing where the list cannot be had', async () => {
    const { run, system, states } = setUp()
    system.nextJobs(() => {
      throw new AppError('offline', { facts: { sent: false } })
    })
    await expect(run()).rejects.toMatchObject({ code: 'offline' })
    expect(system.calls).toEqual(['jobs SAE'])
    expect(states()).toEqual(['not-started'])
  })

  test('of a connection that waits for its sign-in sends nothing', async () => {
    const { world, lists, clock, definition, system, jobs } = jobsWorld()
    const sessions = {
      with: async () => {
        throw new AppError('sign-in-waiting')
      },
    }
    const starter = createStarter({ ...world, sessions }, lists, never)
    await expect(whileTimePasses(clock, starter.start(definition, request))).rejects.toMatchObject({
      code: 'sign-in-waiting',
    })
    expect(system.starts()).toBe(0)
    expect(jobs.rows()[0]).toMatchObject({ state: 'not-started', sentAt: null })
  })
})

describe('a run joins', () => {
  test('what runs here, and wants its files', async () => {
    const { run, system } = setUp()
    const first = await run({ wanted: null })
    const second = await run()
    expect(second).toMatchObject({ joined: true, job: { id: first.job.id, wanted } })
    expect(system.starts()).toBe(1)
  })

  test('what somebody else started, also where it was found only now', async () => {
    const { run, system, states } = setUp()
    system.startElsewhere('SAE', { status: 'running', rawStatus: 'Running' })
    const { job, joined } = await run()
    expect(joined).toBe(true)
    expect(job).toMatchObject({ remoteId: 'R1', origin: 'elsewhere', startedBy: null, wanted })
    expect(system.calls).toEqual(['jobs SAE'])
    expect(states()).toEqual(['not-started', 'running'])
  })

  test('not what the journal has as running and the system has ended', async () => {
    const { run, system, clock } = setUp()
    const first = await run()
    system.set(remoteId('R1'), 'completed')
    await clock.advance(minutes(1))
    const second = await run()
    expect(second).toMatchObject({ joined: false, job: { remoteId: 'R2' } })
    expect(second.job.id).not.toBe(first.job.id)
  })

  test('what the journal has as running where the system cannot be asked', async () => {
    const { run, system, clock } = setUp()
    const first = await run()
    await clock.advance(minutes(1))
    system.nextJobs(() => {
      throw new AppError('offline')
    })
    expect(await run()).toMatchObject({ joined: true, job: { id: first.job.id } })
    expect(system.starts()).toBe(1)
  })

  test('the job behind a 409 that the list before did not show yet', async () => {
    const { run, system } = setUp()
    system.nextStart(() => {
      system.startElsewhere('SAE')
      throw new AppError('already-running')
    })
    const { job, joined } = await run()
    expect(joined).toBe(true)
    expect(job).toMatchObject({ remoteId: 'R1', state: 'queued', origin: 'elsewhere', wanted })
  })

  test('nothing where a 409 comes without a job in the list', async () => {
    const { run, system, states } = setUp()
    system.nextStart(() => {
      throw new AppError('already-running')
    })
    await expect(run()).rejects.toMatchObject({ code: 'already-running', facts: {} })
    expect(states()).toEqual(['not-started'])
    expect(system.calls.filter(call => call.startsWith('start'))).toHaveLength(1)
  })

  test('nothing where joining was not asked for', async () => {
    const { run, system, jobs } = setUp()
    await run()
    const open = jobs.rows()[0]
    await expect(run({ join: false })).rejects.toMatchObject({
      code: 'already-running',
      facts: { jobId: open?.id },
    })
    expect(system.starts()).toBe(1)
  })

  test('waits for a start that another process is at, and joins what came of it', async () => {
    const { run, world, clock, system, definition, jobs } = setUp()
    const lease = await world.leases.take(`start:${definition.id}`)
    const waiting = run()
    await clock.advance(seconds(30))
    expect(jobs.rows()).toEqual([])
    system.startElsewhere('SAE')
    await lease?.release()
    expect(await waiting).toMatchObject({ joined: true, job: { remoteId: 'R1' } })
    expect(system.starts()).toBe(0)
  })

  test('gives up where another process is at it for too long, and has sent nothing', async () => {
    const { run, world, system, definition } = setUp()
    await world.leases.take(`start:${definition.id}`)
    await expect(run()).rejects.toMatchObject({ code: 'already-running' })
    expect(system.calls).toEqual([])
  })
})

describe('the second step', () => {
  const recently: AgainCheck = async () => 'recent-run'

  test('stops a run before anything is journalled or asked', async () => {
    const { run, system, jobs } = setUp({}, recently)
    await expect(run()).rejects.toMatchObject({ code: 'again-needed', facts: { reason: 'recent-run' } })
    expect(system.calls).toEqual([])
    expect(jobs.rows()).toEqual([])
  })

  test('is asked for where only the list tells of the other run', async () => {
    let asked = 0
    const { run, system, states } = setUp({}, async () => (asked++ === 0 ? null : 'unsaved-run'))
    system.startElsewhere('SAE', { status: 'completed' })
    await expect(run()).rejects.toMatchObject({
      code: 'again-needed',
      facts: { reason: 'unsaved-run', jobId: 'job-2' },
    })
    expect(system.starts()).toBe(0)
    expect(states()).toEqual(['not-started', 'completed'])
  })

  test('taken, lets it start, but never beside an open job', async () => {
    const { run, system } = setUp({}, recently)
    await run({ again: true })
    expect(await run({ again: true })).toMatchObject({ joined: true })
    expect(system.starts()).toBe(1)
  })
})

describe('a lost answer', () => {
  test('of a start that happened: the list shows it, and it is ours', async () => {
    const { run, system, jobs } = setUp()
    system.nextStart(lostAfter())
    const { job, joined } = await run()
    expect(joined).toBe(false)
    expect(job).toMatchObject({ remoteId: 'R1', state: 'queued', origin: 'here', error: null, wanted })
    expect(jobs.journal.at(-1)).toBe('starting → queued: the list shows it')
    expect(system.calls).toEqual(['jobs SAE', 'start SAE', 'jobs SAE'])
  })

  test('of a start that did not: asked three times over 30 s, then not started, and never sent again', async () => {
    const { run, system, clock, states } = setUp()
    system.nextStart(lostBefore())
    const begun = clock.now()
    await expect(run()).rejects.toMatchObject({ code: 'timed-out' })
    expect(clock.now() - begun).toBeGreaterThanOrEqual(seconds(30))
    expect(states()).toEqual(['not-started'])
    await clock.advance(hours(2))
    expect(system.calls).toEqual(['jobs SAE', 'start SAE', 'jobs SAE', 'jobs SAE', 'jobs SAE'])
    expect(clock.pending()).toBe(0)
  })

  test('leaves in the row what was asked, and that no answer came', async () => {
    const { run, system, jobs } = setUp()
    system.nextStart(lostAfter())
    const { job } = await run()
    const [asked] = job.startExchanges?.recorded ?? []
    expect(asked).toMatchObject({ method: 'POST', answer: { status: 201 } })
    expect(jobs.rows()[0]?.startExchanges).toEqual(job.startExchanges)
  })

  test('that the list shows only at the third time', async () => {
    const { run, system } = setUp()
    system.nextStart(lostAfter())
    system.nextJobs(usual => usual())
    system.nextJobs(() => [])
    system.nextJobs(() => {
      throw new AppError('server-error')
    })
    expect(await run()).toMatchObject({ job: { remoteId: 'R1', state: 'queued' } })
  })

  test('where the list cannot tell: unknown, and nothing is started beside it', async () => {
    const { run, system, published, states } = setUp({ system: { listTellsStarts: false } })
    system.nextStart(lostBefore())
    await expect(run()).rejects.toMatchObject({ code: 'start-unknown', facts: { jobId: 'job-1' } })
    await expect(run({ again: true })).rejects.toMatchObject({ code: 'start-unknown' })
    expect(states()).toEqual(['start-unknown'])
    expect(system.calls.filter(call => call.startsWith('start'))).toHaveLength(1)
    expect(published).toContainEqual({ kind: 'needs-you', need: 'start-unknown', subjectId: 'job-1' })
  })

  test('where the last list cannot be had: unknown, until a later list tells', async () => {
    const { run, system, states, lists, definition, clock, jobs } = setUp()
    system.nextStart(lostAfter())
    for (let n = 0; n < 4; n++) {
      system.nextJobs(usual => {
        if (n === 0) return usual()
        throw new AppError('offline')
      })
    }
    await expect(run()).rejects.toMatchObject({ code: 'start-unknown' })
    await clock.advance(minutes(5))
    await lists.ask(definition)
    expect(states()).toEqual(['queued'])
    expect(jobs.rows()[0]).toMatchObject({ remoteId: 'R1', origin: 'here', error: null })
  })

  test('where two new jobs are listed: nobody can say which one is ours, however often it is asked', async () => {
    const { run, system, states, clock, lists, definition } = setUp()
    system.nextStart(() => {
      system.startElsewhere('SAE', { status: 'completed' })
      system.startElsewhere('SAE')
      throw new AppError('connection-cut', { facts: { sent: true } })
    })
    await expect(run()).rejects.toMatchObject({ code: 'start-unknown' })
    expect(states()).toEqual(['start-unknown'])
    await clock.advance(minutes(10))
    await lists.ask(definition)
    expect(states()).toEqual(['start-unknown', 'completed', 'queued'])
  })

  test('is not explained by a job that was started long before', async () => {
    const { run, system, clock, states } = setUp()
    system.nextStart(() => {
      system.startElsewhere('SAE', {
        status: 'completed',
        startedAt: systemTime(addMillis(clock.now(), -hours(3))),
      })
      throw new AppError('connection-cut', { facts: { sent: true } })
    })
    await expect(run()).rejects.toMatchObject({ code: 'start-unknown' })
    expect(states()[0]).toBe('start-unknown')
  })

  test('an error that proves nothing was sent needs no settling', async () => {
    const { run, system, states } = setUp()
    system.nextStart(() => {
      throw new AppError('connection-failed', { facts: { sent: false } })
    })
    await expect(run()).rejects.toMatchObject({ code: 'connection-failed' })
    expect(system.calls).toEqual(['jobs SAE', 'start SAE'])
    expect(states()).toEqual(['not-started'])
  })

  test('a fault of ours after the request is treated as a lost answer', async () => {
    const { run, system } = setUp()
    system.nextStart(usual => {
      usual()
      throw new TypeError('a bug while reading the answer')
    })
    expect(await run()).toMatchObject({ job: { remoteId: 'R1', state: 'queued' } })
    expect(system.starts()).toBe(1)
  })
})

describe('a session that has ended', () => {
  test('is no lost answer: signed in again, the start is sent once more', async () => {
    const { world, lists, clock, definition, system, jobs } = jobsWorld()
    const sessions: typeof world.sessions = {
      async with(id, work) {
        try {
          return await world.sessions.with(id, work)
        } catch (error) {
          if (error instanceof AppError && error.code === 'session-expired')
            return world.sessions.with(id, work)
          throw error
        }
      },
    }
    system.nextStart(() => {
      throw new AppError('session-expired')
    })
    const starter = createStarter({ ...world, sessions }, lists, never)
    const { job } = await whileTimePasses(clock, starter.start(definition, request))
    expect(job).toMatchObject({ remoteId: 'R1', state: 'queued' })
    expect(system.starts()).toBe(1)
    expect(jobs.journal).toContain('starting → intent: the session had ended')
  })
})

describe('the last look before the wire', () => {
  test.each([
    ['the lease was lost', (abort: AbortController) => void abort.abort(), seconds(0)],
    ['the process stood still since it was journalled', () => {}, seconds(11)],
  ])('%s: nothing is sent', async (_, lose, stoodStill) => {
    const { world, lists, clock, definition, system, jobs } = jobsWorld()
    const lost = new AbortController()
    const starter = createStarter(
      {
        ...world,
        leases: { take: async () => ({ lost: lost.signal, release: async () => {} }) },
        jobs: {
          ...jobs,
          async save(changes) {
            await jobs.save(changes)
            if (changes[0]?.job.state !== 'starting') return
            lose(lost)
            clock.set(addMillis(clock.now(), stoodStill))
          },
        },
        sessions: {
          with: (_id, work) => {
            const http = {
              send: () => {
                throw new Error('something was sent')
              },
            }
            return work({ ...fakeSession, http }, system)
          },
        },
      },
      lists,
      never,
    )
    await expect(whileTimePasses(clock, starter.start(definition, request))).rejects.toMatchObject({
      code: 'cancelled',
      facts: { sent: false },
    })
    expect(system.starts()).toBe(0)
    expect(jobs.rows()[0]).toMatchObject({ state: 'not-started' })
  })
})
