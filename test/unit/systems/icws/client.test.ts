import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import { remoteId } from '../../../../main/core/ids.ts'
import { seconds } from '../../../../main/core/time.ts'
import { answersInTurn, type Scripted } from '../../../fakes/scripted-http.ts'
import { icws, json, nested, origin, request, session, target } from './fixture.ts'

const id = remoteId('77')
const base = `${origin}/icws/4000123456`
const ask = (answer: Scripted | AppError) => icws().job(session(answersInTurn(answer)), target, id)
const failing = (status: number, body: unknown, headers: Record<string, string> = {}): Scripted => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('a call', () => {
  test('[icws:2.2.calls] has the session in its path, and token, cookie and language in its headers', async () => {
    const http = answersInTurn(json(nested()))
    await icws().job(session(http), target, id)
    expect(http.requests[0]).toMatchObject({
      method: 'GET',
      url: `${base}/data-extractor/jobs/77`,
      headers: { 'ININ-ICWS-CSRF-Token': 'WAhZ', cookie: 'icws=1', 'accept-language': 'en-US' },
    })
  })

  test('[icws:2.1.plain-json] is read whatever its content type says', async () => {
    for (const type of ['application/json', 'text/plain', '']) {
      const answer = { ...json(nested()), headers: { 'content-type': type } }
      expect(await ask(answer)).toMatchObject({ id: '77', status: 'running' })
    }
  })

  test('[icws:2.3.cancel] DELETE ends a job', async () => {
    const http = answersInTurn({ status: 200, body: '' })
    await icws().cancel(session(http), target, id)
    expect(http.requests[0]).toMatchObject({ method: 'DELETE', url: `${base}/data-extractor/jobs/77` })
  })

  test('[icws:2.2.delete] [icws:2.2.heartbeat] DELETE ends the session, a heartbeat keeps it', async () => {
    const http = answersInTurn({ status: 200, body: '' }, { status: 204, body: '' })
    const system = icws()
    await system.signOut?.(session(http))
    await system.keepAlive?.(session(http))
    expect(http.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `DELETE ${base}/connection`,
      `POST ${base}/messaging/heartbeat`,
    ])
    expect(system.capabilities.keepAliveEvery).toBe(seconds(60))
  })

  test('[icws:2.3.start] [icws:2.3.duplicates] POST starts a job, each time another one; the answer is its id', async () => {
    const http = answersInTurn(json({ id: '78' }, { status: 201 }), json({ id: 79 }, { status: 201 }))
    const first = await icws().start(session(http), target)
    expect(first).toMatchObject({ id: '78', status: 'submitted', rawStatus: '0', hasFiles: false })
    expect((await icws().start(session(http), target)).id).toBe('79')
    expect(http.requests[0]).toMatchObject({ method: 'POST', url: `${base}/data-extractor/jobs` })
    expect(JSON.parse(http.requests[0]?.body ?? '')).toEqual({ ...request, submittedUserId: 'fin.batch' })
  })

  test('a period is counted by the server’s clock', async () => {
    const http = answersInTurn(json({ id: '78' }, { status: 201 }))
    const kept = { ...target, request: { ...request, period: 'yesterday', zone: 'UTC' } }
    // The server is a day ahead of the second of November, half past six.
    const ahead = session(http)
    await icws().start({ ...ahead, own: { ...ahead.own, clockAhead: String(86_400_000) } }, kept)
    expect(JSON.parse(http.requests[0]?.body ?? '')).toMatchObject({
      startTimeFilter: '2026-11-01T00:00:00.000Z',
      endTimeFilter: '2026-11-02T00:00:00.000Z',
    })
  })

  test.each(['a/b', '..', 'a?b', ''])(
    'an id that would leave its place in the path is not asked for: %j',
    async bad => {
      const http = answersInTurn()
      await expect(icws().job(session(http), target, remoteId(bad))).rejects.toMatchObject({
        code: 'bad-input',
      })
      expect(http.requests).toEqual([])
    },
  )
})

