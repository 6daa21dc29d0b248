import { describe, expect, test } from 'vitest'
import { AppError } from '../../../../main/core/errors.ts'
import { remoteId } from '../../../../main/core/ids.ts'
import { spacingOf } from '../../../../main/core/systems/vault/pace.ts'
import { seconds } from '../../../../main/core/time.ts'
import { answersInTurn, type Scripted } from '../../../fakes/scripted-http.ts'
import { executionId, failed, ofNone, ok, said, session, type Turn, vault } from './fixture.ts'

const probe = (answer: Scripted | AppError) => vault().probe(session(answersInTurn(answer)))
const job = (answer: Scripted) => vault().job(session(answersInTurn(answer)), ofNone, remoteId('5150'))

describe('what goes out', () => {
  test('[vault:3.1.client-id] [vault:3.1.session-header] every call names the client, and has an id of its own', async () => {
    const http = answersInTurn(ok(), ok())
    const [system, open] = [vault(), session(http)]
    await system.probe(open)
    await system.keepAlive?.(open)
    for (const { headers } of http.requests) {
      expect(headers['x-vaultapi-clientid']).toMatch(/^[\w.-]{1,100}$/)
      expect(headers).toMatchObject({ authorization: 'SESSION', accept: 'application/json' })
    }
    const ids = http.requests.map(({ headers }) => headers['x-vaultapi-referenceid'])
    expect(new Set(ids).size).toBe(2)
  })
})

describe('what an answer means', () => {
  const types = [
    ['UNEXPECTED_ERROR', 'server-error'],
    ['MALFORMED_URL', 'request-refused'],
    ['METHOD_NOT_SUPPORTED', 'request-refused'],
    ['INACTIVE_USER', 'sign-in-locked'],
    ['NO_PASSWORD_PROVIDED', 'sign-in-refused'],
    ['USERNAME_OR_PASSWORD_INCORRECT', 'sign-in-refused'],
    ['USER_LOCKED_OUT', 'sign-in-locked'],
    ['PASSWORD_CHANGE_REQUIRED', 'sign-in-expired'],
    ['INVALID_SESSION_ID', 'session-expired'],
    ['PARAMETER_REQUIRED', 'request-refused'],
    ['INVALID_DATA', 'request-refused'],
    ['INSUFFICIENT_ACCESS', 'permission-missing'],
    ['OPERATION_NOT_ALLOWED', 'request-refused'],
    ['ATTRIBUTE_NOT_SUPPORTED', 'request-refused'],
    ['INVALID_FILTER', 'request-refused'],
    ['INCORRECT_QUERY_SYNTAX_ERROR', 'request-refused'],
    ['RACE_CONDITION', 'server-error'],
    ['EXCEEDS_FILE_MAX_SIZE', 'request-refused'],
    ['API_LIMIT_EXCEEDED', 'rate-limited'],
    ['CONFIGURATION_MODE_ENABLED', 'maintenance'],
    ['SDK_ERROR', 'request-refused'],
    ['OPERATION_IN_PROGRESS', 'already-running'],
    ['ITEM_NAME_EXISTS', 'request-refused'],
    ['USER_NOT_FOUND', 'request-refused'],
    ['FEDERATED_ID_ALREADY_EXISTS', 'request-refused'],
    ['THE_TWENTY_SIXTH', 'request-refused'],
  ] as const
  test.each(types)(
    '[vault:3.3.types] [vault:3.3.race] [vault:3.1.envelope] %s, with status 200, is %s',
    async (type, code) => {
      await expect(probe(failed(type))).rejects.toMatchObject({
        code,
        said: 'as the vault says it',
        correlationId: executionId,
        facts: { status: 200, vaultType: type },
      })
    },
  )

  test.each([
    [{ responseStatus: 'EXCEPTION', responseMessage: 'It broke' }, 'server-error', 'It broke'],
    [{ responseStatus: 'FAILURE', responseMessage: 'No' }, 'request-refused', 'No'],
    [{ responseStatus: 'MAYBE' }, 'answer-not-understood', undefined],
    [{}, 'answer-not-understood', undefined],
  ])('an answer without an error type: %j', async (body, code, words) => {
    await expect(probe(said(body))).rejects.toMatchObject({ code, said: words })
  })

  test('the words of the vault do not decide, and its own type does whatever the status', async () => {
    const body = JSON.stringify({
      responseStatus: 'FAILURE',
      errors: [{ type: 'INVALID_SESSION_ID', message: 'rate limit, password incorrect' }],
    })
    await expect(probe({ status: 500, body })).rejects.toMatchObject({ code: 'session-expired' })
  })

  test.each([
    [401, 'session-expired'],
    [403, 'permission-missing'],
    [404, 'not-found'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'maintenance'],
    [418, 'request-refused'],
  ])('[vault:3.1.404] status %i of whoever answered in its place is %s', async (status, code) => {
    const page = '<html><title>Gateway</title></html>'
    await expect(probe({ status, body: page })).rejects.toMatchObject({ code, said: 'Gateway' })
  })

  test('[vault:3.1.execution-id] without an answer the id is ours', async () => {
    const cut = new AppError('connection-cut', { facts: { sent: true } })
    await expect(probe(cut)).rejects.toMatchObject({ code: 'connection-cut', correlationId: 'desk-1' })
  })

  test('[vault:3.1.warning] a warning is an answer, and kept', async () => {
    const answer = {
      responseStatus: 'WARNING',
      warnings: [{ type: 'X', message: 'Some fields are hidden' }, 'and more'],
      data: { id: 5150, status: 'RUNNING', method: 'POST' },
    }
    expect((await job(said(answer))).raw.warnings).toEqual(['Some fields are hidden', 'and more'])
    const silent = { responseStatus: 'WARNING', data: { id: 5150, status: 'RUNNING', method: 'POST' } }
    expect((await job(said(silent))).raw.warnings).toEqual(['WARNING'])
  })

  test('a job’s own limit passes sooner than the vault’s', async () => {
    await expect(job(failed('API_LIMIT_EXCEEDED'))).rejects.toMatchObject({ facts: { retryAfterMs: 10_000 } })
    await expect(probe(failed('API_LIMIT_EXCEEDED'))).rejects.toMatchObject({
      facts: { retryAfterMs: 60_000 },
    })
  })

  test('secrets in what the vault says are masked', async () => {
    const error = await probe(failed('INVALID_DATA', 'password=hunter2hunter2')).catch(
      (reason: unknown) => reason,
    )
    expect(String((error as AppError).said)).not.toContain('hunter2')
  })

  test('every error of a start says whether anything may have left', async () => {
    const target = { ...ofNone, request: { kind: 'binder', binder: '454' } }
    const start = (answer: Scripted | AppError) => vault().start(session(answersInTurn(answer)), target)
    await expect(start(failed('INVALID_DATA'))).rejects.toMatchObject({ facts: { sent: true } })
    await expect(start(ok({ job_id: null }))).rejects.toMatchObject({
      code: 'answer-not-understood',
      facts: { sent: true },
    })
    const offline = new AppError('offline', { facts: { sent: false } })
    await expect(start(offline)).rejects.toMatchObject({ code: 'offline', facts: { sent: false } })
  })
})

