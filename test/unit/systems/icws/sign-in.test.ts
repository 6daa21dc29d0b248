import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import type { SignInTarget } from '../../../../main/core/systems/system.ts'
import { hours, instantAt } from '../../../../main/core/time.ts'
import { fakeClock, fakeStart } from '../../../fakes/fake-clock.ts'
import { answersInTurn, type Scripted, scriptedHttp } from '../../../fakes/scripted-http.ts'
import { icws, json, origin } from './fixture.ts'

const given = (more: Partial<SignInTarget> = {}): SignInTarget => ({
  url: origin,
  knownOrigin: null,
  auth: 'password',
  practice: false,
  ...more,
})
const secrets = { userId: ' fin.batch ', password: ' pass word ' }
const features = [
  { featureId: 'connection', version: 11 },
  { featureId: 'data-extractor', version: 2 },
]
const answer = (more: object = {}, headers: Record<string, string> = {}): Scripted =>
  json({ csrfToken: 'WAhZ', sessionId: '4000123456', features, ...more }, { status: 201, headers })
const elsewhere = (...alternateHostList: readonly unknown[]): Scripted =>
  json({ errorId: 'error.server.notAcceptingConnections', message: 'no', alternateHostList }, { status: 503 })
const refusal = (body: object, status = 400): Scripted => json(body, { status })

const signIn = (
  http: ReturnType<typeof answersInTurn>,
  target = given(),
  typed: Record<string, string> = secrets,
) => icws().signIn(http, target, typed)

describe('a sign-in', () => {
  test('[icws:2.2.connect] [icws:2.2.settings] [icws:2.1.types] asks for version, features and time, in JSON', async () => {
    const http = answersInTurn(answer())
    await signIn(http)
    const [request] = http.requests
    expect(request?.method).toBe('POST')
    expect(request?.url).toBe(`${origin}/icws/connection?include=version,features,server-time`)
    expect(request?.headers).toMatchObject({ 'accept-language': 'en-US' })
    expect(JSON.parse(request?.body ?? '')).toEqual({
      __type: 'urn:inin.com:connection:icAuthConnectionRequestSettings',
      applicationName: 'Extract Desk',
      userID: 'fin.batch',
      password: ' pass word ',
    })
  })

  test('[icws:2.1.media-type] in the media type of ICWS', async () => {
    const http = answersInTurn(answer())
    await signIn(http)
    const type = 'application/vnd.inin.icws+JSON;charset=utf-8'
    expect(http.requests[0]?.headers).toMatchObject({ accept: type, 'content-type': type })
  })

  test('[icws:2.2.answer] [icws:2.2.session-id] needs a token and a session alone, which is a text', async () => {
    const bare = json({ csrfToken: 'WAhZ', sessionId: '0040' }, { status: 201 })
    expect(await signIn(answersInTurn(bare))).toMatchObject({
      headers: { 'ININ-ICWS-CSRF-Token': 'WAhZ' },
      own: { sessionId: '0040', base: '', user: 'fin.batch', clockAhead: '0' },
      origin,
      sessionExpiresAt: null,
      keep: null,
      secretsExpireAt: null,
    })
  })

  test.each([
    ['no session', { csrfToken: 'x' }],
    ['no token', { sessionId: '1' }],
    ['a session that would leave its place in a path', { csrfToken: 'x', sessionId: '../1' }],
    ['a token that would be two headers', { csrfToken: 'x\r\ny: z', sessionId: '1' }],
  ])('without effect where there is %s in the answer', async (_what, body) => {
    await expect(signIn(answersInTurn(json(body, { status: 201 })))).rejects.toMatchObject({
      code: 'answer-not-understood',
    })
  })

  test('[icws:2.2.cookies] every cookie is kept, and none of their attributes', async () => {
    const cookies =
      'icws_904=abc; path=/icws; expires=Wed, 21 Oct 2026 07:28:00 GMT; HttpOnly, site=1; Max-Age=3, x=a=b'
    const signedIn = await signIn(answersInTurn(answer({}, { 'set-cookie': cookies })))
    expect(signedIn.headers.cookie).toBe('icws_904=abc; site=1; x=a=b')
    expect((await signIn(answersInTurn(answer()))).headers).not.toHaveProperty('cookie')
  })

  test('[icws:2.2.password-days] says when the password ends, the same all day', async () => {
    const morning = fakeClock(instantAt(Date.UTC(2026, 10, 1, 1)))
    const soon = answer({ daysUntilPasswordExpiration: 12 })
    const ends = async () =>
      (await icws({ clock: morning }).signIn(answersInTurn(soon), given(), secrets)).secretsExpireAt
    const first = await ends()
    expect(first).toBe(Date.UTC(2026, 10, 14))
    await morning.advance(hours(22))
    expect(await ends()).toBe(first)
    expect(
      (await signIn(answersInTurn(answer({ daysUntilPasswordExpiration: -1 })))).secretsExpireAt,
    ).toBeNull()
  })

  test('[icws:2.2.server-time] how far the server’s clock is ahead is kept', async () => {
    const time = { serverTimeInfo: { serverUtcTime: '20261101T183500Z' } }
    expect((await signIn(answersInTurn(answer(time)))).own.clockAhead).toBe(
      String(Date.UTC(2026, 10, 1, 18, 35) - fakeStart),
    )
  })

  test('needs both secrets', async () => {
    for (const field of ['userId', 'password']) {
      const typed = { ...secrets, [field]: '' }
      await expect(signIn(answersInTurn(), given(), typed)).rejects.toMatchObject({
        code: 'secrets-missing',
        facts: { field },
      })
    }
  })
})

