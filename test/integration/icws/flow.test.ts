import { describe, expect, test } from 'vitest'
import { connectionId, remoteId } from '../../../main/core/ids.ts'
import { readText } from '../../../main/core/systems/answer.ts'
import { hours, seconds } from '../../../main/core/time.ts'
import { bench } from '../../contract/bench.ts'
import { icwsSubject } from '../../contract/subjects/icws.ts'
import { practiceComputer } from '../concur/computer.ts'

/* The practice server over HTTP; what is the same for every system is in test/contract. */

const pathsOf = (it: Awaited<ReturnType<typeof bench>>) =>
  it.practice.requests.map(({ method, path }) => `${method} ${path.replace(/\/icws\/\d+/, '')}`)

const typedFor = ({ connection, practice }: Awaited<ReturnType<typeof practiceComputer>>) =>
  connection(icwsSubject.connection(practice))

describe('a session', () => {
  test('[icws:2.2.503] lives on the host that took it', async () => {
    const it = await practiceComputer()
    it.practice.icws.behave({ accepts: ['localhost'] })
    const { service, sessions } = it.start()
    const added = await service.add(typedFor(it))
    const id = connectionId(added.id)
    expect(await it.repository.find(id)).toMatchObject({ origin: it.practice.icws.otherUrl })
    await sessions.with(id, (session, system) => system.probe(session))
    expect(
      it.practice.requests.map(({ headers, status }) => `${headers.host?.split(':')[0]} ${status}`),
    ).toEqual(['127.0.0.1 503', 'localhost 201', 'localhost 200', 'localhost 200'])
    expect(added.url).toBe(it.practice.icws.url)
  })

  test('[icws:2.2.one-host] is made anew on the other host when its server hands over in the middle', async () => {
    const it = await bench(icwsSubject)
    await it.list()
    it.practice.icws.behave({ accepts: ['localhost'] })
    it.practice.icws.forgetSessions()
    expect((await it.list()).complete).toBe(true)
    expect((await it.repository.find(it.id))?.origin).toBe(it.practice.icws.otherUrl)
  })

  test('[icws:2.2.idle] that ended while nobody looked is made anew, once', async () => {
    const it = await bench(icwsSubject)
    it.practice.icws.forgetSessions()
    await it.clock.advance(hours(9))
    expect((await it.list()).complete).toBe(true)
    expect(pathsOf(it).filter(path => path.startsWith('POST /icws/connection'))).toHaveLength(2)
    expect(it.practice.requests.filter(({ status }) => status === 401)).toHaveLength(1)
  })

  test('[icws:2.2.delete] is ended at the end of the process, and none is left behind', async () => {
    const it = await bench(icwsSubject)
    await it.list()
    expect(it.practice.icws.sessions()).toBe(1)
    await it.sessions.close()
    expect(it.practice.icws.sessions()).toBe(0)
  })

  test('[icws:2.2.feature] [icws:2.3.right] [icws:2.1.licence] what the server or the account lacks is said, and no session is left', async () => {
    for (const [habits, missing] of [
      [{ features: 'without-extractor' }, 'data-extractor-feature'],
      [{ licence: false }, 'icws-licence'],
      [{ right: false }, 'data-extractor-right'],
    ] as const) {
      const it = await practiceComputer()
      it.practice.icws.behave(habits)
      const { service, sessions } = it.start()
      await expect(service.add(typedFor(it))).rejects.toMatchObject({
        code: 'permission-missing',
        facts: { missing },
      })
      await sessions.close()
      expect(it.practice.icws.sessions()).toBe(0)
      expect(await it.repository.all()).toEqual([])
    }
  })

  test('[icws:2.2.password-days] says when its password ends', async () => {
    const it = await practiceComputer()
    it.practice.icws.behave({ passwordDays: 12 })
    const { signIn } = await it.start().service.add(typedFor(it))
    expect(((signIn.expiresAt ?? 0) - it.clock.now()) / hours(24)).toBeCloseTo(12, 0)
  })
})

