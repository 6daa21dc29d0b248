import { describe, expect, test } from 'vitest'
import { decideRedirect, followingRedirects, redirectLimit } from '../../../main/core/policy/redirect.ts'
import type { HttpAnswer, HttpRequest } from '../../../main/core/ports.ts'

const get = { method: 'GET', url: 'https://us2.api.concursolutions.com/a/b?c' } as const
const post = { ...get, method: 'POST' } as const
const to = (location: string, status = 302) => ({ status, headers: { location } })

describe('a redirect', () => {
  test.each([
    ['/x', 'https://us2.api.concursolutions.com/x'],
    ['x?y', 'https://us2.api.concursolutions.com/a/x?y'],
    ['https://us2.api.concursolutions.com:443/x#part', 'https://us2.api.concursolutions.com/x'],
  ])('of a GET within its origin is followed: %s', (location, url) => {
    expect(decideRedirect(get, to(location), 0)).toEqual({ kind: 'follow', url })
  })

  test.each([
    ['https://evil.example/x', 'evil.example'],
    ['//evil.example/x', 'evil.example'],
    ['/\\evil.example/x', 'evil.example'],
    ['http://us2.api.concursolutions.com/x', 'us2.api.concursolutions.com'],
    ['https://us2.api.concursolutions.com:8443/x', 'us2.api.concursolutions.com:8443'],
    ['https://login.company.example', 'login.company.example'],
  ])('elsewhere is refused: %s', (location, host) => {
    expect(decideRedirect(get, to(location), 0)).toEqual({ kind: 'refuse', reason: 'origin', host })
  })

  test.each([
    '',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user@us2.api.concursolutions.com/',
    'https://',
  ])('to nowhere is refused: %j', location => {
    expect(decideRedirect(get, to(location), 0)).toEqual({ kind: 'refuse', reason: 'location', host: '' })
  })

  test('without a location is refused', () => {
    expect(decideRedirect(get, { status: 302, headers: {} }, 0)).toMatchObject({ reason: 'location' })
  })

  test('of anything but a GET is refused, since it would be sent a second time', () => {
    for (const status of [301, 302, 303, 307, 308]) {
      expect(decideRedirect(post, to('/x', status), 0)).toMatchObject({ kind: 'refuse', reason: 'method' })
    }
  })

  test('is followed a few times only', () => {
    expect(decideRedirect(get, to('/x'), redirectLimit - 1).kind).toBe('follow')
    expect(decideRedirect(get, to('/x'), redirectLimit)).toMatchObject({ kind: 'refuse', reason: 'too-many' })
  })

  test('is none with any other status', () => {
    for (const status of [200, 201, 206, 300, 304, 305, 400, 500]) {
      expect(decideRedirect(get, to('https://evil.example', status), 0)).toEqual({ kind: 'answer' })
    }
  })
})

test('the bodies of redirects are left, and the last answer is given', async () => {
  const left: string[] = []
  const asked: HttpRequest[] = []
  const http = followingRedirects({
    async send(request): Promise<HttpAnswer> {
      asked.push(request)
      const last = request.url.endsWith('/2')
      return {
        status: last ? 200 : 307,
        headers: last ? {} : { location: `/${asked.length}` },
        body: {
          [Symbol.asyncIterator]: () => ({
            next: async () => ({ done: true, value: undefined }),
            return: async () => {
              left.push(request.url)
              return { done: true, value: undefined }
            },
          }),
        },
      }
    },
  })
  const request = { ...get, headers: { authorization: 'Bearer t' }, answerWithin: 1, stallAfter: 1 }
  const answer = await http.send({ ...request, url: 'https://icws.example/0' })
  expect(answer.status).toBe(200)
  expect(asked.map(({ url }) => url)).toEqual([
    'https://icws.example/0',
    'https://icws.example/1',
    'https://icws.example/2',
  ])
  expect(asked.every(({ headers }) => headers.authorization === 'Bearer t')).toBe(true)
  expect(left).toEqual(['https://icws.example/0', 'https://icws.example/1'])
})
