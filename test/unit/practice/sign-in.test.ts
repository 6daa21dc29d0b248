import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConcurAuth } from '../../../main/practice/index.ts'
import { API, type Bench, form, openBench, postChunked, type Result, signIn } from './support.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench()
})

afterEach(() => bench.practice.close())

const body = (answer: Result) => JSON.parse(answer.text) as Record<string, unknown>
const status = async (authorization: string, origin?: string) =>
  (await bench.call(`${API}/`, { authorization, ...(origin === undefined ? {} : { origin }) })).status

describe('a sign-in that is granted', () => {
  const kinds: ConcurAuth[] = ['refresh-token', 'company-request-token', 'client-credentials', 'password']

  it.each(kinds)('%s gives a Bearer token that the Extract API takes', async auth => {
    const answer = await signIn(bench, form(bench, auth))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(body(answer)).toMatchObject({ token_type: 'Bearer', practice: expect.any(String) })
    expect(await status(`Bearer ${body(answer).access_token}`)).toBe(200)
    expect(await status(`OAuth ${body(answer).access_token}`)).toBe(403)
  })

  it('writes expires_in as text at the first sign-in and as a number at a refresh', async () => {
    const first = body(await signIn(bench, form(bench, 'password')))
    const refreshed = body(await signIn(bench, form(bench, 'refresh-token')))
    expect(first.expires_in).toBe('3600')
    expect(refreshed.expires_in).toBe(3600)
  })

  it('gives the end of a refresh token in epoch seconds, 180 days ahead', async () => {
    const answer = body(await signIn(bench, form(bench, 'password')))
    expect(answer.refresh_expires_in).toBe(bench.clock.ms / 1000 + 180 * 86_400)
  })

  it('names its own origin as geolocation, and a whole token address for a company', async () => {
    const { url } = bench.practice.concur
    expect(body(await signIn(bench, form(bench, 'password'))).geolocation).toBe(url)
    expect(body(await signIn(bench, form(bench, 'company-request-token'))).geolocation).toBe(
      `${url}/oauth2/v0/token`,
    )
  })

  it('answers client credentials without refresh token and id token', async () => {
    const answer = body(await signIn(bench, form(bench, 'client-credentials')))
    expect(Object.keys(answer)).not.toContain('refresh_token')
    expect(Object.keys(answer)).not.toContain('id_token')
  })

  it('takes the legacy token with OAuth only', async () => {
    const { accessToken = '', scheme = '' } = bench.practice.concur.signIn['access-token']
    expect(scheme).toBe('OAuth')
    expect(await status(`OAuth ${accessToken}`)).toBe(200)
    expect(await status(`Bearer ${accessToken}`)).toBe(403)
  })

  it('does not take an id token for an access token', async () => {
    const answer = body(await signIn(bench, form(bench, 'password')))
    expect(await status(`Bearer ${answer.id_token}`)).toBe(403)
  })
})

