import { describe, expect, test } from 'vitest'
import type { SecretBundle } from '../../../../main/core/ports.ts'
import type { SignInTarget } from '../../../../main/core/systems/system.ts'
import { addMillis, hours } from '../../../../main/core/time.ts'
import { fakeStart } from '../../../fakes/fake-clock.ts'
import { answersInTurn, type Scripted, type ScriptedHttp } from '../../../fakes/scripted-http.ts'
import { byPath, failed, ok, origin, place, secrets, vault } from './fixture.ts'

const session = (more: Readonly<Record<string, unknown>> = {}): Scripted =>
  ok({
    sessionId: 'ABCDEF0123',
    userId: 4711,
    vaultIds: [
      { id: 9000, name: 'Clinical', url: 'https://acme-clinical.veevavault.com/api' },
      { id: 9001, name: 'Quality', url: `${origin}/api` },
    ],
    vaultId: 9001,
    ...more,
  })
const offered = (...versions: readonly string[]): Scripted =>
  ok({ values: Object.fromEntries(versions.map(one => [one, `${origin}/api/${one}`])) })
const me = (profile: string | null): Scripted =>
  ok({ users: [{ user: { id: 4711, ...(profile === null ? {} : { security_profile__v: profile }) } }] })

const all = (more: Readonly<Record<string, Scripted>> = {}) => ({
  'POST /api/v25.2/auth': session(),
  'GET /api/': offered('v25.2', 'v26.1', 'v26.2', 'v27.1'),
  'GET /api/v26.2/objects/users/me': me('vault_owner__v'),
  ...more,
})

const signIn = (http: ScriptedHttp, target: Partial<SignInTarget> = {}, given: SecretBundle = secrets) =>
  vault().signIn(http, place(target), given)

