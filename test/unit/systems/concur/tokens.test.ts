import { describe, expect, test } from 'vitest'
import {
  clientSideOrigin,
  formOf,
  keptAfter,
  readTokenAnswer,
  readTokenRefusal,
  refusalMeaning,
} from '../../../../main/core/systems/concur/tokens.ts'
import { instantAt } from '../../../../main/core/time.ts'

const app = { clientId: '11111111-aaaa', clientSecret: 's3cr3t' }
const now = instantAt(Date.UTC(2026, 10, 1))
const answered = (more: object) => readTokenAnswer(JSON.stringify({ access_token: 'eyJa', ...more }), now)

describe('forms', () => {
  test('[concur:1.2.grant-refresh] a refresh token', () => {
    expect(formOf('refresh-token', { ...app, refreshToken: 'r4' })).toEqual({
      client_id: '11111111-aaaa',
      client_secret: 's3cr3t',
      grant_type: 'refresh_token',
      refresh_token: 'r4',
    })
  })

  test('[concur:1.2.grant-company] a company: its UUID and request token as user and password', () => {
    const secrets = { ...app, companyId: '0f0f0f0f-1111', companyRequestToken: 'at-example' }
    expect(formOf('company-request-token', secrets)).toEqual({
      client_id: '11111111-aaaa',
      client_secret: 's3cr3t',
      grant_type: 'password',
      username: '0f0f0f0f-1111',
      password: 'at-example',
      credtype: 'authtoken',
    })
  })

  test('[concur:1.2.grant-password] a user', () => {
    expect(formOf('password', { ...app, username: 'avery', password: 'p w' })).toMatchObject({
      grant_type: 'password',
      username: 'avery',
      password: 'p w',
      credtype: 'password',
    })
  })

  test('[concur:1.2.grant-client-credentials] an app for itself', () => {
    expect(formOf('client-credentials', app)).toEqual({
      client_id: '11111111-aaaa',
      client_secret: 's3cr3t',
      grant_type: 'client_credentials',
    })
  })

  test('blanks that were pasted along do not count, but for those of a password', () => {
    const pasted = { clientId: ' a\n', clientSecret: '\tb ', username: ' c ', password: ' d ' }
    expect(formOf('password', pasted)).toMatchObject({
      client_id: 'a',
      client_secret: 'b',
      username: 'c',
      password: ' d ',
    })
  })

  test.each([
    ['refresh-token', 'clientId', {}],
    ['refresh-token', 'refreshToken', app],
    ['client-credentials', 'clientSecret', { clientId: 'a' }],
    ['company-request-token', 'companyId', app],
    ['company-request-token', 'companyRequestToken', { ...app, companyId: 'a' }],
    ['password', 'username', app],
    ['password', 'password', { ...app, username: 'a' }],
  ] as const)('%s without %s', (auth, field, secrets) => {
    expect(() => formOf(auth, secrets)).toThrow(
      expect.objectContaining({ code: 'secrets-missing', facts: { field } }),
    )
  })
})

describe('what is kept', () => {
  const company = { ...app, companyId: '0f0f', companyRequestToken: 'at-example' }

  test('[concur:1.2.company-token-24h] a company request token is traded once for a refresh token', () => {
    const kept = keptAfter('company-request-token', company, answered({ refresh_token: 'r1' }))
    expect(kept).toEqual({ ...app, refreshToken: 'r1' })
    expect(formOf('company-request-token', kept ?? {})).toMatchObject({ refresh_token: 'r1' })
    expect(() => keptAfter('company-request-token', company, answered({}))).toThrow(
      expect.objectContaining({ code: 'permission-missing' }),
    )
  })

  test('[concur:1.2.rotation] the newest refresh token replaces the old one; the same one changes nothing', () => {
    const secrets = { ...app, refreshToken: 'r1' }
    expect(keptAfter('refresh-token', secrets, answered({ refresh_token: 'r2' }))).toEqual({
      ...app,
      refreshToken: 'r2',
    })
    expect(keptAfter('refresh-token', secrets, answered({ refresh_token: 'r1' }))).toBeNull()
    expect(keptAfter('refresh-token', secrets, answered({}))).toBeNull()
  })

  test('a password stays what is kept, whatever comes with the token', () => {
    expect(
      keptAfter('password', { ...app, username: 'a', password: 'b' }, answered({ refresh_token: 'r1' })),
    ).toBeNull()
    expect(keptAfter('client-credentials', app, answered({}))).toBeNull()
  })
})

