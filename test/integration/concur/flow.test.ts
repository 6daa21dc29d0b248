import { describe, expect, test } from 'vitest'
import type { Sessions } from '../../../main/core/connections/types.ts'
import { type ConnectionId, connectionId } from '../../../main/core/ids.ts'
import { readText } from '../../../main/core/systems/answer.ts'
import type { RemoteJob, Session, System } from '../../../main/core/systems/system.ts'
import { hours, seconds } from '../../../main/core/time.ts'
import type { ConcurAuth } from '../../../main/practice/index.ts'
import { listOf, served } from '../../fakes/targets.ts'
import { practiceComputer } from './computer.ts'

const jobPath = /^\/api\/expense\/extract\/v1\.0\/[^/]+\/job$/

async function connected(options: Parameters<typeof practiceComputer>[0] = {}) {
  const it = await practiceComputer(options)
  const { service, sessions } = it.start()
  const id = connectionId((await service.add(it.connection())).id)
  const run = <T>(work: (session: Session, system: System) => Promise<T>) => sessions.with(id, work)
  return { ...it, service, sessions, id, run }
}

const firstDefinition = async (
  sessions: Sessions,
  id: ConnectionId,
  name = 'Standard Accounting Extract',
) => {
  const all = await sessions.with(id, (session, system) => system.definitions(session))
  const found = all.find(definition => definition.name === name)
  if (!found) throw new Error(`The practice system has no ${name}.`)
  return found.id
}

describe('the whole way', () => {
  const kinds: readonly ConcurAuth[] = [
    'refresh-token',
    'company-request-token',
    'client-credentials',
    'password',
    'access-token',
  ]
  test.each(kinds)('signed in with %s: definitions, jobs, start, status, file', async auth => {
    const { clock, connection, practice, start } = await practiceComputer()
    const { service, sessions } = start()
    const added = await service.add(connection({ auth, secrets: practice.concur.signIn[auth] }))
    expect(added.signIn.state).toBe('ok')
    const id = connectionId(added.id)
    const definition = await firstDefinition(sessions, id)
    const started = await sessions.with(id, (session, system) => system.start(session, served(definition)))
    expect(started).toMatchObject({ status: 'queued', rawStatus: 'Queued', hasFiles: false, endedAt: null })
    const ask = () =>
      sessions.with(id, (session, system) => system.job(session, served(definition), started.id))
    await clock.advance(seconds(2))
    expect(await ask()).toMatchObject({ status: 'running', hasFiles: false })
    await clock.advance(seconds(5))
    const ended = await ask()
    expect(ended).toMatchObject({ status: 'completed', rawStatus: 'Completed', hasFiles: true })
    const [listed] = (await sessions.with(id, (session, system) => system.jobs(session, listOf(definition))))
      .jobs
    expect(listed).toMatchObject({ id: started.id, status: 'completed', rawStatus: 'Complete' })
    const text = await sessions.with(id, async (session, system) => {
      const [file] = (await system.files(session, served(definition), ended)).files
      if (!file) throw new Error('The job has a file.')
      return readText(await system.open(session, served(definition), ended.id, file, null), 10_000_000)
    })
    expect(text.length).toBeGreaterThan(100)
    expect(practice.concur.started()).toBe(1)
  })

  test('[concur:1.2.token-request] [concur:1.6.400-chunked] every body has its length, none is chunked', async () => {
    const { practice, run, sessions, id } = await connected()
    const definition = await firstDefinition(sessions, id)
    await run((session, system) => system.start(session, served(definition)))
    const posts = practice.requests.filter(({ method }) => method === 'POST')
    expect(posts).toHaveLength(2)
    for (const { headers, body } of posts) {
      expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
      expect(headers['transfer-encoding']).toBeUndefined()
    }
  })

  test('[concur:1.3.correlation] every request has an id of its own', async () => {
    const { practice, run, sessions, id } = await connected()
    const definition = await firstDefinition(sessions, id)
    await run((session, system) => system.jobs(session, listOf(definition)))
    const sent = practice.requests.map(({ headers }) => headers['concur-correlationid'])
    expect(sent.every(one => typeof one === 'string' && one !== '')).toBe(true)
    expect(new Set(sent).size).toBe(sent.length)
    expect(sent.length).toBeGreaterThan(3)
  })

  test('[concur:1.3.scheme] legacy tokens go as OAuth, those of the token endpoint as Bearer', async () => {
    const { connection, practice, start } = await practiceComputer()
    const { service } = start()
    await service.add(connection({ name: 'a' }))
    await service.add(
      connection({ name: 'b', auth: 'access-token', secrets: practice.concur.signIn['access-token'] }),
    )
    const schemes = practice.requests.map(({ headers }) => headers.authorization?.split(' ')[0])
    expect(schemes).toEqual([undefined, 'Bearer', 'OAuth'])
  })
})