describe('with a password', () => {
  test('[vault:3.2.form] [vault:3.1.versions] one form, then the newest version that both know', async () => {
    const http = byPath(all())
    expect(await signIn(http)).toEqual({
      headers: { authorization: 'ABCDEF0123' },
      own: { version: 'v26.2', auth: 'password', vaultId: '9001', userId: '4711', stagingRoot: 'whole' },
      sessionExpiresAt: fakeStart + hours(48),
      origin,
      keep: null,
      secretsExpireAt: null,
    })
    const [auth] = http.requests
    expect(auth?.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' })
    expect(auth?.headers.authorization).toBeUndefined()
    expect(Object.fromEntries(new URLSearchParams(auth?.body))).toEqual({
      ...secrets,
      vaultDNS: 'acme-quality.veevavault.com',
    })
  })

  test.each([
    [['v26.1', 'v25.3'], 'v26.1'],
    [['v25.2', 'v24.1'], 'v25.2'],
  ])('[vault:3.1.versions] of %j it is %s', async (versions, version) => {
    const http = byPath({
      ...all(),
      'GET /api/': offered(...versions),
      [`GET /api/${version}/objects/users/me`]: me('business_user__v'),
    })
    expect((await signIn(http)).own).toMatchObject({ version, stagingRoot: 'own' })
  })

  test('a vault that speaks no version that we know is not guessed at', async () => {
    await expect(signIn(byPath(all({ 'GET /api/': offered('v31.1') })))).rejects.toMatchObject({
      code: 'answer-not-understood',
      facts: { why: 'versions' },
    })
  })

  test('[vault:3.2.me] who may not read themselves has files in one of two places', async () => {
    const http = byPath(all({ 'GET /api/v26.2/objects/users/me': failed('INSUFFICIENT_ACCESS') }))
    expect((await signIn(http)).own).toMatchObject({ userId: '', stagingRoot: 'unknown' })
    const silent = byPath(all({ 'GET /api/v26.2/objects/users/me': me(null) }))
    expect((await signIn(silent)).own).toMatchObject({ userId: '4711', stagingRoot: 'unknown' })
  })

  test('[vault:3.2.wrong-vault] the vault is the one that was asked for, by its whole origin', async () => {
    const other = (url: string) => session({ vaultIds: [{ id: 9001, name: 'Other', url }] })
    const refused = async (url: string) => {
      const http = byPath({
        ...all({ 'POST /api/v25.2/auth': other(url) }),
        'DELETE /api/v25.2/session': ok(),
      })
      await expect(signIn(http)).rejects.toMatchObject({
        code: 'permission-missing',
        facts: { vault: 'Other', asked: 'acme-quality.veevavault.com' },
      })
      expect(http.requests.map(({ method }) => method)).toEqual(['POST', 'DELETE'])
    }
    await refused('https://acme-clinical.veevavault.com/api')
    await refused('https://acme-quality.veevavault.com:8443/api')
    await refused('http://acme-quality.veevavault.com/api')
    await refused('https://acme-quality.veevavault.com.evil.example/api')
    const spelt = other('https://ACME-Quality.veevavault.com:443/api')
    expect((await signIn(byPath(all({ 'POST /api/v25.2/auth': spelt })))).origin).toBe(origin)
  })

  test.each([{ vaultId: 9002 }, { vaultIds: [] }, { vaultIds: null }, { vaultId: null }])(
    'an answer that does not tell which vault it is, is none: %j',
    async more => {
      await expect(signIn(byPath({ 'POST /api/v25.2/auth': session(more) }))).rejects.toMatchObject({
        code: 'answer-not-understood',
      })
    },
  )

  test.each([
    ['USERNAME_OR_PASSWORD_INCORRECT', 'sign-in-refused'],
    ['NO_PASSWORD_PROVIDED', 'sign-in-refused'],
    ['INACTIVE_USER', 'sign-in-locked'],
    ['USER_LOCKED_OUT', 'sign-in-locked'],
    ['PASSWORD_CHANGE_REQUIRED', 'sign-in-expired'],
    ['SOMETHING_NEW', 'sign-in-refused'],
    ['INSUFFICIENT_ACCESS', 'sign-in-refused'],
  ])('[vault:3.2.refused] %s is %s, after one request', async (type, code) => {
    const http = byPath({ 'POST /api/v25.2/auth': failed(type) })
    await expect(signIn(http)).rejects.toMatchObject({ code })
    expect(http.requests).toHaveLength(1)
  })

  test.each([
    ['API_LIMIT_EXCEEDED', 'rate-limited'],
    ['UNEXPECTED_ERROR', 'server-error'],
    ['CONFIGURATION_MODE_ENABLED', 'maintenance'],
  ])('%s says nothing of the password', async (type, code) => {
    await expect(signIn(byPath({ 'POST /api/v25.2/auth': failed(type) }))).rejects.toMatchObject({ code })
  })

  test.each(['username', 'password'])('a missing %s is asked for', async field => {
    await expect(signIn(answersInTurn(), {}, { ...secrets, [field]: '' })).rejects.toMatchObject({
      code: 'secrets-missing',
      facts: { field },
    })
  })

  test('a session that could not stand in a header is not used', async () => {
    const http = byPath({ 'POST /api/v25.2/auth': session({ sessionId: 'A\r\nX: y' }) })
    await expect(signIn(http)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('with an access token', () => {
  const given = { accessToken: ' veeva-vault-abc \n' }

  test('[vault:3.2.access-token] [vault:3.1.session-header] nothing is sent but the token, and it does not end', async () => {
    const http = byPath(all())
    const signed = await signIn(http, { auth: 'access-token' }, given)
    expect(signed).toMatchObject({
      headers: { authorization: 'Bearer veeva-vault-abc' },
      own: { auth: 'access-token' },
      sessionExpiresAt: null,
      secretsExpireAt: null,
    })
    expect(http.requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  test('a session in its place ends within 48 hours', async () => {
    const signed = await signIn(byPath(all()), { auth: 'access-token' }, { accessToken: 'ABCDEF0123' })
    expect(signed.secretsExpireAt).toBe(addMillis(fakeStart, hours(48)))
  })

  test('one that the vault does not know is refused, and not tried again', async () => {
    const http = byPath({ 'GET /api/': failed('INVALID_SESSION_ID') })
    await expect(signIn(http, { auth: 'access-token' }, given)).rejects.toMatchObject({
      code: 'sign-in-refused',
    })
    expect(http.requests).toHaveLength(1)
  })
})

describe('trust', () => {
  test('is the address that was typed, and no other', () => {
    expect(vault().trust(place(), origin)).toEqual({ origins: [origin], practice: false })
    for (const other of [
      'https://login.veevavault.com',
      'https://acme-quality.veevavault.com:444',
      'http://127.0.0.1:1',
    ]) {
      expect(() => vault().trust(place(), other)).toThrow(expect.objectContaining({ code: 'not-trusted' }))
      expect(() => vault().trust(place({ practice: true }), other)).toThrow(
        expect.objectContaining({ code: 'not-trusted' }),
      )
    }
  })
})
