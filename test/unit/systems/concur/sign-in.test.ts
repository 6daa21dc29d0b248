import { describe, expect, test } from 'vitest'
import type { SignInTarget } from '../../../../main/core/systems/system.ts'
import { minutes } from '../../../../main/core/time.ts'
import { fakeStart } from '../../../fakes/fake-clock.ts'
import { answersInTurn, type Scripted } from '../../../fakes/scripted-http.ts'
import { concur } from './fixture.ts'

const app = { clientId: 'app', clientSecret: 's3cr3t' }
const refreshing = { ...app, refreshToken: 'r1' }
const at = (url: string, more: Partial<SignInTarget> = {}): SignInTarget => ({
  url,
  knownOrigin: null,
  auth: 'refresh-token',
  practice: false,
  ...more,
})
const glz = 'https://glz.api.concursolutions.com'
const us2 = 'https://us2.api.concursolutions.com'
const wwwUs2 = 'https://www-us2.api.concursolutions.com'
const eu2 = 'https://www-eu2.api.concursolutions.com'
const token = (more: object = {}): Scripted => ({
  body: JSON.stringify({ access_token: 'eyJa', expires_in: '3600', ...more }),
})
const refusal = (code: number, more: object = {}, status = 400): Scripted => ({
  status,
  body: JSON.stringify({ code, error: 'invalid_grant', error_description: 'no', ...more }),
})

test('[concur:1.2.token-request] a form, posted with its length, with an id of its own', async () => {
  const http = answersInTurn(token())
  await concur().signIn(http, at(eu2), { ...app, refreshToken: 'r+1&x' })
  expect(http.requests).toEqual([
    expect.objectContaining({
      method: 'POST',
      url: `${eu2}/oauth2/v0/token`,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'concur-correlationid': 'desk-1',
      },
      body: 'client_id=app&client_secret=s3cr3t&grant_type=refresh_token&refresh_token=r%2B1%26x',
    }),
  ])
})

test('[concur:1.2.answer] a token, its end, and what to keep', async () => {
  const http = answersInTurn(
    token({ geolocation: us2, refresh_token: 'r2', refresh_expires_in: 1_799_999_999 }),
  )
  expect(await concur().signIn(http, at(glz), refreshing)).toEqual({
    headers: { authorization: 'Bearer eyJa' },
    own: {},
    sessionExpiresAt: fakeStart + 3_600_000,
    origin: wwwUs2,
    keep: { ...app, refreshToken: 'r2' },
    secretsExpireAt: 1_799_999_999_000,
  })
})

test('[concur:1.2.grant-client-credentials] no refresh token comes, and none is kept', async () => {
  const http = answersInTurn(token({ geolocation: eu2 }))
  const signedIn = await concur().signIn(http, at(eu2, { auth: 'client-credentials' }), app)
  expect(signedIn).toMatchObject({ keep: null, secretsExpireAt: null, origin: eu2 })
})

describe('[concur:1.3.scheme] a token that the user has goes as it is, and nothing is asked', () => {
  const target = at('https://www.concursolutions.com/', { auth: 'access-token' })
  test.each([
    [{ accessToken: 'legacy' }, 'OAuth'],
    [{ accessToken: 'legacy', scheme: 'OAuth' }, 'OAuth'],
    [{ accessToken: 'eyJa', scheme: 'Bearer' }, 'Bearer'],
    [{ accessToken: 'eyJa', scheme: 'bearer' }, 'Bearer'],
  ])('[concur:1.1.legacy-host] %j with the scheme %s', async (secrets, scheme) => {
    const http = answersInTurn()
    expect(await concur().signIn(http, target, secrets)).toEqual({
      headers: { authorization: `${scheme} ${secrets.accessToken}` },
      own: {},
      sessionExpiresAt: null,
      origin: 'https://www.concursolutions.com',
      keep: null,
      secretsExpireAt: null,
    })
    expect(http.requests).toEqual([])
  })

  test('without a token', async () => {
    await expect(concur().signIn(answersInTurn(), target, {})).rejects.toMatchObject({
      code: 'secrets-missing',
    })
  })
})

describe('where to sign in', () => {
  test('[concur:1.2.base] at the connection’s own address first, then at the origin that was named', async () => {
    const http = answersInTurn(token(), token())
    expect((await concur().signIn(http, at(`${eu2}/`), refreshing)).origin).toBe(eu2)
    expect((await concur().signIn(http, at(glz, { knownOrigin: eu2 }), refreshing)).origin).toBe(eu2)
    expect(http.requests.map(({ url }) => new URL(url).origin)).toEqual([eu2, eu2])
  })

  test('[concur:1.1.www] the user’s own spelling of the named origin wins', async () => {
    const http = answersInTurn(token({ geolocation: us2 }))
    expect((await concur().signIn(http, at(us2), refreshing)).origin).toBe(us2)
  })

  test.each([
    ['[concur:1.1.older] one of the older list', 'https://us.api.concursolutions.com'],
    ['[concur:1.1.suffix] one of tomorrow', 'https://mars7.api.concursolutions.com'],
    ['[concur:1.1.suffix] China', 'https://cn.api.concurcdc.cn'],
  ])('%s: trusted by its domain', async (_fact, named) => {
    const http = answersInTurn(token({ geolocation: named }))
    expect((await concur().signIn(http, at(glz), refreshing)).origin).toBe(named)
    expect(concur().trust(at(glz), named)).toEqual({ origins: [glz, named], practice: false })
  })

  test.each([
    'https://evil.example',
    'https://concursolutions.com.evil.example',
    'https://evilconcursolutions.com',
    'http://us2.api.concursolutions.com',
    'https://us2.api.concursolutions.com:8443',
    'http://127.0.0.1:4000',
  ])('[concur:1.1.suffix] %s is not', async named => {
    const http = answersInTurn(token({ geolocation: named }))
    await expect(concur().signIn(http, at(glz), refreshing)).rejects.toMatchObject({ code: 'not-trusted' })
    const known = answersInTurn()
    await expect(concur().signIn(known, at(glz, { knownOrigin: named }), refreshing)).rejects.toMatchObject({
      code: 'not-trusted',
    })
    expect(() => concur().trust(at(glz), named)).toThrow(expect.objectContaining({ code: 'not-trusted' }))
  })

  test('in practice it is this computer, or nothing', async () => {
    const practice = at('http://127.0.0.1:4000', { practice: true })
    const near = answersInTurn(token({ geolocation: 'http://127.0.0.1:4001/oauth2/v0/token' }))
    expect((await concur().signIn(near, practice, refreshing)).origin).toBe('http://127.0.0.1:4001')
    const far = answersInTurn(token({ geolocation: us2 }))
    await expect(concur().signIn(far, practice, refreshing)).rejects.toMatchObject({ code: 'not-trusted' })
  })
})

