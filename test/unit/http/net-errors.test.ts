import { describe, expect, test } from 'vitest'
import { cutOf, netError, type Surroundings } from '../../../main/adapters/http/net-errors.ts'

const surroundings: Surroundings = {
  host: 'icws.example:8019',
  wasOnline: true,
  certificate: () => ({ issuer: 'Company' }),
}
const errorOf = (name: string, more: Partial<Surroundings> = {}) =>
  netError(new Error(`net::${name}`), { ...surroundings, ...more })

describe('what an error means, and whether the request may have left', () => {
  test.each([
    ['ERR_INTERNET_DISCONNECTED', 'offline', true],
    ['ERR_NAME_NOT_RESOLVED', 'host-not-found', false],
    ['ERR_CONNECTION_REFUSED', 'connection-failed', false],
    ['ERR_CONNECTION_RESET', 'connection-failed', true],
    ['ERR_CONNECTION_CLOSED', 'connection-failed', true],
    ['ERR_ADDRESS_UNREACHABLE', 'connection-failed', true],
    ['ERR_SSL_PROTOCOL_ERROR', 'connection-failed', true],
    ['ERR_CONNECTION_TIMED_OUT', 'timed-out', false],
    ['ERR_TIMED_OUT', 'timed-out', true],
    ['ERR_EMPTY_RESPONSE', 'connection-cut', true],
    ['ERR_CONTENT_LENGTH_MISMATCH', 'connection-cut', true],
    ['ERR_INCOMPLETE_CHUNKED_ENCODING', 'connection-cut', true],
    ['ERR_NETWORK_CHANGED', 'connection-cut', true],
    ['ERR_CERT_AUTHORITY_INVALID', 'certificate', false],
    ['ERR_CERT_DATE_INVALID', 'certificate', false],
    ['ERR_CERT_SOMETHING_NEW', 'certificate', false],
    ['ERR_PROXY_CONNECTION_FAILED', 'proxy-failed', false],
    ['ERR_TUNNEL_CONNECTION_FAILED', 'proxy-failed', false],
    ['ERR_PROXY_AUTH_UNSUPPORTED', 'proxy-sign-in', false],
    ['ERR_UNSAFE_REDIRECT', 'redirect-refused', true],
    ['ERR_HTTP2_PROTOCOL_ERROR', 'connection-failed', true],
    ['ERR_SOMETHING_NEW', 'connection-failed', true],
  ] as const)('%s: %s, sent: %s', (name, code, sent) => {
    expect(errorOf(name)).toMatchObject({ code, facts: { host: 'icws.example:8019', reason: name, sent } })
  })
})

test('an error that is not of Chromium may have been sent, and keeps its text to itself', () => {
  const error = netError(new Error('Authorization: Bearer t'), surroundings)
  expect(error).toMatchObject({ code: 'connection-failed', facts: { sent: true } })
  expect(JSON.stringify([error.message, error.facts])).not.toContain('Bearer')
})

test('who was offline from the beginning sent nothing', () => {
  const offline = errorOf('ERR_INTERNET_DISCONNECTED', { wasOnline: false })
  expect(offline).toMatchObject({ code: 'offline', facts: { sent: false } })
})

test('only a refused certificate has its facts', () => {
  expect(errorOf('ERR_CERT_DATE_INVALID').facts.issuer).toBe('Company')
  expect(errorOf('ERR_CONNECTION_REFUSED').facts.issuer).toBeUndefined()
})

test('after the head has come, a failed connection was cut', () => {
  expect(cutOf(errorOf('ERR_CONNECTION_RESET'))).toMatchObject({
    code: 'connection-cut',
    facts: { sent: true },
  })
  expect(cutOf(errorOf('ERR_TIMED_OUT')).code).toBe('timed-out')
})
