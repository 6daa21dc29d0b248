import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { concurMayTrust, mayCarryToken, rebase, trustedHttp } from '../../../main/core/policy/trust.ts'
import type { HttpRequest } from '../../../main/core/ports.ts'
import type { TrustSet } from '../../../main/core/systems/system.ts'

const trust: TrustSet = {
  origins: ['https://us2.api.concursolutions.com', 'https://icws.example:8019'],
  practice: false,
}
const practice: TrustSet = { origins: ['http://127.0.0.1:4000'], practice: true }

describe('a token may go', () => {
  test.each([
    'https://us2.api.concursolutions.com/a',
    'https://US2.API.CONCURSOLUTIONS.COM:443/a?b=c#d',
    'https://icws.example:8019',
  ])('to %s', url => {
    expect(mayCarryToken(trust, url)).toBe(true)
  })

  test.each([
    'http://us2.api.concursolutions.com/a',
    'https://us2.api.concursolutions.com:8443/a',
    'https://us2.api.concursolutions.com./a',
    'https://us2.api.concursolutions.com.evil.example/a',
    'https://us2.api.concursolutions.com@evil.example/a',
    'https://us2.api.concursolutions.com:443@evil.example/a',
    'https://us2.api.concursolutions.com%2eevil.example/a',
    'https://evil.example/https://us2.api.concursolutions.com',
    'https://evil.example?https://us2.api.concursolutions.com',
    'https://evil.example#us2.api.concursolutions.com',
    'https://evil.example\\@us2.api.concursolutions.com',
    'https://eu1.api.concursolutions.com/a',
    'https://api.concursolutions.com/a',
    'https://icws.example/a',
    'https://user@us2.api.concursolutions.com/a',
    '//us2.api.concursolutions.com/a',
    '/a',
    'javascript:alert(1)',
    '',
  ])('not to %j', url => {
    expect(mayCarryToken(trust, url)).toBe(false)
  })

  test('by plain http only to this computer, and only in practice', () => {
    expect(mayCarryToken(practice, 'http://127.0.0.1:4000/a')).toBe(true)
    expect(mayCarryToken({ ...practice, practice: false }, 'http://127.0.0.1:4000/a')).toBe(false)
    const elsewhere = { origins: ['http://erp.example'], practice: true }
    expect(mayCarryToken(elsewhere, 'http://erp.example/a')).toBe(false)
    expect(mayCarryToken(practice, 'http://127.0.0.1:4001/a')).toBe(false)
    expect(mayCarryToken(practice, 'http://localhost:4000/a')).toBe(false)
  })

  test('only where the request would really go', () => {
    fc.assert(
      fc.property(hostileUrl, url => {
        if (mayCarryToken(trust, url)) expect(trust.origins).toContain(new URL(url).origin)
      }),
    )
  })
})

describe('Concur names an origin', () => {
  test.each([
    'https://us2.api.concursolutions.com',
    'https://www.concursolutions.com:443',
    'https://concursolutions.com',
    'https://cn1.api.concurcdc.cn',
  ])('that may be trusted: %s', origin => {
    expect(concurMayTrust(origin, false)).toBe(true)
  })

  test.each([
    'http://us2.api.concursolutions.com',
    'https://us2.api.concursolutions.com:8443',
    'https://evilconcursolutions.com',
    'https://concursolutions.com.evil.example',
    'https://concursolutions.com.',
    'https://concursolutions.com@evil.example',
    'https://concursolutions.com\\.evil.example',
    'https://cоncursolutions.com', // a Cyrillic о
    'https://xn--cncursolutions-epj.com',
    'https://concursolutions.co',
    'https://evil.example/concursolutions.com',
    'https://concurcdc.cn.example',
    'https://127.0.0.1',
    'http://127.0.0.1:4000',
    'concursolutions.com',
    '',
  ])('that may not: %j', origin => {
    expect(concurMayTrust(origin, false)).toBe(false)
  })

  test('in practice: this computer and nothing else', () => {
    for (const origin of [
      'http://127.0.0.1:4000',
      'http://localhost:4001',
      'http://[::1]:4002',
      'https://localhost',
    ]) {
      expect(concurMayTrust(origin, true), origin).toBe(true)
    }
    for (const origin of [
      'https://us2.api.concursolutions.com',
      'http://127.0.0.1.evil.example',
      'http://localhost.evil',
    ]) {
      expect(concurMayTrust(origin, true), origin).toBe(false)
    }
  })
})

