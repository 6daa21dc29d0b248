import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import type { Range, RemoteFile } from '../../../../main/core/systems/system.ts'
import { minutes, seconds } from '../../../../main/core/time.ts'
import { answersInTurn, type Scripted, scriptedHttp } from '../../../fakes/scripted-http.ts'
import { listOf, served } from '../../../fakes/targets.ts'
import { concur, definition, job, jobUri, jobXml, origin, session } from './fixture.ts'

const definitionUrl = `${origin}/api/expense/extract/v1.0/${definition}`
const xml = (body: string): Scripted => ({ body, headers: { 'content-type': 'application/xml' } })
const one = (status: number, body = '', headers: Record<string, string> = {}) =>
  session(answersInTurn({ status, body, headers }))
const listing = (answered: ReturnType<typeof session>) => concur().jobs(answered, listOf(definition))
const failing = (code: string, facts: object = {}, more: object = {}) =>
  expect.objectContaining({ code, facts: expect.objectContaining(facts), ...more })

describe('requests', () => {
  test('[concur:1.4.definitions] the list of definitions is asked for with the final slash', async () => {
    const http = answersInTurn(xml('<definitions/>'))
    expect(await concur().definitions(session(http))).toEqual([])
    expect(http.requests).toMatchObject([{ method: 'GET', url: `${origin}/api/expense/extract/v1.0/` }])
  })

  test('[concur:1.4.definition] one definition', async () => {
    const http = answersInTurn(xml(`<definition><id>${definitionUrl}</id><name>SAE</name></definition>`))
    expect(await concur().definition(session(http), definition)).toEqual({ id: definition, name: 'SAE' })
    expect(http.requests[0]?.url).toBe(definitionUrl)
  })

  test('[concur:1.4.jobs] the last 100 jobs of a definition', async () => {
    const http = answersInTurn(xml(`<jobs>${jobXml}</jobs>`))
    expect(await concur().jobs(session(http), listOf(definition))).toMatchObject({ jobs: [{ id: job }] })
    expect(http.requests[0]?.url).toBe(`${definitionUrl}/job`)
    expect(concur().capabilities.jobListLimit).toBe(100)
  })

  test('[concur:1.4.status] a job is asked for at its status', async () => {
    const http = answersInTurn(xml(jobXml))
    expect(await concur().job(session(http), served(definition), job)).toMatchObject({
      id: job,
      status: 'queued',
    })
    expect(http.requests[0]?.url).toBe(`${definitionUrl}/job/${job}/status`)
  })

  test('[concur:1.4.status-path] the path is printed in two ways: a 404 there is settled at the job itself', async () => {
    const http = answersInTurn({ status: 404 }, xml(jobXml))
    expect(await concur().job(session(http), served(definition), job)).toMatchObject({ id: job })
    expect(http.requests[1]?.url).toBe(`${definitionUrl}/job/${job}`)
    const gone = answersInTurn(
      { status: 404 },
      { status: 404, body: '<Error><Message>No such job</Message></Error>' },
    )
    await expect(concur().job(session(gone), served(definition), job)).rejects.toEqual(
      failing('not-found', {}, { said: 'No such job' }),
    )
    await expect(concur().job(one(500), served(definition), job)).rejects.toEqual(failing('server-error'))
  })

  test('[concur:1.4.start-request] a start is one POST with the definition in XML', async () => {
    const http = answersInTurn({ ...xml(jobXml), status: 201 })
    expect(await concur().start(session(http), served(definition))).toMatchObject({
      id: job,
      status: 'queued',
    })
    expect(http.requests).toHaveLength(1)
    expect(http.requests[0]).toMatchObject({
      method: 'POST',
      url: `${definitionUrl}/job`,
      headers: { authorization: 'Bearer eyJtoken', 'content-type': 'application/xml' },
      body: `<definition xmlns="http://www.concursolutions.com/api/expense/extract/2010/02"><id>${definitionUrl}</id></definition>`,
    })
  })

  test('[concur:1.7.2] no link of an answer is called: addresses are built from ids and the trusted origin', async () => {
    const evil = (path: string) => `https://evil.example/api/expense/extract/v1.0/${definition}${path}`
    const list = `<jobs><job><id>${evil(`/job/${job}`)}</id><status-link>${evil('/x')}</status-link><file-link>${evil('/y')}</file-link></job></jobs>`
    const http = answersInTurn(xml(list), xml(jobXml), { body: 'a,b' })
    const signedIn = session(http)
    const [listed] = (await concur().jobs(signedIn, listOf(definition))).jobs
    if (!listed) throw new Error('The list has one job.')
    await concur().job(signedIn, served(definition), listed.id)
    const {
      files: [file],
    } = await concur().files(signedIn, served(definition), listed)
    if (!file) throw new Error('The job has a file.')
    await concur().open(signedIn, served(definition), listed.id, file, null)
    for (const request of http.requests) expect(request.url.startsWith(`${definitionUrl}/job`)).toBe(true)
    expect(listed.raw['file-link']).toBe(evil('/y'))
  })

  test('[concur:1.3.correlation] each has an id of its own, and an error has the one that came back', async () => {
    const http = scriptedHttp(() => ({ status: 500, headers: { 'concur-correlationid': 'theirs' } }))
    const { jobs } = concur()
    await expect(jobs(session(http), listOf(definition))).rejects.toMatchObject({ correlationId: 'theirs' })
    await expect(jobs(session(http), listOf(definition))).rejects.toMatchObject({ correlationId: 'theirs' })
    const sent = http.requests.map(({ headers }) => headers['concur-correlationid'])
    expect(sent).toEqual(['desk-1', 'desk-2'])
    await expect(listing(one(500))).rejects.toMatchObject({ correlationId: 'desk-1' })
  })

  test('[concur:1.3.accept-json] JSON is undocumented: it is not asked for, but understood', async () => {
    const http = answersInTurn({
      body: JSON.stringify([{ id: jobUri, status: 2 }]),
      headers: { 'content-type': 'application/json' },
    })
    expect(await concur().jobs(session(http), listOf(definition))).toMatchObject({
      jobs: [{ id: job, status: 'completed' }],
    })
    expect(http.requests[0]?.headers.accept).toBe('application/xml')
  })

  test.each(['ISO-8859-1', 'utf-8', 'nonsense'])('an answer in %s', async charset => {
    const name = `<definition><id>${definitionUrl}</id><name>Zürich</name></definition>`
    const http = {
      send: async () => ({
        status: 200,
        headers: { 'content-type': `application/xml; charset=${charset}` },
        body: (async function* () {
          yield Buffer.from(name, charset === 'ISO-8859-1' ? 'latin1' : 'utf8')
        })(),
      }),
    }
    expect((await concur().definition(session(http), definition)).name).toBe('Zürich')
  })
})