describe('the server', () => {
  test('[icws:2.2.feature] without the feature data-extractor says so, and is signed out of', async () => {
    for (const listed of [[features[0]], [{ featureId: 'data-extractor', version: 1 }], []]) {
      const http = answersInTurn(answer({ features: listed }), json({}))
      await expect(signIn(http)).rejects.toMatchObject({
        code: 'permission-missing',
        facts: { missing: 'data-extractor-feature' },
      })
      expect(http.requests[1]).toMatchObject({
        method: 'DELETE',
        url: `${origin}/icws/4000123456/connection`,
      })
    }
  })

  test('[icws:2.2.feature] that names no features is believed, until it has no such resource', async () => {
    const { own } = await signIn(answersInTurn(answer({ features: undefined })))
    expect(own.sessionId).toBe('4000123456')
  })

  test('[icws:2.1.licence] without the licence says so', async () => {
    const answers = answersInTurn(
      refusal({ errorId: 'error.license', message: 'No license I3_FEATURE_ICWS_SDK' }),
    )
    await expect(signIn(answers)).rejects.toMatchObject({
      code: 'permission-missing',
      facts: { missing: 'icws-licence' },
      said: 'No license I3_FEATURE_ICWS_SDK',
    })
  })
})

describe('a refusal', () => {
  test.each([
    [
      '[icws:2.2.bad-password]',
      {
        errorId: 'error.request.connection.authenticationFailure',
        errorCode: -2147221503,
        message: 'failed',
      },
      400,
    ],
    [
      '[icws:2.2.bad-password-old]',
      { errorCode: -2147221503, message: 'The authentication process failed.' },
      400,
    ],
    [
      'of another kind, which nobody wrote down',
      { errorId: 'error.request.connection.other', message: 'x' },
      400,
    ],
    ['with another status', { message: 'x' }, 401],
    ['in a page of HTML', '<html><title>No</title></html>', 403],
  ])('%s is one of the password, at one host alone', async (_what, body, status) => {
    const http = answersInTurn(
      json(body, { status, body: typeof body === 'string' ? body : JSON.stringify(body) }),
    )
    await expect(signIn(http, given({ knownOrigin: 'https://ic-b.example:8019' }))).rejects.toMatchObject({
      code: 'sign-in-refused',
      facts: { status },
    })
    expect(http.requests).toHaveLength(1)
  })

  test.each([
    [404, 'request-refused'],
    [410, 'request-refused'],
    [429, 'rate-limited'],
    [500, 'server-error'],
  ])('%s says nothing of the password', async (status, code) => {
    await expect(signIn(answersInTurn(refusal({ message: 'x' }, status)))).rejects.toMatchObject({ code })
  })
})

