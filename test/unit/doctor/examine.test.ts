import { describe, expect, it } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { minutes, seconds } from '../../../main/core/time.ts'
import { doctorSteps } from '../../../preload/contract/doctor.ts'
import { brief, genuine, host, look, subject, way } from './way.ts'

const fails = (code: ConstructorParameters<typeof AppError>[0], facts = {}) => new AppError(code, { facts })
const notReached = (...steps: readonly string[]) => steps.map(step => `${step}: not-reached, not-reached`)
const fine = [
  'name: ok, name-found',
  'proxy: ok, direct',
  'proxy-sign-in: ok, no-proxy',
  'certificate: ok, certificate-public',
  'answer: ok, answers',
  'sign-in: ok, signed-in',
  'clock: ok, clock-right',
]

describe('a way on which everything works', () => {
  it('has every step once, in order, and says which one it is at', async () => {
    const { parts } = way({})
    const looked = await look(parts)
    expect(brief(looked)).toEqual(fine)
    expect(looked.begun).toEqual(['name', 'certificate', 'sign-in'])
    expect(looked.findings.map(({ step }) => step)).toEqual(doctorSteps)
  })

  it('asks once, over a connection of its own, and without a token', async () => {
    const { parts, requests } = way({})
    await look(parts)
    expect(requests).toMatchObject([
      { method: 'GET', url: subject.url, headers: { accept: '*/*' }, fresh: true },
    ])
    expect(Object.keys(requests[0]?.headers ?? {})).toEqual(['accept'])
  })

  it('goes through a proxy that knows the name where this computer does not', async () => {
    const { parts } = way({
      resolve: () => Promise.reject(fails('host-not-found')),
      route: async () => 'PROXY proxy.acme.example:8080; DIRECT',
    })
    const looked = await look(parts)
    expect(brief(looked).slice(0, 3)).toEqual([
      'name: ok, name-left-to-proxy',
      'proxy: ok, via-proxy',
      'proxy-sign-in: ok, proxy-lets-through',
    ])
    expect(looked.findings[1]?.facts.proxy).toBe('proxy.acme.example:8080')
    expect(looked.begun).toEqual(['name', 'proxy-sign-in', 'sign-in'])
  })

  it('names the simulator’s address as one, and wants no certificate of it', async () => {
    const { parts } = way({ online: false, certificate: null })
    const looked = await look(parts, { ...subject, url: 'http://127.0.0.1:4010/api/' })
    expect(brief(looked).slice(0, 4)).toEqual([
      'name: ok, name-is-address',
      'proxy: ok, direct',
      'proxy-sign-in: ok, no-proxy',
      'certificate: ok, no-encryption',
    ])
  })
})