describe('sign-in', () => {
  test('[concur:1.2.code-16] a user who lives elsewhere is signed in there, and called there', async () => {
    const { connection, practice, start, repository } = await practiceComputer()
    const { elsewhere, url } = practice.concur
    const { service, sessions } = start()
    for (const auth of ['refresh-token', 'company-request-token', 'password'] as const) {
      const added = await service.add(connection({ name: auth, auth, secrets: elsewhere.signIn[auth] }))
      const id = connectionId(added.id)
      expect(await repository.find(id)).toMatchObject({ url, origin: elsewhere.url })
      await sessions.with(id, (session, system) => system.definitions(session))
    }
  })

  test('[concur:1.2.company-token-24h] a company request token is traded, and never used again', async () => {
    const { clock, connection, keychain, practice, start } = await practiceComputer()
    const auth = 'company-request-token'
    const { service, sessions } = start()
    const added = await service.add(connection({ auth, secrets: practice.concur.signIn[auth] }))
    expect(Object.keys(keychain.stored.get(`profile-1/${added.id}`) ?? {}).sort()).toEqual([
      'clientId',
      'clientSecret',
      'refreshToken',
    ])
    await clock.advance(hours(30))
    await sessions.with(connectionId(added.id), (session, system) => system.definitions(session))
    const forms = practice.requests.filter(({ path }) => path === '/oauth2/v0/token')
    expect(forms.map(({ body }) => new URLSearchParams(body).get('grant_type'))).toEqual([
      'password',
      'refresh_token',
    ])
  })

  test('[concur:1.2.lifetime-refresh] every use moves the end of a refresh token', async () => {
    const { clock, id, repository, run } = await connected()
    const endOf = async () => (await repository.find(id))?.signIn.expiresAt ?? 0
    const before = await endOf()
    expect(before - clock.now()).toBe(hours(180 * 24))
    await clock.advance(hours(48))
    await run((session, system) => system.definitions(session))
    expect((await endOf()) - before).toBe(hours(48))
  })

  test('[concur:1.2.lifetime-access] an access token ends after an hour, and is renewed before', async () => {
    const { clock, practice, run } = await connected()
    for (let half = 0; half < 6; half += 1) {
      await clock.advance(hours(0.5))
      await run((session, system) => system.definitions(session))
    }
    expect(practice.requests.some(({ status }) => status === 403)).toBe(false)
    expect(practice.requests.filter(({ path }) => path === '/oauth2/v0/token')).toHaveLength(4)
  })

  test('[concur:1.6.403] a token that ended early is replaced, also in the middle of a start, which happens once', async () => {
    const { practice, run, sessions, id } = await connected({ scenario: 'expired-token' })
    const definition = await firstDefinition(sessions, id)
    await run((session, system) => system.jobs(session, listOf(definition)))
    const started = await run((session, system) => system.start(session, served(definition)))
    expect(started.status).toBe('queued')
    expect(practice.concur.started()).toBe(1)
    expect(practice.requests.filter(({ status }) => status === 403)).toHaveLength(1)
    expect(practice.requests.filter(({ path }) => path === '/oauth2/v0/token')).toHaveLength(2)
  })

  test('[concur:1.2.code-refresh-token] a refused secret is used once, by whoever comes', async () => {
    const { clock, id, practice, repository, start } = await connected()
    practice.scenario('refused')
    await clock.advance(hours(2))
    const before = practice.requests.length
    const list = () => start().sessions.with(id, (session, system) => system.definitions(session))
    await expect(list()).rejects.toMatchObject({ code: 'sign-in-expired', facts: { concurCode: 108 } })
    for (let again = 0; again < 3; again += 1) {
      await expect(list()).rejects.toMatchObject({ code: 'sign-in-waiting' })
    }
    expect(practice.requests.length - before).toBe(1)
    expect(await repository.find(id)).toMatchObject({ signIn: { state: 'expired' } })
  })

  test.each([
    ['credentials', { password: 'wrong' }, { code: 'sign-in-refused', facts: { concurCode: 5 } }],
    ['unknown-client', { clientId: 'wrong' }, { code: 'sign-in-refused', facts: { concurCode: 61 } }],
    ['credentials', { clientSecret: 'wrong' }, { code: 'sign-in-refused', facts: { concurCode: 64 } }],
  ])('[concur:1.2.code-%s] %j', async (_code, wrong, error) => {
    const { connection, practice, start } = await practiceComputer()
    const secrets = { ...practice.concur.signIn.password, ...wrong }
    await expect(start().service.add(connection({ auth: 'password', secrets }))).rejects.toMatchObject(error)
    expect(practice.requests).toHaveLength(1)
  })

  test('[concur:1.2.code-locked] five wrong passwords lock an account: each of ours was typed by a person', async () => {
    const { connection, practice, start } = await practiceComputer()
    const { service } = start()
    for (let typed = 0; typed < 5; typed += 1) {
      const secrets = { ...practice.concur.signIn.password, password: `wrong ${typed}` }
      await expect(service.add(connection({ auth: 'password', secrets }))).rejects.toMatchObject({
        code: 'sign-in-refused',
      })
    }
    const right = connection({ auth: 'password', secrets: practice.concur.signIn.password })
    await expect(service.add(right)).rejects.toMatchObject({
      code: 'sign-in-locked',
      facts: { concurCode: 14 },
    })
  })

  test('[concur:1.2.rotation] a token that rotates is followed for as long as it takes', async () => {
    const { clock, id, keychain, start } = await connected({ scenario: 'rotating-refresh-token' })
    const seen = new Set<string>()
    for (let refresh = 0; refresh < 5; refresh += 1) {
      await clock.advance(hours(2))
      await start().sessions.with(id, (session, system) => system.definitions(session))
      seen.add(keychain.stored.get(`profile-1/${id}`)?.refreshToken ?? '')
    }
    expect(seen.size).toBe(5)
  })
})