describe('jobs', () => {
  test('[icws:2.3.paging] all that the server has, in pages', async () => {
    const it = await bench(icwsSubject)
    const { jobs } = await it.list()
    expect(jobs.length).toBeGreaterThan(30)
    expect(pathsOf(it).filter(path => path.includes('fromJobId='))).toHaveLength(1)
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(['completed', 'failed', 'cancelled']))
    expect(jobs.find(({ status }) => status === 'failed')?.said).toBe('The database did not answer in time.')
    expect(jobs.find(({ status }) => status === 'cancelled')?.endedBy).toBe('ops.admin')
  })

  test('[icws:2.3.message] are followed by messages, and asked for only when they begin', async () => {
    const it = await bench(icwsSubject)
    const { id } = await it.start()
    await it.list()
    const told: string[] = []
    for (let n = 0; n < 12; n += 1) {
      const { jobs, complete } = await it.list({ open: [id], since: it.clock.now(), complete: false })
      expect(complete).toBe(false)
      told.push(...jobs.map(({ status }) => status))
      await it.clock.advance(seconds(1))
    }
    expect([...new Set(told)]).toEqual(
      ['submitted', 'queued', 'running', 'completed'].filter(one => told.includes(one)),
    )
    expect(told.at(-1)).toBe('completed')
    const asked = pathsOf(it)
    expect(asked.filter(path => path === `GET /data-extractor/jobs/${id}`)).toHaveLength(1)
    expect(asked.filter(path => path === 'GET /messaging/messages').length).toBeGreaterThan(9)
  })

  test('a server without messages about jobs is asked', async () => {
    const it = await bench(icwsSubject)
    it.practice.icws.behave({ messages: false })
    const { id } = await it.start()
    for (let n = 0; n < 9; n += 1) {
      await it.clock.advance(seconds(1))
      await it.list({ open: [id], since: it.clock.now(), complete: false })
    }
    const { jobs } = await it.list({ open: [id], since: it.clock.now(), complete: false })
    expect(jobs).toMatchObject([{ id, status: 'completed', target: it.target.id }])
    expect(pathsOf(it)).not.toContain('GET /messaging/messages')
  })

  test('[icws:2.3.state-optional] [icws:2.3.times-optional] with nothing that is optional: unknown, and still ours', async () => {
    const it = await bench(icwsSubject)
    const { id } = await it.start(it.other)
    it.practice.icws.behave({ sparse: true })
    const { jobs } = await it.list()
    expect(jobs.find(job => job.id === id)).toMatchObject({
      status: 'unknown',
      startedAt: null,
      target: it.other.id,
    })
  })

  test('[icws:2.3.cancel] an ended one cannot be cancelled: the server says so', async () => {
    const it = await bench(icwsSubject)
    const over = await it.ended()
    const cancelling = it.run(session => it.system.cancel(session, it.target, over.id))
    await expect(cancelling).rejects.toMatchObject({
      code: 'request-refused',
      said: 'The job has already ended.',
    })
  })

  test('[icws:2.3.410] the resource is gone: nothing is started', async () => {
    const it = await bench(icwsSubject)
    it.practice.icws.behave({ removed: true })
    await expect(it.start()).rejects.toMatchObject({ code: 'not-supported', facts: { status: 410 } })
    expect(it.practice.icws.started()).toBe(0)
  })

  test('an earlier job is run again with its very time range', async () => {
    const it = await bench(icwsSubject)
    const [old] = (await it.list()).jobs.filter(({ raw }) => raw.name === 'Queues and agents')
    const request = old && it.system.requestOf(old)
    if (!request) throw new Error('There is an earlier job.')
    expect(it.system.readRequest(request)).toMatchObject({ startTimeFilter: '2026-08-01T00:00:00.000Z' })
    const again = { id: remoteId('again'), name: 'again', request }
    const { id } = await it.start(again)
    const { jobs } = await it.list({ targets: [again] })
    expect(jobs.find(job => job.id === id)?.target).toBe('again')
  })
})

describe('files', () => {
  test('[icws:2.3.folder-unconfirmed] that still grow when the job says that it has finished are waited for', async () => {
    const it = await bench(icwsSubject, 'truncated-download')
    const job = await it.ended()
    expect(job.status).toBe('completed')
    let over = false
    const listing = it.sessions
      .with(it.id, session => it.system.files(session, it.target, job))
      .finally(() => {
        over = true
      })
    const began = it.clock.now()
    while (!over) {
      await it.clock.advance(seconds(1) / 4)
      it.practice.icws.write()
      await new Promise(resolve => setImmediate(resolve))
    }
    const [file] = (await listing).files
    if (!file) throw new Error('There is a file.')
    expect(it.clock.now() - began).toBeGreaterThan(seconds(3))
    const text = await it.run(async session =>
      readText(await it.system.open(session, it.target, job.id, file, null), 1_000_000),
    )
    expect(text.split('\r\n')).toHaveLength(122)
  })

  test('without a map are not reached, and that is said', async () => {
    const it = await bench(icwsSubject)
    const job = await it.ended()
    await it.service.mapFolders(it.id, [])
    const listing = it.run(session => it.system.files(session, it.target, job))
    await expect(listing).rejects.toMatchObject({ code: 'source-unreachable', facts: { reason: 'no-map' } })
  })
})
