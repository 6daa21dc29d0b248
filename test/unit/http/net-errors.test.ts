import { describe, expect, test } from 'vitest'
import { netErrorMeaning, netErrorName } from '../../../main/adapters/http/net-errors.ts'

test('Chromium’s name is read from the message, and only from such a one', () => {
  expect(netErrorName(new Error('net::ERR_NAME_NOT_RESOLVED'))).toBe('ERR_NAME_NOT_RESOLVED')
  expect(netErrorName(new Error('Redirect was cancelled'))).toBeNull()
  expect(netErrorName('net::ERR_FAILED')).toBeNull()
})

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
    expect(netErrorMeaning(name)).toEqual({ code, sent })
  })
})