describe('a link of an answer', () => {
  const origin = 'https://us2.api.concursolutions.com'

  test.each([
    [
      'https://www.concursolutions.com/api/expense/extract/v1.0/gWqq$AbC',
      '/api/expense/extract/v1.0/gWqq$AbC',
    ],
    ['https://www.concursolutions.com:443/api/x', '/api/x'],
    [' https://www.concursolutions.com/api/x', '/api/x'],
    ['https://www.concursolutions.com/api/x\u00a0', '/api/x'],
    ['https://www.concursolutions.com/api/xÂ\u00a0', '/api/x'],
    ['https://www.concursolutions.com/api/x>', '/api/x'],
    ['https://www.concursolutions.com/api/x> \n', '/api/x'],
    ['https://www.concursolutions.com/api/x?y=z&a=%20b', '/api/x?y=z&a=%20b'],
    ['https://www.concursolutions.com/api/x#part', '/api/x'],
    ['/api/x?y', '/api/x?y'],
    ['https://evil.example/api/x', '/api/x'],
    ['https://user:password@evil.example/api/x', '/api/x'],
    ['https://evil.example//other.example/x', '//other.example/x'],
    ['//evil.example/x', '//evil.example/x'],
    ['/@evil.example', '/@evil.example'],
    ['https://www.concursolutions.com', '/'],
  ])('%j is asked for at the trusted origin', (link, path) => {
    expect(rebase(link, origin)).toBe(`${origin}${path}`)
  })

  test.each([
    '',
    '>',
    'api/x',
    '@evil.example/x',
    '.evil.example/x',
    ':8443/x',
    'ftp://evil.example/x',
    'javascript:alert(1)',
    'https://evil.example\\x',
    '/a b',
  ])('%j is not understood', link => {
    expect(() => rebase(link, origin)).toThrow(expect.objectContaining({ code: 'answer-not-understood' }))
  })

  test('never leads away from the origin', () => {
    fc.assert(
      fc.property(fc.oneof(hostileUrl, fc.string(), fc.webUrl()), link => {
        let rebased: string
        try {
          rebased = rebase(link, origin)
        } catch (error) {
          expect(error).toBeInstanceOf(AppError)
          return
        }
        expect(new URL(rebased).origin).toBe(origin)
        expect(mayCarryToken(trust, rebased)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('the trusted port', () => {
  const request: HttpRequest = {
    method: 'GET',
    url: '',
    headers: { authorization: 'Bearer t' },
    answerWithin: 1,
    stallAfter: 1,
  }
  const answer = { status: 200, headers: {}, body: (async function* () {})() }

  test('passes a request on as it is', async () => {
    const sent: HttpRequest[] = []
    const send = async (one: HttpRequest) => {
      sent.push(one)
      return answer
    }
    const http = trustedHttp({ send }, trust)
    const wanted = { ...request, url: 'https://us2.api.concursolutions.com/a' }
    expect(await http.send(wanted)).toBe(answer)
    expect(sent).toEqual([wanted])
  })

  test('sends nothing anywhere else', async () => {
    const http = trustedHttp({ send: () => Promise.reject(new Error('was sent')) }, trust)
    await expect(http.send({ ...request, url: 'https://evil.example:8443/a' })).rejects.toMatchObject({
      code: 'not-trusted',
      facts: { host: 'evil.example:8443', sent: false },
    })
    await expect(http.send({ ...request, url: 'not a url' })).rejects.toMatchObject({ code: 'not-trusted' })
  })
})

/** Pieces that URL tricks are made of, in any order. */
const hostileUrl = fc
  .array(
    fc.constantFrom(
      ...[
        'https:',
        'http:',
        '//',
        '/',
        '\\',
        '@',
        ':',
        '443',
        '.',
        '#',
        '?',
        '%2e',
        '%00',
        '\t',
        ' ',
        '\u00a0',
        '>',
      ],
      ...[
        'us2.api.concursolutions.com',
        'evil.example',
        'icws.example:8019',
        '127.0.0.1',
        '[::1]',
        'user',
        'a',
        'ß',
        '。',
      ],
    ),
    { maxLength: 10 },
  )
  .map(pieces => pieces.join(''))