describe('a sign-in that is refused', () => {
  const password = () => form(bench, 'password')
  const cases: [string, () => Record<string, string>, number, number][] = [
    ['a wrong password', () => ({ ...password(), password: 'wrong' }), 403, 5],
    ['an unknown user', () => ({ ...password(), username: 'nobody@practice.example' }), 403, 5],
    ['no user name', () => ({ ...password(), username: '' }), 400, 51],
    ['no password', () => ({ ...password(), password: '' }), 400, 52],
    ['an unknown credtype', () => ({ ...password(), credtype: 'otp' }), 400, 120],
    ['an unknown client', () => ({ ...password(), client_id: 'x' }), 401, 61],
    ['no client', () => ({ ...password(), client_id: '' }), 400, 62],
    ['no client secret', () => ({ ...password(), client_secret: '' }), 400, 63],
    ['a wrong client secret', () => ({ ...password(), client_secret: 'x' }), 401, 64],
    ['another grant', () => ({ ...password(), grant_type: 'otp' }), 403, 60],
    ['no refresh token', () => ({ ...form(bench, 'refresh-token'), refresh_token: '' }), 400, 106],
    ['a bad refresh token', () => ({ ...form(bench, 'refresh-token'), refresh_token: 'x' }), 400, 108],
    ['a wrong request token', () => ({ ...form(bench, 'company-request-token'), password: 'x' }), 403, 5],
  ]

  it.each(cases)('%s', async (_, fields, expected, code) => {
    const answer = await signIn(bench, fields())
    expect(answer.status).toBe(expected)
    expect(body(answer)).toEqual({
      code,
      error: expect.any(String),
      error_description: expect.any(String),
      geolocation: bench.practice.concur.url,
    })
  })

  it('answers 65 without a grant type', async () => {
    const { grant_type: _, ...fields } = password()
    expect(body(await signIn(bench, fields)).code).toBe(65)
  })

  it('answers 135 for any content type but a form', async () => {
    const answer = await bench.call('/oauth2/v0/token', {
      method: 'POST',
      contentType: 'application/json',
      body: JSON.stringify(password()),
    })
    expect([answer.status, body(answer).code]).toEqual([400, 135])
  })

  it('answers 400 for a chunked body', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await postChunked(`${bench.practice.concur.url}/oauth2/v0/token`, type)).toBe(400)
  })

  it('locks a user after five wrong passwords, and that user alone', async () => {
    for (let i = 0; i < 5; i += 1) {
      expect(body(await signIn(bench, { ...password(), password: 'wrong' })).code).toBe(5)
    }
    expect(body(await signIn(bench, password())).code).toBe(14)
    expect((await signIn(bench, form(bench, 'company-request-token'))).status).toBe(200)
  })

  it('forgets wrong passwords once the right one was given', async () => {
    for (let i = 0; i < 4; i += 1) await signIn(bench, { ...password(), password: 'wrong' })
    expect((await signIn(bench, password())).status).toBe(200)
    for (let i = 0; i < 4; i += 1) await signIn(bench, { ...password(), password: 'wrong' })
    expect((await signIn(bench, password())).status).toBe(200)
  })

  it('rejects a refresh token 180 days after its last use', async () => {
    const day = 86_400_000
    bench.wait(179 * day)
    expect((await signIn(bench, form(bench, 'refresh-token'))).status).toBe(200)
    bench.wait(179 * day)
    expect((await signIn(bench, form(bench, 'refresh-token'))).status).toBe(200)
    bench.wait(180 * day)
    expect(body(await signIn(bench, form(bench, 'refresh-token'))).code).toBe(108)
  })
})

describe('a user who lives elsewhere', () => {
  it.each<ConcurAuth>(['refresh-token', 'company-request-token', 'password'])('%s', async auth => {
    const { url, elsewhere } = bench.practice.concur
    const fields = form(bench, auth, elsewhere.signIn)
    const sentAway = await signIn(bench, fields)
    expect(sentAway.status).toBe(400)
    expect(body(sentAway)).toMatchObject({ code: 16, error: 'invalid_request', geolocation: elsewhere.url })
    expect(elsewhere.url).not.toBe(url)

    const granted = body(await signIn(bench, fields, elsewhere.url))
    expect(String(granted.geolocation)).toContain(elsewhere.url)
    const token = `Bearer ${granted.access_token}`
    expect(await status(token, elsewhere.url)).toBe(200)
    expect(await status(token, url)).toBe(403)
  })
})

describe('an access token', () => {
  it('is asked for with 401 and rejected with 403', async () => {
    expect((await bench.call(`${API}/`)).status).toBe(401)
    expect(await status('Bearer nonsense')).toBe(403)
    expect(await status('Basic abc')).toBe(403)
  })

  it('lives for an hour', async () => {
    const token = await bench.token()
    bench.wait(3_599_000)
    expect(await status(token)).toBe(200)
    bench.wait(1_000)
    expect(await status(token)).toBe(403)
  })

  it('dies when the connection is revoked, and so does the refresh token', async () => {
    const token = await bench.token()
    const revoked = await bench.call('/app-mgmt/v0/connections', { method: 'DELETE', authorization: token })
    expect(revoked.status).toBe(204)
    expect(await status(token)).toBe(403)
    expect(body(await signIn(bench, form(bench, 'refresh-token'))).code).toBe(108)
    expect(await status(await bench.token('password'))).toBe(200)
  })
})
