import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { checkConnectionUrl, isLoopback, isWithinDomain, originOf } from '../../../main/core/policy/url.ts'
import type { ConnectionMark } from '../../../preload/contract/words.ts'

function faultOf(text: string, mark: ConnectionMark = 'production'): unknown {
  try {
    checkConnectionUrl(text, mark)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    expect(error.code).toBe('bad-input')
    expect(error.facts.field).toBe('url')
    return error.facts.reason
  }
}

describe('the URL of a connection', () => {
  test('is https, and comes back parsed', () => {
    expect(checkConnectionUrl('  https://US2.api.concursolutions.com:443/  ', 'production').href).toBe(
      'https://us2.api.concursolutions.com/',
    )
    expect(checkConnectionUrl('https://icws.example:8019/path', 'test').href).toBe(
      'https://icws.example:8019/path',
    )
  })

  test.each([
    ['', 'not-a-url'],
    ['us2.api.concursolutions.com', 'not-a-url'],
    ['https://', 'not-a-url'],
    ['https://exa mple.com', 'not-a-url'],
    ['https://example.com/a b', 'not-a-url'],
    ['https:\\\\example.com', 'not-a-url'],
    ['https://example.com\\@evil.example', 'not-a-url'],
    ['https://exam\tple.com', 'not-a-url'],
    ['https://example.com/\n', null],
    ['https://example.com\n/x', 'not-a-url'],
    ['https://example.com/\u00a0x', 'not-a-url'],
    ['https://example.com:99999', 'not-a-url'],
    ['http://example.com', 'not-https'],
    ['http://localhost:8080', 'not-https'],
    ['ftp://example.com', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['javascript:alert(1)', 'not-https'],
    ['https://user@example.com', 'credentials'],
    ['https://user:password@example.com', 'credentials'],
    ['https://:password@example.com', 'credentials'],
    ['https://concursolutions.com@evil.example', 'credentials'],
    ['https://example.com/#token', 'fragment'],
    ['https://example.com/?a=b', 'query'],
    ['https://example.com./', 'host'],
  ])('%j: %s', (text, fault) => {
    expect(faultOf(text)).toBe(fault)
  })

  test.each([
    ['http://localhost:8080', null],
    ['http://127.0.0.1:8080', null],
    ['http://127.8.9.10', null],
    ['http://0x7f.1', null],
    ['http://[::1]:8080', null],
    ['https://us2.api.concursolutions.com', null],
    ['http://example.com', 'not-loopback'],
    ['http://localhost.example.com', 'not-loopback'],
    ['http://127.0.0.1.example.com', 'not-loopback'],
    ['http://192.168.0.1', 'not-loopback'],
    ['http://0.0.0.0', 'not-loopback'],
    ['http://[::ffff:127.0.0.1]', 'not-loopback'],
    ['http://localhost.', 'host'],
    ['ftp://localhost', 'not-https'],
  ])('in practice %j: %s', (text, fault) => {
    expect(faultOf(text, 'practice')).toBe(fault)
  })
})

describe('an origin', () => {
  test.each([
    ['https://Example.COM:443/a?b#c', 'https://example.com'],
    ['https://example.com:8443', 'https://example.com:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://[::1]:80', 'http://[::1]'],
  ])('of %j is %s', (text, origin) => {
    expect(originOf(text)).toBe(origin)
  })

  test.each([
    'https://user@example.com',
    'https://example.com.',
    'ftp://example.com',
    'blob:https://example.com/1',
    'about:blank',
    '//example.com',
    'https:\\\\example.com',
    ' https://example.com',
    'https://example.com\u0000',
    'null',
  ])('is not what %j has', text => {
    expect(originOf(text)).toBeNull()
  })

  test('is its own normal form', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), url => {
        const origin = originOf(url)
        if (origin !== null) expect(originOf(origin)).toBe(origin)
      }),
    )
  })
})

test('this computer is found by name and address only', () => {
  expect(isLoopback(new URL('http://LOCALHOST:1'))).toBe(true)
  expect(isLoopback(new URL('http://2130706433'))).toBe(true)
  for (const host of ['localhost.example', 'mylocalhost', '128.0.0.1', '[::2]', '127.0.0.1.nip.example']) {
    expect(isLoopback(new URL(`http://${host}`)), host).toBe(false)
  }
})

test('a domain is matched by whole labels', () => {
  expect(isWithinDomain('example.com', 'example.com')).toBe(true)
  expect(isWithinDomain('a.b.example.com', 'example.com')).toBe(true)
  expect(isWithinDomain('evilexample.com', 'example.com')).toBe(false)
  expect(isWithinDomain('example.com.evil', 'example.com')).toBe(false)
  expect(isWithinDomain('', 'example.com')).toBe(false)
})