describe('answers', () => {
  test.each([
    ['a text', '3600', 3_600_000],
    ['a number', 3600, 3_600_000],
    ['nothing', undefined, null],
    ['a word', 'an hour', null],
    ['no time', 0, null],
  ])('[concur:1.2.expires-in] expires_in is %s', (_name, expires_in, lifetime) => {
    expect(answered({ expires_in }).lifetime).toBe(lifetime)
  })

  test.each([
    ['seconds since 1970', 1_799_999_999, 1_799_999_999_000],
    ['the same as text', '1799999999', 1_799_999_999_000],
    ['a duration, which it is not', 15_552_000, null],
    ['milliseconds, which it is not', 1_799_999_999_000, null],
    ['nothing', undefined, null],
  ])('[concur:1.2.refresh-expires-in] refresh_expires_in is %s', (_name, refresh_expires_in, end) => {
    expect(answered({ refresh_expires_in }).refreshExpiresAt).toBe(end)
  })

  test.each([
    ['an origin', 'https://us2.api.concursolutions.com', 'https://us2.api.concursolutions.com'],
    [
      'the token endpoint',
      'https://us2.api.concursolutions.com/oauth2/v0/token',
      'https://us2.api.concursolutions.com',
    ],
    ['with a port', 'https://us2.api.concursolutions.com:443/', 'https://us2.api.concursolutions.com'],
    ['with user information', 'https://us2.api.concursolutions.com@evil.example', null],
    ['no address', 'us2', null],
    ['nothing', undefined, null],
  ])(
    '[concur:1.2.geolocation-url] geolocation is %s: its origin alone counts',
    (_name, geolocation, origin) => {
      expect(answered({ geolocation }).geolocation).toBe(origin)
    },
  )

  test('[concur:1.2.extra-keys] keys that nobody documented are ignored', () => {
    expect(answered({ anything: { else: 1 }, id_token: 'eyJb', scope: 'EXTRCT' })).toEqual({
      accessToken: 'eyJa',
      lifetime: null,
      refreshToken: null,
      refreshExpiresAt: null,
      geolocation: null,
    })
  })

  test.each([
    '',
    '[]',
    'null',
    '{"access_token":""}',
    '{"access_token":"a b"}',
    '{"access_token":7}',
    '<html>',
  ])('no answer: %s', text => {
    expect(() => readTokenAnswer(text, now)).toThrow(
      expect.objectContaining({ code: 'answer-not-understood' }),
    )
  })
})