describe('a failure', () => {
  const where = { 'www-authenticate': 'ICWS realm="ICWS" location="/ICWS/connection"' }
  test.each([
    ['[icws:2.2.401-1] [icws:2.2.www-authenticate]', { errorCode: 1, message: 'requires a session ID' }],
    ['[icws:2.2.401-2]', { errorCode: 2, message: 'an authentication token was expected' }],
    ['[icws:2.2.401-4]', { errorCode: 4, message: 'a cookie was expected' }],
    [
      '[icws:2.2.401-2147221499]',
      {
        errorId: 'error.request.connection.authenticationFailure',
        errorCode: -2147221499,
        message: 'invalid',
      },
    ],
    ['[icws:2.3.401]', { message: 'expired' }],
    ['with nothing in it', ''],
  ])('%s 401: the session is over, and a new one helps', async (_what, body) => {
    await expect(ask(failing(401, body, where))).rejects.toMatchObject({
      code: 'session-expired',
      facts: { status: 401 },
    })
  })

  test('[icws:2.2.401-7] 401 with code 7: access denied, which no new session changes', async () => {
    await expect(ask(failing(401, { errorCode: 7, message: 'denied' }))).rejects.toMatchObject({
      code: 'permission-missing',
      facts: { missing: 'data-extractor-right', errorCode: 7 },
    })
  })

  test.each([
    ['[icws:2.3.403] [icws:2.3.right]', 403, { errorId: 'e', message: 'no right' }, 'permission-missing'],
    ['[icws:2.3.410]', 410, { message: 'removed' }, 'not-supported'],
    ['[icws:2.2.404]', 404, { message: 'none' }, 'not-found'],
    [
      '[icws:2.2.not-found] [icws:2.3.unknown-job]',
      400,
      { errorId: '-2147221496', message: 'not found' },
      'not-found',
    ],
    ['[icws:2.2.not-found] as a number', 400, { errorId: -2147221496, message: 'not found' }, 'not-found'],
    [
      '[icws:2.3.400]',
      400,
      { errorId: 'e', message: 'malformed', propertyName: 'jobCount' },
      'request-refused',
    ],
    [
      '[icws:2.2.405]',
      405,
      { errorId: 'error.request.accessDenied.httpMethodNotAllowed', message: 'no' },
      'request-refused',
    ],
    [
      '[icws:2.2.500] [icws:2.3.500]',
      500,
      { errorCode: -2147467259, message: 'Unspecified' },
      'server-error',
    ],
    ['[icws:2.2.unsupported]', 404, { errorId: 'error.request.unsupported', message: 'no' }, 'not-found'],
    ['[icws:2.2.unavailable]', 503, { errorId: 'error.server.unavailable', message: 'busy' }, 'maintenance'],
    ['of a proxy', 407, '', 'proxy-sign-in'],
    ['of a gateway', 429, '<html><title>Slow down</title></html>', 'rate-limited'],
    ['that is none', 202, '{}', 'answer-not-understood'],
  ])('%s %s', async (_what, status, body, code) => {
    await expect(ask(failing(status, body))).rejects.toMatchObject({ code, facts: { status } })
  })

  test('[icws:2.2.error-body] [icws:2.2.error-code] has the server’s own words and names', async () => {
    const body = {
      errorId: 'error.x',
      errorCode: -5,
      message: 'The column is unknown.',
      propertyName: 'column',
    }
    await expect(ask(failing(400, body))).rejects.toMatchObject({
      said: 'The column is unknown.',
      facts: { errorId: 'error.x', errorCode: -5, property: 'column' },
    })
  })

  test('[icws:2.2.one-host] a server that hands over ends its sessions', async () => {
    const body = {
      errorId: 'error.server.notAcceptingConnections',
      message: 'x',
      alternateHostList: ['ic-b'],
    }
    await expect(ask(failing(503, body))).rejects.toMatchObject({ code: 'session-expired' })
  })

  test('[icws:2.3.403-cancel] cancelling without the right', async () => {
    const http = answersInTurn(failing(403, { message: 'no permission to cancel this job' }))
    await expect(icws().cancel(session(http), target, id)).rejects.toMatchObject({
      code: 'permission-missing',
      said: 'no permission to cancel this job',
    })
  })

  test.each([
    ['no list', '{"jobs":[]}'],
    ['a page', '<html><title>Sign in</title></html>'],
    ['nothing', ''],
  ])('%s in place of a list is not understood', async (_what, body) => {
    const asking = icws().probe(session(answersInTurn({ body })))
    await expect(asking).rejects.toMatchObject({ code: 'answer-not-understood' })
  })

  test('[icws:2.2.feature] a server that names no features and has no jobs has no data extractor', async () => {
    const http = answersInTurn(
      failing(404, { errorId: 'error.request.unsupported', message: 'No such resource' }),
    )
    await expect(icws().probe(session(http))).rejects.toMatchObject({
      code: 'permission-missing',
      facts: { missing: 'data-extractor-feature' },
      said: 'No such resource',
    })
  })
})

describe('a start says whether it may have been sent', () => {
  const start = (answer: Scripted | AppError) => icws().start(session(answersInTurn(answer)), target)
  test.each([
    ['an answer that cannot be read', { status: 201, body: '<html>' }, 'answer-not-understood', true],
    ['an answer without an id', { status: 201, body: '{}' }, 'answer-not-understood', true],
    ['a 500', failing(500, { message: 'x' }), 'server-error', true],
    ['a cut', new AppError('connection-cut', { facts: { sent: true } }), 'connection-cut', true],
    ['nothing known', new AppError('connection-failed'), 'connection-failed', true],
    [
      'nobody there',
      new AppError('connection-failed', { facts: { sent: false } }),
      'connection-failed',
      false,
    ],
    ['a refusal', failing(400, { message: 'x' }), 'request-refused', true],
  ] as const)('%s', async (_what, answer, code, sent) => {
    await expect(start(answer)).rejects.toMatchObject({ code, facts: { sent } })
  })

  test('a request that was never right is not sent', async () => {
    const http = answersInTurn()
    await expect(icws().start(session(http), { ...target, request: null })).rejects.toMatchObject({
      code: 'bad-input',
      facts: { sent: false },
    })
  })
})
