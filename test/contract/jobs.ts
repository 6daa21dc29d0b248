import { expect, test } from 'vitest'
import { isAppError } from '../../main/core/errors.ts'
import { remoteId } from '../../main/core/ids.ts'
import type { RemoteJob } from '../../main/core/systems/system.ts'
import { seconds } from '../../main/core/time.ts'
import { bench, isOpen, jobsOf } from './bench.ts'
import type { Subject } from './subject.ts'

/** What can be run, the list, and the life of a job. */
export function jobs(subject: Subject): void {
  test('definitions are the server’s or ours, never both', async () => {
    const { run, system, target } = await bench(subject)
    const listed = await run(session => system.definitions(session))
    if (system.capabilities.definitions === 'server') {
      expect(listed).toContainEqual({ id: target.id, name: target.name })
      expect(await run(session => system.definition(session, target.id))).toMatchObject({ id: target.id })
      expect(() => system.readRequest({})).toThrow(expect.objectContaining({ code: 'not-supported' }))
      return
    }
    expect(listed).toEqual([])
    await expect(run(session => system.definition(session, target.id))).rejects.toMatchObject({
      code: 'not-supported',
    })
    // What was read is read again to the same: it is kept as JSON.
    expect(system.readRequest(JSON.parse(JSON.stringify(target.request)))).toEqual(target.request)
    expect(() => system.readRequest(subject.unknownKey?.request)).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        facts: expect.objectContaining({ field: subject.unknownKey?.field }),
      }),
    )
  })

  test('a list has each job once, newest first, with what the details say', async () => {
    const { list, job } = await bench(subject)
    const { jobs: listed, complete } = await list()
    expect(complete).toBe(true)
    expect(new Set(listed.map(({ id }) => id)).size).toBe(listed.length)
    const times = listed.flatMap(({ startedAt }) => startedAt?.at ?? [])
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(listed.length).toBeGreaterThan(2)
    for (const one of listed.slice(0, 3)) {
      const { id, status, hasFiles, startedAt } = await job(one)
      expect({ id, status, hasFiles, startedAt: Math.trunc((startedAt?.at ?? 0) / 1000) }).toEqual({
        id: one.id,
        status: one.status,
        hasFiles: one.hasFiles,
        startedAt: Math.trunc((one.startedAt?.at ?? 0) / 1000),
      })
    }
  })

  test('a start is one request, and the list shows the job, under its definition where it can tell', async () => {
    const { list, practice, start, system, target, other } = await bench(subject)
    const before = (await list()).jobs.map(({ id }) => id)
    const started = await start()
    expect(isOpen(started)).toBe(true)
    const fresh = (await list()).jobs.filter(({ id }) => !before.includes(id))
    const owner = system.capabilities.listTellsStarts ? target.id : null
    expect(fresh.map(({ id, target }) => ({ id, target }))).toEqual([{ id: started.id, target: owner }])
    expect(other.id).not.toBe(target.id)
    expect(practice.requests.filter(subject.isStart)).toHaveLength(1)
    expect(subject.started(practice)).toBe(1)
  })

  test('a job goes on to its end and stays there', async () => {
    const { clock, job, start } = await bench(subject)
    const seen: RemoteJob[] = [await start()]
    while (seen.length < 60 && isOpen(seen.at(-1) as RemoteJob)) {
      await clock.advance(seconds(1) / 2)
      seen.push(await job(seen[0] as RemoteJob))
    }
    const order = ['submitted', 'queued', 'running', 'completed']
    const ranks = seen.map(({ status }) => order.indexOf(status))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toMatchObject({ status: 'completed', hasFiles: true })
    expect(seen.at(-1)?.rawStatus).not.toBe('')
    expect(seen.at(-1)?.endedAt?.at ?? 0).toBeGreaterThanOrEqual(seen.at(-1)?.startedAt?.at ?? 0)
  })

  test('the jobs that are waited for are told of, in a whole list or a part of one', async () => {
    const { clock, list, start } = await bench(subject)
    const { id } = await start()
    await list()
    const glance = () => list({ open: [id], since: clock.now(), complete: false })
    await glance()
    let told: string | undefined
    for (let tries = 0; tries < 30 && told !== 'completed'; tries += 1) {
      await clock.advance(seconds(1))
      told = (await glance()).jobs.find(one => one.id === id)?.status ?? told
    }
    expect(told).toBe('completed')
  })

  test('a job that fails says so', async () => {
    const { ended } = await bench(subject, 'failing-job')
    expect(await ended()).toMatchObject({ status: 'failed' })
  })

  test('a second start is another job or refused, and never the first one’s', async () => {
    const { practice, start } = await bench(subject)
    const first = await start()
    const second = await start().catch((error: unknown) => error)
    if (isAppError(second)) {
      expect(second).toMatchObject({ code: 'already-running' })
      expect(subject.started(practice)).toBe(1)
    } else {
      expect((second as RemoteJob).id).not.toBe(first.id)
      expect(subject.started(practice)).toBe(2)
    }
  })

  test('cancelling ends the job, or is said not to be possible before anything is sent', async () => {
    const { clock, job, practice, run, start, system, target } = await bench(subject, 'slow')
    const started = await start()
    await clock.advance(seconds(1))
    const before = practice.requests.length
    const cancelling = run(session => system.cancel(session, target, started.id))
    if (!system.capabilities.cancelJob) {
      await expect(cancelling).rejects.toMatchObject({ code: 'not-supported' })
      expect(practice.requests).toHaveLength(before)
      return
    }
    await cancelling
    expect(await job(started)).toMatchObject({ status: 'cancelled' })
  })

  test.each([
    ['lost-post-answer', 1],
    ['lost-post-nothing', 0],
  ] as const)('%s: the outcome is unknown, and only the list tells', async (scenario, really) => {
    const { list, practice, start, system, target } = await bench(subject, scenario)
    const before = jobsOf((await list()).jobs, target).map(({ id }) => id)
    const error = await start().catch((reason: unknown) => reason)
    expect(error).toMatchObject({ facts: { sent: true } })
    expect(isAppError(error, 'connection-cut', 'connection-failed', 'timed-out', 'server-error')).toBe(true)
    expect(practice.requests.filter(subject.isStart)).toHaveLength(1)
    expect(subject.started(practice)).toBe(really)
    if (!system.capabilities.listTellsStarts) return
    const fresh = jobsOf((await list()).jobs, target).filter(({ id }) => !before.includes(id))
    expect(fresh).toHaveLength(really)
  })

  test('a job that does not exist is not found', async () => {
    const { job } = await bench(subject)
    await expect(job({ id: remoteId('999999') })).rejects.toMatchObject({ code: 'not-found' })
  })

  test.each([
    ['maintenance', ['maintenance']],
    ['no-answer', ['timed-out']],
    ['rate-limited', ['rate-limited', 'server-error', 'maintenance']],
  ] as const)(
    '%s: said in a code that is tried again, and nothing is held against the sign-in',
    async (scenario, codes) => {
      const { list, practice, repository, id } = await bench(subject)
      practice.scenario(scenario, subject.name)
      const error = await list().catch((reason: unknown) => reason)
      expect(isAppError(error, ...codes), String(error)).toBe(true)
      practice.scenario('normal', subject.name)
      expect((await list()).complete).toBe(true)
      expect((await repository.find(id))?.signIn.state).toBe('ok')
    },
  )
}