describe('the burst limit', () => {
  const headers = (remaining: number, more: Readonly<Record<string, string>> = {}) => ({
    'x-vaultapi-burstlimit': '2000',
    'x-vaultapi-burstlimitremaining': String(remaining),
    ...more,
  })

  test('[vault:3.3.burst] a quarter of it goes out freely, a second quarter evenly', () => {
    expect(spacingOf({})).toBeNull()
    expect(spacingOf(headers(2000))).toBe(0)
    expect(spacingOf(headers(1501))).toBe(0)
    // 500 calls of the rest in five minutes.
    expect(spacingOf(headers(1500))).toBe(600)
    expect(spacingOf(headers(0))).toBe(600)
    expect(spacingOf({ 'x-vaultapi-burstlimit': 'many', 'x-vaultapi-burstlimitremaining': '1' })).toBeNull()
  })

  test('[vault:3.3.burst] even a vault that answers at once is never asked more than half of it in five minutes', () => {
    const limit = 40
    let [now, calls] = [0, 0]
    while (now < 300_000) {
      calls += 1
      now +=
        spacingOf({
          'x-vaultapi-burstlimit': String(limit),
          'x-vaultapi-burstlimitremaining': String(Math.max(0, limit - calls)),
        }) ?? 0
    }
    expect(calls).toBeLessThanOrEqual(limit / 2)
  })

  test('[vault:3.3.delay] a vault that delays its answers is not asked any faster', () => {
    expect(spacingOf(headers(0, { 'x-vaultapi-responsedelay': '2500' }))).toBe(2500)
    expect(spacingOf({ 'x-vaultapi-responsedelay': '500' })).toBe(500)
  })

  test('[vault:3.3.burst-of-jobs] a turn is waited for once the vault has said so; a job’s answer says nothing', async () => {
    const turns: Turn[] = []
    const running = { data: { id: 5150, status: 'RUNNING', method: 'POST' } }
    const http = answersInTurn(
      ok({}, headers(1900)),
      ok(running, headers(0)),
      ok({}, headers(900)),
      ok({}, headers(1900)),
      ok({}, headers(1900)),
    )
    const [system, open] = [vault(), session(http, {}, turns)]
    await system.probe(open)
    await system.job(open, ofNone, remoteId('5150'))
    await system.probe(open)
    expect(turns).toEqual([['job:5150', seconds(12)]])
    await system.probe(open)
    await system.probe(open)
    expect(turns.slice(1)).toEqual([['call', 600]])
  })
})