describe('another host', () => {
  const hosts = (http: ReturnType<typeof answersInTurn>) => http.requests.map(({ url }) => new URL(url).host)

  test('[icws:2.2.503] [icws:2.1.ports] [icws:2.2.one-host] takes the session, on the same port, and is called from then on', async () => {
    const http = answersInTurn(elsewhere('ic-b.example', 'ic-c.example'), elsewhere(), answer())
    const signedIn = await signIn(http)
    expect(hosts(http)).toEqual(['ic-a.example:8019', 'ic-b.example:8019', 'ic-c.example:8019'])
    expect(signedIn.origin).toBe('https://ic-c.example:8019')
    expect(icws().trust(given(), signedIn.origin)).toEqual({
      origins: ['https://ic-c.example:8019'],
      practice: false,
    })
  })

  test('[icws:2.2.redirect] may be named by a redirect', async () => {
    const moved = { status: 302, headers: { location: 'https://ic-b.example:8019/icws/connection' } }
    expect((await signIn(answersInTurn(moved, answer()))).origin).toBe('https://ic-b.example:8019')
  })

  test('[icws:2.2.503-empty] [icws:2.2.unavailable] there may be none: the server’s words are kept', async () => {
    const body = { errorId: 'error.server.unavailable', message: 'Stopping', alternateHostList: [] }
    await expect(signIn(answersInTurn(refusal(body, 503)))).rejects.toMatchObject({
      code: 'maintenance',
      facts: { status: 503, errorId: 'error.server.unavailable' },
      said: 'Stopping',
    })
  })

  test('[icws:2.2.hops] a circle and a chain without end are left after 8 hops', async () => {
    const circle = scriptedHttp(request =>
      elsewhere('ic-a.example', request.url.includes('ic-a') ? 'ic-b.example' : 'ic-a.example'),
    )
    await expect(signIn(circle)).rejects.toMatchObject({ code: 'maintenance' })
    expect(hosts(circle)).toEqual(['ic-a.example:8019', 'ic-b.example:8019'])
    const chain = scriptedHttp((_request, nth) => elsewhere(`ic-${nth}.example`))
    await expect(signIn(chain)).rejects.toMatchObject({ code: 'maintenance' })
    expect(chain.requests).toHaveLength(9)
  })

  test.each([
    'evil.example/x',
    'a@evil.example',
    'evil.example:443',
    '',
    ' ',
    '-x',
    'a..b',
    'https://evil.example',
  ])('named “%s” is no host', async host => {
    await expect(signIn(answersInTurn(elsewhere(host)))).rejects.toMatchObject({ code: 'maintenance' })
  })

  test('in practice is this computer, or nothing is sent', async () => {
    const practice = given({ url: 'http://127.0.0.1:4000', practice: true })
    const http = answersInTurn(elsewhere('evil.example'))
    await expect(signIn(http, practice)).rejects.toMatchObject({
      code: 'not-trusted',
      facts: { host: 'http://evil.example:4000' },
    })
    expect(http.requests).toHaveLength(1)
    const there = await signIn(answersInTurn(elsewhere('localhost'), answer()), practice)
    expect(there.origin).toBe('http://localhost:4000')
  })

  test.each(['https://ic-b.example', 'https://ic-b.example:8018', 'http://ic-b.example:8019', 'nonsense'])(
    'on another port or without TLS is not trusted: %s',
    named => {
      expect(() => icws().trust(given(), named)).toThrow(expect.objectContaining({ code: 'not-trusted' }))
    },
  )

  test('the one of the last sign-in is asked where the own one does not answer', async () => {
    const down = new AppError('connection-failed', { facts: { sent: false } })
    const target = given({ knownOrigin: 'https://ic-b.example:8019' })
    expect((await signIn(answersInTurn(down, answer()), target)).origin).toBe('https://ic-b.example:8019')
    await expect(signIn(answersInTurn(down, down), target)).rejects.toBe(down)
    const offline = new AppError('offline')
    await expect(signIn(answersInTurn(offline), target)).rejects.toBe(offline)
  })

  test('[icws:2.1.proxy-form] behind a web proxy the last part of the path names the server', async () => {
    const http = answersInTurn(elsewhere('ic-b'), answer(), json({ jobList: [] }))
    const signedIn = await signIn(http, given({ url: 'https://proxy.example/tel/ic-a' }))
    expect(http.requests.map(({ url }) => url)).toEqual([
      'https://proxy.example/tel/ic-a/icws/connection?include=version,features,server-time',
      'https://proxy.example/tel/ic-b/icws/connection?include=version,features,server-time',
    ])
    expect(signedIn).toMatchObject({ origin: 'https://proxy.example', own: { base: '/tel/ic-b' } })
  })

  test('an address may be typed with /icws behind it', async () => {
    for (const url of [`${origin}/`, `${origin}/icws`, `${origin}/icws/`]) {
      const http = answersInTurn(answer())
      await signIn(http, given({ url }))
      expect(http.requests[0]?.url).toBe(`${origin}/icws/connection?include=version,features,server-time`)
    }
  })
})