describe('[concur:1.2.code-16] the user lives elsewhere', () => {
  test('the same call is repeated there', async () => {
    const http = answersInTurn(refusal(16, { geolocation: us2 }), token())
    expect((await concur().signIn(http, at(glz), refreshing)).origin).toBe(wwwUs2)
    expect(http.requests.map(({ url }) => url)).toEqual([
      `${glz}/oauth2/v0/token`,
      `${wwwUs2}/oauth2/v0/token`,
    ])
    expect(http.requests[1]?.body).toBe(http.requests[0]?.body)
  })

  test('once', async () => {
    const http = answersInTurn(refusal(16, { geolocation: us2 }), refusal(16, { geolocation: eu2 }))
    await expect(concur().signIn(http, at(glz), refreshing)).rejects.toMatchObject({
      code: 'request-refused',
      facts: { concurCode: 16 },
    })
    expect(http.requests).toHaveLength(2)
  })

  test.each([
    ['where it is not Concur’s', { geolocation: 'https://evil.example' }, 'not-trusted'],
    ['where it is where we are', { geolocation: glz }, 'request-refused'],
    ['where it is not named', {}, 'request-refused'],
  ])('not %s', async (_name, more, code) => {
    const http = answersInTurn(refusal(16, more))
    await expect(concur().signIn(http, at(glz), refreshing)).rejects.toMatchObject({ code })
    expect(http.requests).toHaveLength(1)
  })
})

describe('refusals', () => {
  test('[concur:1.2.error-body] have their code, the system’s words and the exchange’s id', async () => {
    const http = answersInTurn({
      ...refusal(108, { error_description: 'bad or expired refresh token', geolocation: eu2 }),
      headers: { 'concur-correlationid': 'theirs' },
    })
    await expect(concur().signIn(http, at(eu2), refreshing)).rejects.toMatchObject({
      code: 'sign-in-expired',
      facts: { status: 400, concurCode: 108 },
      said: 'bad or expired refresh token',
      correlationId: 'theirs',
    })
    expect(http.requests).toHaveLength(1)
  })

  test('[concur:1.1.wrong-host] a sandbox’s client is unknown at a production host, and says so', async () => {
    const http = answersInTurn(
      refusal(61, { error: 'invalid_client', error_description: 'client not found' }, 401),
    )
    await expect(concur().signIn(http, at(eu2), refreshing)).rejects.toMatchObject({
      code: 'sign-in-refused',
      said: 'client not found',
    })
  })

  test.each([
    ['[concur:1.2.error-5xx] a failure', { status: 500, body: 'Internal error' }, 'server-error', {}],
    [
      '[concur:1.2.error-5xx] maintenance',
      { status: 503, body: 'Down' },
      'maintenance',
      { retryAfterMs: minutes(5) },
    ],
    [
      '[concur:1.2.code-maintenance] of the company alone',
      refusal(134),
      'maintenance',
      { concurCode: 134, retryAfterMs: minutes(5) },
    ],
    [
      'too many requests',
      { status: 429, headers: { 'retry-after': '0' } },
      'rate-limited',
      { retryAfterMs: minutes(1) },
    ],
    [
      'too many requests in the words of a 400',
      refusal(999, { error: 'invalid_request', error_description: 'request limit exceeded' }),
      'rate-limited',
      { retryAfterMs: minutes(1) },
    ],
    [
      'a deadlock',
      refusal(999, { error: 'invalid_request', error_description: 'Database deadlock, retry shortly' }),
      'server-error',
      {},
    ],
    ['another path', { status: 404 }, 'not-found', {}],
    ['a proxy', { status: 407 }, 'proxy-sign-in', {}],
  ])('%s says nothing of the secret', async (_name, answer, code, facts) => {
    await expect(concur().signIn(answersInTurn(answer), at(eu2), refreshing)).rejects.toMatchObject({
      code,
      facts,
    })
  })

  test('a redirect is not followed: the form has the secrets in it', async () => {
    const http = answersInTurn({ status: 307, headers: { location: `${eu2}/elsewhere` } })
    await expect(concur().signIn(http, at(eu2), refreshing)).rejects.toMatchObject({
      code: 'redirect-refused',
    })
    expect(http.requests).toHaveLength(1)
  })

  test('a page with status 200 is no token', async () => {
    const http = answersInTurn({ body: '<!DOCTYPE html><title>Sign in to the network</title>' })
    await expect(concur().signIn(http, at(eu2), refreshing)).rejects.toMatchObject({
      code: 'answer-not-understood',
      said: 'Sign in to the network',
    })
  })
})