describe('statuses', () => {
  const error = (message: string) => `<Error><Message>${message}</Message></Error>`

  test('[concur:1.6.400] a bad request is refused, with its words', async () => {
    await expect(listing(one(400, error('The id is missing')))).rejects.toEqual(
      failing('request-refused', { status: 400 }, { said: 'The id is missing' }),
    )
  })

  test('[concur:1.6.400-limit] 400 also says that the limit is reached', async () => {
    await expect(listing(one(400, error('Request limit exceeded')))).rejects.toEqual(
      failing('rate-limited', { status: 400, retryAfterMs: minutes(1) }),
    )
  })

  test('[concur:1.6.400-deadlock] or that a deadlock passes', async () => {
    await expect(listing(one(400, error('Database deadlock, retry shortly')))).rejects.toEqual(
      failing('server-error', { status: 400, retryAfterMs: seconds(10) }),
    )
  })

  test.each([
    ['[concur:1.6.401] no Authorization header arrived', 401],
    ['[concur:1.6.403] a token that is expired or revoked, or may not', 403],
  ])('%s: a new session first', async (_fact, status) => {
    await expect(listing(one(status, error('no')))).rejects.toEqual(
      failing('session-expired', { status }, { said: 'no' }),
    )
  })

  test('[concur:1.6.404] a wrong id', async () => {
    await expect(listing(one(404))).rejects.toEqual(failing('not-found', { status: 404 }))
  })

  test('[concur:1.6.409] [concur:1.4.start-409] the same definition is queued or running', async () => {
    await expect(concur().start(one(409), served(definition))).rejects.toEqual(
      failing('already-running', { status: 409 }),
    )
  })

  test.each([
    ['0', minutes(1)],
    ['30', minutes(1)],
    ['600', minutes(10)],
    ['', minutes(1)],
  ])(
    '[concur:1.6.429] too many requests, retry-after %j: never sooner than our own pause',
    async (header, wait) => {
      const body =
        '{"httpStatus":"429 Too Many Requests","error":{"id":"security.rate.limit.reached","message":"Too many requests"}}'
      await expect(listing(one(429, body, { 'retry-after': header }))).rejects.toEqual(
        failing('rate-limited', { status: 429, retryAfterMs: wait }, { said: 'Too many requests' }),
      )
    },
  )

  test('[concur:1.6.500] a server error', async () => {
    await expect(listing(one(502, 'Bad gateway'))).rejects.toEqual(
      failing('server-error', { status: 502 }, { said: 'Bad gateway' }),
    )
  })

  test('[concur:1.6.503] maintenance: 5 minutes at least', async () => {
    const page = '<!DOCTYPE html><html><head><title>Scheduled maintenance</title></head></html>'
    await expect(listing(one(503, page))).rejects.toEqual(
      failing('maintenance', { status: 503, retryAfterMs: minutes(5) }, { said: 'Scheduled maintenance' }),
    )
    await expect(listing(one(503, '', { 'retry-after': '900' }))).rejects.toEqual(
      failing('maintenance', { retryAfterMs: minutes(15) }),
    )
  })

  test('[concur:1.6.silence] no answer within 60 s: 5 minutes', async () => {
    const http = scriptedHttp(() => new AppError('timed-out', { facts: { what: 'answer', sent: true } }))
    await expect(listing(session(http))).rejects.toEqual(
      failing('timed-out', { retryAfterMs: minutes(5), what: 'answer' }),
    )
    expect(http.requests[0]).toMatchObject({ answerWithin: seconds(60) })
  })

  test.each([
    [302, 'redirect-refused'],
    [204, 'answer-not-understood'],
    [407, 'proxy-sign-in'],
    [410, 'request-refused'],
  ])('%i', async (status, code) => {
    await expect(listing(one(status))).rejects.toEqual(failing(code, { status }))
  })

  test('[concur:1.6.html] a web page with status 200 is no answer, and its title is kept', async () => {
    await expect(listing(one(200, '<!DOCTYPE html><title>Sign in</title>'))).rejects.toEqual(
      failing('answer-not-understood', { status: 200 }, { said: 'Sign in', correlationId: 'desk-1' }),
    )
  })

  test('[concur:1.6.json-error] an error with status 200 neither', async () => {
    await expect(listing(one(200, '{"Error":{"Message":"Not now"}}'))).rejects.toEqual(
      failing('answer-not-understood', {}, { said: 'Not now' }),
    )
  })

  test('an answer larger than any list is not taken in', async () => {
    let sent = 0
    const endless = {
      send: async () => ({
        status: 200,
        headers: {},
        body: (async function* () {
          for (;;) {
            sent += 1
            yield new Uint8Array(1024 * 1024)
          }
        })(),
      }),
    }
    await expect(listing(session(endless))).rejects.toEqual(
      failing('answer-too-large', { limit: 20 * 1024 * 1024 }),
    )
    expect(sent).toBe(21)
  })

  test('an answer that is cut', async () => {
    const http = answersInTurn({ body: '<jobs>', cut: true })
    await expect(listing(session(http))).rejects.toMatchObject({
      code: 'connection-cut',
      correlationId: 'desk-1',
    })
  })

  test('the words of a failure are masked, bounded, and not waited for', async () => {
    const token = `eyJ${'a'.repeat(40)}.${'b'.repeat(40)}`
    await expect(listing(one(400, `Authorization: Bearer ${token} is bad`))).rejects.toMatchObject({
      said: expect.not.stringContaining(token),
    })
    const long = listing(one(500, 'word '.repeat(100_000)))
    await expect(long).rejects.toMatchObject({ said: expect.stringMatching(/^.{1000,1024}$/) })
    const cut = listing(session(answersInTurn({ status: 500, body: 'Half a', cut: true })))
    await expect(cut).rejects.toEqual(failing('server-error', { status: 500 }, { said: 'Half a' }))
  })

  test('a fault of our own stays one', async () => {
    const http = scriptedHttp(() => {
      throw new TypeError('ours')
    })
    await expect(listing(session(http))).rejects.toBeInstanceOf(TypeError)
  })
})

