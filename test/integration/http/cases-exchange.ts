import assert from 'node:assert/strict'
import { followingRedirects, redirectLimit } from '../../../main/core/policy/redirect.ts'
import { trustedHttp } from '../../../main/core/policy/trust.ts'
import { failsWith, get, type HttpCase, post, textOf, using, withRawSite, withSite } from './case.ts'
import { openSite } from './site.ts'

const token = { authorization: 'Bearer the-token' }

/** What is sent, and what is understood of the answer. */
export const exchangeCases: readonly HttpCase[] = [
  {
    name: 'a GET is answered with status, headers in lower case and body',
    run: withSite(
      response => response.writeHead(203, { 'X-Case': 'Kept', 'X-Twice': ['1', '2'] }).end('the body'),
      async (http, site) => {
        const answer = await http.send(
          get(`${site.origin}/a?b=c`, { headers: { ...token, accept: 'text/csv' } }),
        )
        assert.equal(answer.status, 203)
        assert.equal(answer.headers['x-case'], 'Kept')
        assert.equal(answer.headers['x-twice'], '1, 2')
        assert.equal(await textOf(answer), 'the body')
        const [received] = site.received
        assert.equal(received?.path, '/a?b=c')
        assert.equal(received?.headers.authorization, 'Bearer the-token')
        assert.equal(received?.headers.accept, 'text/csv')
      },
    ),
  },
  {
    name: 'a body is sent with its length in bytes, never chunked',
    run: withSite(
      response => response.end(),
      async (http, site) => {
        for (const method of ['POST', 'PUT'] as const) {
          await textOf(await http.send(get(site.origin, { method, body: 'Übung' })))
        }
        assert.deepEqual(
          site.received.map(({ method, headers, body }) => [method, headers['content-length'], body]),
          [
            ['POST', '6', 'Übung'],
            ['PUT', '6', 'Übung'],
          ],
        )
        assert.ok(site.received.every(({ headers }) => headers['transfer-encoding'] === undefined))
      },
    ),
  },
  {
    name: 'a POST without a body has the length 0',
    run: withSite(
      response => response.end(),
      async (http, site) => {
        await textOf(await http.send(get(site.origin, { method: 'POST' })))
        assert.equal(site.received[0]?.headers['content-length'], '0')
      },
    ),
  },
  {
    name: 'a DELETE is sent',
    run: withSite(
      response => response.writeHead(204).end(),
      async (http, site) => {
        const answer = await http.send(get(site.origin, { method: 'DELETE' }))
        assert.equal(answer.status, 204)
        assert.equal(await textOf(answer), '')
        assert.equal(site.received[0]?.method, 'DELETE')
      },
    ),
  },
  {
    name: 'an error status is an answer, also a 401 that asks for a password, and is asked once',
    run: withSite(
      (response, { path }) => {
        response.writeHead(Number(path.slice(1)), { 'www-authenticate': 'Basic realm="x"' }).end('no')
      },
      async (http, site) => {
        for (const status of [400, 401, 403, 404, 409, 429, 500, 503]) {
          const answer = await http.send(get(`${site.origin}/${status}`, { headers: token }))
          assert.equal(answer.status, status)
          assert.equal(await textOf(answer), 'no')
        }
        assert.equal(site.received.length, 8)
      },
    ),
  },
  {
    name: 'cookies are shown but not kept; a caller sends its own',
    run: withSite(
      response => response.writeHead(200, { 'set-cookie': ['a=1; Path=/', 'b=2'] }).end(),
      async (http, site) => {
        const first = await http.send(get(site.origin))
        assert.equal(first.headers['set-cookie'], 'a=1; Path=/, b=2')
        await textOf(first)
        await textOf(await http.send(get(site.origin)))
        await textOf(await http.send(get(site.origin, { headers: { cookie: 'mine=3' } })))
        assert.deepEqual(
          site.received.map(({ headers }) => headers.cookie),
          [undefined, undefined, 'mine=3'],
        )
      },
    ),
  },
  {
    name: 'nothing is cached',
    run: withSite(
      response => response.writeHead(200, { 'cache-control': 'max-age=3600', etag: '"1"' }).end('same'),
      async (http, site) => {
        for (const _ of [1, 2]) assert.equal(await textOf(await http.send(get(site.origin))), 'same')
        assert.equal(site.received.length, 2)
        assert.equal(site.received[1]?.headers['if-none-match'], undefined)
      },
    ),
  },
  {
    name: 'a redirect is an answer and is not followed',
    run: withSite(
      (response, { path }) =>
        response.writeHead(Number(path.slice(1)), { location: '/elsewhere' }).end('moved'),
      async (http, site) => {
        for (const status of [301, 302, 303, 307, 308]) {
          const answer = await http.send(get(`${site.origin}/${status}`))
          assert.equal(answer.status, status)
          assert.equal(answer.headers.location, '/elsewhere')
        }
        assert.ok(site.received.every(({ path }) => path !== '/elsewhere'))
      },
    ),
  },
  {
    name: 'a redirect to another origin is refused and the token does not go there',
    run: http =>
      using(
        openSite(response => response.end('stolen')),
        async other => {
          const answer = withSite(
            response => response.writeHead(302, { location: `${other.origin}/take` }).end(),
            async (_, site) => {
              const sending = followingRedirects(http).send(get(site.origin, { headers: token }))
              await failsWith(sending, 'redirect-refused', {
                reason: 'origin',
                host: new URL(other.origin).host,
              })
            },
          )
          await answer(http)
          assert.deepEqual(other.received, [])
        },
      ),
  },
  {
    name: 'a GET is followed within its origin, with its headers, a few times',
    run: withSite(
      (response, { path }) => {
        const hop = Number(path.slice(1))
        if (hop === redirectLimit) response.end('arrived')
        else response.writeHead(307, { location: `/${hop + 1}` }).end()
      },
      async (http, site) => {
        const answer = await followingRedirects(http).send(get(`${site.origin}/0`, { headers: token }))
        assert.equal(await textOf(answer), 'arrived')
        assert.ok(site.received.every(({ headers }) => headers.authorization === 'Bearer the-token'))
        const tooFar = followingRedirects(http).send(get(`${site.origin}/-1`, { headers: token }))
        await failsWith(tooFar, 'redirect-refused', { reason: 'too-many' })
      },
    ),
  },
  {
    name: 'a POST is never sent on to where a redirect points',
    run: withSite(
      response => response.writeHead(307, { location: '/again' }).end(),
      async (http, site) => {
        const sending = followingRedirects(http).send(post(`${site.origin}/job`, 'start'))
        await failsWith(sending, 'redirect-refused', { reason: 'method', sent: true })
        assert.deepEqual(
          site.received.map(({ path }) => path),
          ['/job'],
        )
      },
    ),
  },
  {
    name: 'nothing is sent outside the trust set',
    run: withSite(
      response => response.end(),
      async (http, site) => {
        const trusted = trustedHttp(http, { origins: ['http://127.0.0.1:1'], practice: true })
        await failsWith(trusted.send(get(site.origin, { headers: token })), 'not-trusted', { sent: false })
        assert.deepEqual(site.received, [])
      },
    ),
  },
  {
    name: 'a POST is sent once, though a kept-alive connection closes without an answer',
    run: async http => {
      let starts = 0
      const run = withRawSite(
        (socket, request) => {
          if (!request.endsWith('start')) {
            socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
            return
          }
          starts += 1
          socket.destroy()
        },
        async (_, site) => {
          assert.equal(await textOf(await http.send(get(site.origin))), 'ok')
          assert.equal(await textOf(await http.send(post(site.origin, 'sign in'))), 'ok')
          await failsWith(http.send(post(site.origin, 'start')), 'connection-cut', { sent: true })
        },
      )
      await run(http)
      assert.equal(starts, 1)
    },
  },
]