describe('refusals', () => {
  test('[concur:1.2.error-body] the body in JSON', () => {
    const body = {
      code: 108,
      error: 'invalid_grant',
      error_description: 'bad or expired refresh token',
      geolocation: 'https://eu2.api.concursolutions.com',
    }
    expect(readTokenRefusal(JSON.stringify(body))).toEqual({
      code: 108,
      word: 'invalid_grant',
      geolocation: 'https://eu2.api.concursolutions.com',
    })
    expect(readTokenRefusal(JSON.stringify({ ...body, code: '108' })).code).toBe(108)
  })

  test.each(['', '<html>', '[]', '{"code":"x"}', 'null'])('a body that says nothing: %s', text => {
    expect(readTokenRefusal(text)).toEqual({ code: null, word: null, geolocation: null })
  })

  /** What a 400 means anywhere else. */
  const other = 'request-refused'

  test.each([
    [5, 'credentials', 'sign-in-refused'],
    [10, 'disabled', 'sign-in-locked'],
    [11, 'disabled', 'sign-in-locked'],
    [12, 'denied', 'sign-in-refused'],
    [13, 'denied', 'sign-in-refused'],
    [14, 'locked', 'sign-in-locked'],
    [16, '16', 'request-refused'],
    [19, 'credentials', 'sign-in-refused'],
    [20, 'ip', 'permission-missing'],
    [21, 'sso', 'sign-in-refused'],
    [53, 'company', 'permission-missing'],
    [54, 'scope', 'permission-missing'],
    [59, 'client', 'permission-missing'],
    [60, 'grant', 'permission-missing'],
    [61, 'unknown-client', 'sign-in-refused'],
    [64, 'credentials', 'sign-in-refused'],
    [106, 'refresh-token', 'sign-in-expired'],
    [108, 'refresh-token', 'sign-in-expired'],
    [123, 'disabled', 'sign-in-locked'],
    [134, 'maintenance', 'maintenance'],
    [135, 'format', 'request-refused'],
    [136, 'other-client', 'sign-in-refused'],
    [139, 'password', 'sign-in-expired'],
  ])('code %i [concur:1.2.code-%s]: %s', (code, _name, meaning) => {
    for (const status of [400, 401, 403]) {
      expect(refusalMeaning(status, { code, word: 'invalid_grant', geolocation: null }, other)).toBe(meaning)
    }
  })

  test('[concur:1.2.code-119] means two things: its words decide', () => {
    const meaning = (word: string) => refusalMeaning(400, { code: 119, word, geolocation: null }, other)
    expect(meaning('invalid_grant')).toBe('sign-in-refused')
    expect(meaning('unauthorized_client')).toBe('permission-missing')
    expect(meaning('invalid_request')).toBe('sign-in-refused')
  })

  test('a code that nobody documented: OAuth’s word, else a refused secret, which is not tried again', () => {
    const meaning = (code: number | null, word: string | null) =>
      refusalMeaning(400, { code, word, geolocation: null }, other)
    expect(meaning(999, 'invalid_scope')).toBe('permission-missing')
    expect(meaning(999, null)).toBe('sign-in-refused')
    expect(meaning(null, 'unsupported_grant_type')).toBe('sign-in-refused')
    expect(meaning(null, null)).toBeNull()
  })

  test.each([
    [400, 'rate-limited'],
    [400, 'server-error'],
    [429, 'rate-limited'],
    [407, 'proxy-sign-in'],
    [408, 'request-refused'],
    [307, 'redirect-refused'],
  ] as const)('what passes by itself says nothing of the secret: %i, %s', (status, otherwise) => {
    expect(
      refusalMeaning(status, { code: 999, word: 'invalid_request', geolocation: null }, otherwise),
    ).toBeNull()
  })

  test('a 401 or 403 without words counts as a refused secret: trying again could lock the account', () => {
    expect(refusalMeaning(401, { code: null, word: null, geolocation: null }, other)).toBe('sign-in-refused')
    expect(refusalMeaning(403, { code: null, word: null, geolocation: null }, other)).toBe('sign-in-refused')
  })
})

test.each([
  ['us2', 'https://us2.api.concursolutions.com', 'https://www-us2.api.concursolutions.com'],
  [
    'an implementation host',
    'https://emea-impl.api.concursolutions.com',
    'https://www-emea-impl.api.concursolutions.com',
  ],
  ['www already', 'https://www-eu2.api.concursolutions.com', 'https://www-eu2.api.concursolutions.com'],
  [
    '[concur:1.1.glz] glz, which has none',
    'https://glz.api.concursolutions.com',
    'https://glz.api.concursolutions.com',
  ],
  [
    '[concur:1.1.older] one of the older list',
    'https://us.api.concursolutions.com',
    'https://us.api.concursolutions.com',
  ],
  ['legacy', 'https://www.concursolutions.com', 'https://www.concursolutions.com'],
  ['loopback', 'http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  [
    'a lookalike',
    'https://us2.api.concursolutions.com.evil.example',
    'https://us2.api.concursolutions.com.evil.example',
  ],
])('[concur:1.1.www] the host that never asks for a client certificate: %s', (_name, origin, expected) => {
  expect(clientSideOrigin(origin)).toBe(expected)
})