describe('a start that failed says whether the request may have left', () => {
  test.each([
    [
      'certainly not',
      new AppError('connection-failed', { facts: { sent: false } }),
      'connection-failed',
      false,
    ],
    ['it may have', new AppError('connection-cut', { facts: { sent: true } }), 'connection-cut', true],
    ['nobody knows', new AppError('timed-out'), 'timed-out', true],
    ['it was answered', { status: 500 }, 'server-error', true],
    ['it was refused', { status: 403 }, 'session-expired', true],
    ['the answer was cut', { status: 201, body: '<job>', cut: true }, 'connection-cut', true],
    ['the answer was no job', { status: 201, body: '<html/>' }, 'answer-not-understood', true],
    ['it was sent on', new AppError('redirect-refused', { facts: { sent: true } }), 'redirect-refused', true],
    ['it was accepted in another way', { status: 202 }, 'answer-not-understood', true],
    ['it was not trusted', new AppError('not-trusted', { facts: { sent: false } }), 'not-trusted', false],
  ])('%s', async (_name, answer, code, sent) => {
    const http = answersInTurn(answer)
    await expect(concur().start(session(http), served(definition))).rejects.toEqual(failing(code, { sent }))
    expect(http.requests).toHaveLength(1)
  })

  test('one that is answered with 200 is understood too', async () => {
    expect(await concur().start(one(200, jobXml), served(definition))).toMatchObject({ id: job })
  })
})