describe('each step that fails', () => {
  it('a name that nobody knows: the rest is not looked at, and nothing is sent', async () => {
    const { parts, requests, signIns } = way({ resolve: () => Promise.reject(fails('host-not-found')) })
    expect(brief(await look(parts))).toEqual([
      'name: failed, name-unknown',
      'proxy: ok, direct',
      ...notReached('proxy-sign-in', 'certificate', 'answer', 'sign-in', 'clock'),
    ])
    expect([requests, signIns]).toEqual([[], []])
  })

  it('a name server that never answers is waited for no longer than its step may take', async () => {
    const { parts, clock } = way({ resolve: () => new Promise(() => {}) })
    const looking = look(parts)
    await clock.advance(seconds(10))
    expect((await looking).findings[0]).toMatchObject({
      result: 'failed',
      outcome: 'too-slow',
      facts: { limitMs: seconds(10) },
    })
  })

  it('a computer that is offline, and one whose policy does not allow the host', async () => {
    const offline = way({ online: false })
    expect(brief(await look(offline.parts))[0]).toBe('name: failed, offline')
    const forbidden = way({ allows: false })
    const looked = await look(forbidden.parts)
    expect(brief(looked)).toEqual(['name: failed, host-forbidden', ...notReached(...doctorSteps.slice(1))])
    expect(forbidden.requests).toEqual([])
  })

  it('a proxy script that cannot be had', async () => {
    const { parts, requests } = way({ route: () => Promise.reject(new Error('no script')) })
    expect(brief(await look(parts))[1]).toBe('proxy: failed, proxy-undecided')
    expect(requests).toEqual([])
  })

  it('a proxy that asks for a sign-in is named with its realm', async () => {
    const { parts, signIns } = way({
      route: async () => 'PROXY proxy.acme.example:8080',
      answer: fails('proxy-sign-in', { proxy: 'proxy.acme.example:8080', realm: 'ACME', sent: false }),
    })
    const { findings } = await look(parts)
    expect(findings[2]).toMatchObject({
      result: 'failed',
      outcome: 'proxy-asks',
      facts: { proxy: 'proxy.acme.example:8080', realm: 'ACME' },
    })
    expect(findings.slice(3).every(({ result }) => result === 'not-reached')).toBe(true)
    expect(signIns).toEqual([])
  })

  it('a proxy that is not there', async () => {
    const { parts } = way({
      route: async () => 'PROXY proxy.acme.example:8080',
      answer: fails('proxy-failed', { reason: 'ERR_PROXY_CONNECTION_FAILED' }),
    })
    expect(brief(await look(parts))[2]).toBe('proxy-sign-in: failed, proxy-fails')
  })

  it.each([
    ['ERR_CERT_AUTHORITY_INVALID', 'certificate-unknown-issuer'],
    ['ERR_CERT_DATE_INVALID', 'certificate-dates'],
    ['ERR_CERT_COMMON_NAME_INVALID', 'certificate-other-name'],
    ['ERR_CERT_REVOKED', 'certificate-refused'],
  ])('a certificate that is refused with %s, by its issuer', async (reason, outcome) => {
    const inspecting = { ...genuine, issuer: 'ACME Inspection', trusted: false, publicRoot: false }
    const { parts, signIns } = way({
      certificate: inspecting,
      answer: fails('certificate', { reason, issuer: 'ACME Inspection', sent: false }),
    })
    const { findings } = await look(parts)
    expect(findings[3]).toMatchObject({ result: 'failed', outcome, facts: { issuer: 'ACME Inspection' } })
    expect(findings[4]).toMatchObject({ result: 'not-reached' })
    expect(signIns).toEqual([])
  })

  it('nothing listens there', async () => {
    const { parts } = way({ answer: fails('connection-failed', { reason: 'ERR_CONNECTION_REFUSED' }) })
    const looked = await look(parts)
    expect(brief(looked).slice(2)).toEqual([
      'proxy-sign-in: ok, no-proxy',
      'certificate: not-reached, not-reached',
      'answer: failed, nobody-answers',
      ...notReached('sign-in', 'clock'),
    ])
    expect(looked.findings[4]?.facts).toMatchObject({ host, reason: 'ERR_CONNECTION_REFUSED' })
  })

  it.each([
    [{ status: 503 }, 'answer: attention, maintenance'],
    [{ status: 500 }, 'answer: failed, server-error'],
    [{ status: 404 }, 'answer: attention, no-api'],
    [
      { status: 302, headers: { location: 'https://login.guest.example/x?token=1' } },
      'answer: attention, elsewhere',
    ],
    [
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><title>Guest  network</title>' },
      'answer: attention, web-page',
    ],
  ])('an answer that is not the system’s: %j', async (answer, expected) => {
    expect(brief(await look(way({ answer }).parts))[4]).toBe(expected)
  })

  it('a page in between is not given secrets to refuse, and a detour is named by its host alone', async () => {
    const { parts, signIns } = way({
      answer: { status: 302, headers: { location: 'https://login.guest.example/x?token=1' } },
    })
    const { findings } = await look(parts)
    expect(findings[4]?.facts.to).toBe('login.guest.example')
    expect(findings[5]?.result).toBe('not-reached')
    expect(signIns).toEqual([])
  })

  it('a sign-in that waits for the user is not tried, one that fails keeps its error', async () => {
    const waits = way({ signIn: () => Promise.reject(fails('sign-in-waiting')) })
    expect(brief(await look(waits.parts))[5]).toBe('sign-in: failed, sign-in-waits')
    const refused = way({ signIn: () => Promise.reject(fails('permission-missing')) })
    expect((await look(refused.parts)).findings[5]).toMatchObject({
      outcome: 'sign-in-fails',
      error: { code: 'permission-missing' },
    })
  })

  it('a sign-in that takes too long is left alone, and asked for once', async () => {
    const { parts, clock, signIns } = way({ signIn: () => new Promise(() => {}) })
    const looking = look(parts)
    await clock.advance(seconds(60))
    const looked = await looking
    expect(brief(looked).slice(5)).toEqual(['sign-in: failed, too-slow', 'clock: ok, clock-right'])
    expect(signIns).toHaveLength(1)
  })
})

describe('certificates', () => {
  const seen = async (certificate: typeof genuine, pinned: string | null = null) =>
    brief(await look(way({ certificate }).parts, { ...subject, pinned }))[3]

  it('one of the company’s own authority works, and is worth a look', async () => {
    const company = { ...genuine, issuer: 'ACME Inspection', publicRoot: false }
    expect(await seen(company)).toBe('certificate: attention, certificate-company')
  })

  it('a pinned one is the one that was decided on; another untrusted one is not', async () => {
    const own = { ...genuine, trusted: false, publicRoot: false }
    expect(await seen(own, own.fingerprint)).toBe('certificate: ok, certificate-pinned')
    expect(await seen(own, 'cd'.repeat(32))).toBe('certificate: failed, certificate-refused')
  })
})

describe('the clock', () => {
  const atSystem = (ms: number) => new Date(way({}).clock.now() + ms).toUTCString()
  const clockOf = async (bent: Parameters<typeof way>[0]) => (await look(way(bent).parts)).findings[6]

  it.each([
    [0, 'ok'],
    [minutes(1), 'ok'],
    [minutes(-3), 'attention'],
    [minutes(4), 'attention'],
    [minutes(-7), 'failed'],
    [minutes(90), 'failed'],
  ])('a system that is %d ms ahead: %s', async (ahead, result) => {
    const found = await clockOf({ date: atSystem(ahead) })
    expect(found?.result).toBe(result)
    expect(Math.round(Number(found?.facts.skewMs) / 1000)).toBeCloseTo(-ahead / 1000, -1)
  })

  it('a slow answer is not taken for a clock that is off', async () => {
    const found = await clockOf({ takes: minutes(3), date: atSystem(minutes(3)) })
    expect(found).toMatchObject({ result: 'ok', facts: { withinMs: minutes(1.5) + seconds(1) } })
  })

  it('an answer that does not say the time', async () => {
    expect(await clockOf({ date: null })).toMatchObject({ result: 'not-reached', outcome: 'clock-unknown' })
    expect(await clockOf({ date: 'yesterday' })).toMatchObject({ outcome: 'clock-unknown' })
  })
})

it('is stopped at once, whatever it waits for', async () => {
  const controller = new AbortController()
  const { parts } = way({ resolve: () => new Promise(() => {}) })
  const looking = look(parts, subject, controller.signal)
  controller.abort()
  await expect(looking).rejects.toMatchObject({ code: 'cancelled' })
})