describe('what the practice system answers', () => {
  test('[concur:1.4.job] [concur:1.7.4] every job of every definition is the same in the list, the details and the status', {
    timeout: 30_000,
  }, async () => {
    const { practice, run, sessions, id } = await connected()
    const compared = ({ id, startedAt, endedAt, status, hasFiles }: RemoteJob) => [
      id,
      Math.trunc((startedAt?.at ?? 0) / 1000),
      Math.trunc((endedAt?.at ?? 0) / 1000),
      status,
      hasFiles,
    ]
    let jobs = 0
    for (const { id: definition } of await sessions.with(id, (session, system) =>
      system.definitions(session),
    )) {
      const [named] = practice.concur.definitions.filter(known => known.id === definition)
      expect(await run((session, system) => system.definition(session, definition))).toEqual(named)
      for (const listed of (
        await run((session, system) => system.jobs(session, listOf(definition)))
      ).jobs.slice(0, 12)) {
        const asked = await run((session, system) => system.job(session, served(definition), listed.id))
        expect(compared(asked)).toEqual(compared(listed))
        jobs += 1
      }
    }
    expect(jobs).toBeGreaterThan(20)
  })

  test('[concur:1.4.jobs-order] lists are newest first, whatever order they came in', async () => {
    const { run, sessions, id } = await connected()
    for (const { id: definition } of await sessions.with(id, (session, system) =>
      system.definitions(session),
    )) {
      const times = (await run((session, system) => system.jobs(session, listOf(definition)))).jobs.map(
        job => job.startedAt?.at ?? 0,
      )
      expect(times.length).toBeGreaterThan(1)
      expect(times).toEqual([...times].sort((a, b) => b - a))
    }
  })

  test('[concur:1.4.start-409] a second start of one definition is refused', async () => {
    const { practice, run, sessions, id } = await connected()
    const definition = await firstDefinition(sessions, id)
    await run((session, system) => system.start(session, served(definition)))
    await expect(run((session, system) => system.start(session, served(definition)))).rejects.toMatchObject({
      code: 'already-running',
      facts: { status: 409, sent: true },
    })
    expect(practice.concur.started()).toBe(1)
  })

  test.each([
    ['lost-post-answer', 1],
    ['lost-post-nothing', 0],
  ] as const)('%s: the outcome is unknown, and nothing is sent again', async (scenario, started) => {
    const { practice, run, sessions, id } = await connected({ scenario })
    const definition = await firstDefinition(sessions, id)
    await expect(run((session, system) => system.start(session, served(definition)))).rejects.toMatchObject({
      code: 'connection-cut',
      facts: { sent: true },
    })
    expect(
      practice.requests.filter(({ method, path }) => method === 'POST' && jobPath.test(path)),
    ).toHaveLength(1)
    expect(practice.concur.started()).toBe(started)
  })

  test('[concur:1.6.429] [concur:1.6.400-limit] rate limits', async () => {
    const { practice, run, sessions, id } = await connected()
    const definition = await firstDefinition(sessions, id)
    practice.scenario('rate-limited')
    const list = async () => (await run((session, system) => system.jobs(session, listOf(definition)))).jobs
    await expect(list()).rejects.toMatchObject({
      code: 'rate-limited',
      facts: { status: 429, retryAfterMs: 60_000 },
    })
    await expect(list()).rejects.toMatchObject({ code: 'rate-limited', facts: { status: 400 } })
    expect((await list()).length).toBeGreaterThan(0)
  })

  test('[concur:1.6.503] [concur:1.6.html] maintenance, of the sign-in too', async () => {
    const { clock, id, practice, repository, run } = await connected()
    practice.scenario('maintenance')
    const list = () => run((session, system) => system.definitions(session))
    const error = { code: 'maintenance', facts: { status: 503 }, said: 'Scheduled maintenance' }
    await expect(list()).rejects.toMatchObject(error)
    await clock.advance(hours(2))
    await expect(list()).rejects.toMatchObject(error)
    expect(await repository.find(id)).toMatchObject({ signIn: { state: 'ok' } })
    practice.scenario('normal')
    expect(await list()).toHaveLength(6)
  })

  test('[concur:1.6.403] a token that the user gave is rejected: it is not tried again', async () => {
    const { connection, practice, start } = await practiceComputer()
    const { service, sessions } = start()
    const secrets = practice.concur.signIn['access-token']
    const added = await service.add(connection({ auth: 'access-token', secrets }))
    practice.scenario('refused')
    const list = () => sessions.with(connectionId(added.id), (session, system) => system.definitions(session))
    await expect(list()).rejects.toMatchObject({ code: 'sign-in-expired', facts: { status: 403 } })
    await expect(list()).rejects.toMatchObject({ code: 'sign-in-waiting' })
  })

  test('[concur:1.6.xml-error] [concur:1.6.404] an unknown id, with the system’s words and its id', async () => {
    const { run, sessions, id } = await connected()
    const definition = await firstDefinition(sessions, id)
    await expect(
      run((session, system) => system.jobs(session, listOf('gNone$1' as typeof definition))),
    ).rejects.toMatchObject({
      code: 'not-found',
      said: 'No extract definition has this id',
      correlationId: expect.stringMatching(/^desk-/),
    })
    await expect(
      run((session, system) => system.job(session, served(definition), 'gNone$1' as typeof definition)),
    ).rejects.toMatchObject({ code: 'not-found', said: 'No extract job has this id' })
  })

  test('[concur:1.5.unknown] [concur:1.5.failed] [concur:1.5.no-file-link] other ends', async () => {
    const { clock, practice, run, sessions, id } = await connected({ scenario: 'unknown-status' })
    const [one, two] = [
      await firstDefinition(sessions, id),
      await firstDefinition(sessions, id, 'European Extract'),
    ]
    const strange = await run((session, system) => system.start(session, served(one)))
    practice.scenario('failing-job')
    const failing = await run((session, system) => system.start(session, served(two)))
    await clock.advance(seconds(6))
    expect(await run((session, system) => system.job(session, served(one), strange.id))).toMatchObject({
      status: 'unknown',
      rawStatus: 'Transforming',
      endedAt: null,
    })
    expect(await run((session, system) => system.job(session, served(two), failing.id))).toMatchObject({
      status: 'failed',
      rawStatus: 'Failed',
      hasFiles: false,
    })
    practice.scenario('missing-file-link')
    await clock.advance(hours(1))
    expect(await run((session, system) => system.job(session, served(one), strange.id))).toMatchObject({
      status: 'completed',
      hasFiles: false,
    })
  })

  test('[concur:1.4.file-csv] [concur:1.4.file-zip] [concur:1.4.file-not-there] files', async () => {
    const { run, sessions, id, practice } = await connected()
    const types = new Set<string | undefined>()
    for (const { id: definition } of await sessions.with(id, (session, system) =>
      system.definitions(session),
    )) {
      const done = (await run((session, system) => system.jobs(session, listOf(definition)))).jobs.find(
        ({ hasFiles }) => hasFiles,
      )
      if (!done) throw new Error('Every definition has a finished job.')
      const open = () =>
        run((session, system) =>
          system.open(session, served(definition), done.id, { id: 'file', name: null }, null),
        )
      const answer = await open()
      types.add(answer.headers['content-type'])
      for await (const _ of answer.body);
      practice.scenario('missing-file-link')
      await expect(open()).rejects.toMatchObject({ code: 'file-gone', facts: { status: 404 } })
      practice.scenario('normal')
    }
    expect([...types].sort()).toEqual(['application/zip', 'text/csv'])
  })
})