describe('files', () => {
  const file: RemoteFile = { id: 'file', name: null }
  const open = (answer: Scripted, range: Range | null = null) => {
    const http = answersInTurn(answer)
    return { http, opened: concur().open(session(http), served(definition), job, file, range) }
  }

  test('[concur:1.4.file] a job has one answer with its files, once it names a place for them', async () => {
    const http = answersInTurn()
    const ended = {
      id: job,
      status: 'completed',
      rawStatus: 'Complete',
      startedAt: null,
      endedAt: null,
      raw: {},
    } as const
    expect(await concur().files(session(http), served(definition), { ...ended, hasFiles: true })).toEqual({
      files: [file],
      missing: [],
    })
    expect(await concur().files(session(http), served(definition), { ...ended, hasFiles: false })).toEqual({
      files: [],
      missing: [],
    })
  })

  test.each([
    ['[concur:1.4.file-csv] one file', 'text/csv'],
    ['[concur:1.4.file-zip] several', 'application/zip'],
    [
      '[concur:1.4.file-other] anything else is text to SAP’s sample: the delivery looks at the bytes',
      'text/html',
    ],
  ])('%s: passed on unread', async (_fact, type) => {
    const { http, opened } = open({
      body: 'a|b',
      headers: { 'content-type': type, 'content-disposition': 'attachment; filename="a.txt"' },
    })
    const answer = await opened
    expect(answer).toMatchObject({
      status: 200,
      headers: { 'content-type': type, 'content-disposition': 'attachment; filename="a.txt"' },
    })
    expect(http.requests[0]).toMatchObject({
      url: `${definitionUrl}/job/${job}/file`,
      headers: { accept: '*/*' },
    })
    expect(http.requests[0]?.headers.range).toBeUndefined()
  })

  test('[concur:1.4.file-range] a range is asked for conditionally: without support the whole file comes', async () => {
    const range = { from: 100, validator: '"abc"' }
    const whole = open({ status: 200 }, range)
    expect((await whole.opened).status).toBe(200)
    expect(whole.http.requests[0]?.headers).toMatchObject({ range: 'bytes=100-', 'if-range': '"abc"' })
    const part = open({ status: 206, headers: { 'content-range': 'bytes 100-199/200' } }, range)
    expect((await part.opened).status).toBe(206)
  })

  test.each([
    ['a part that was not asked for', { status: 206, headers: { 'content-range': 'bytes 0-9/10' } }, null],
    [
      'another part',
      { status: 206, headers: { 'content-range': 'bytes 0-9/10' } },
      { from: 5, validator: 'x' },
    ],
    ['a part that does not say which', { status: 206 }, { from: 5, validator: 'x' }],
    ['nothing', { status: 204 }, null],
  ])('%s is not understood', async (_name, answer, range) => {
    await expect(open(answer, range).opened).rejects.toEqual(
      failing('answer-not-understood', { status: answer.status }),
    )
  })

  test('[concur:1.4.file-not-there] 404: the file is gone, or not there yet', async () => {
    await expect(open({ status: 404 }).opened).rejects.toEqual(failing('file-gone', { status: 404 }))
  })

  test.each([
    [403, 'session-expired'],
    [416, 'request-refused'],
    [503, 'maintenance'],
  ])('%i', async (status, code) => {
    await expect(open({ status }).opened).rejects.toEqual(failing(code, { status }))
  })
})
