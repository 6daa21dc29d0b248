import assert from 'node:assert/strict'
import { isAppError } from '../../../main/core/errors.ts'
import { failsWith, get, type HttpCase, post, withRawSite, withSite } from './case.ts'
import { openSite } from './site.ts'

/** How an exchange fails before there is an answer, and whether the request may have left. */
export const failureCases: readonly HttpCase[] = [
  {
    name: 'nobody listens: nothing was sent',
    run: async http => {
      const site = await openSite(response => response.end())
      await site.close()
      const { host } = new URL(site.origin)
      await failsWith(http.send(post(site.origin, 'start')), 'connection-failed', { host, sent: false })
    },
  },
  {
    name: 'no such host: nothing was sent',
    run: async http => {
      const url = 'http://extract-desk.invalid/'
      await failsWith(http.send(post(url, 'start')), 'host-not-found', {
        host: 'extract-desk.invalid',
        sent: false,
      })
    },
  },
  {
    name: 'closed without an answer: it may have been sent',
    run: withRawSite(
      socket => void socket.end(),
      async (http, site) =>
        failsWith(http.send(post(site.origin, 'start')), 'connection-cut', { sent: true }),
    ),
  },
  {
    name: 'reset without an answer: it may have been sent',
    run: withRawSite(
      socket => void socket.resetAndDestroy(),
      async (http, site) =>
        failsWith(http.send(post(site.origin, 'start')), 'connection-failed', { sent: true }),
    ),
  },
  {
    name: 'an answer that is not HTTP',
    run: withRawSite(
      socket => void socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n'.repeat(20)),
      async (http, site) => failsWith(http.send(get(site.origin)), 'answer-not-understood', { sent: true }),
    ),
  },
  {
    name: 'no answer in time: it may have been sent',
    run: withSite(
      () => {},
      async (http, site) => {
        const closed = site.closed()
        const sending = http.send(post(site.origin, 'start', { answerWithin: 300 }))
        await failsWith(sending, 'timed-out', { what: 'answer', sent: true })
        await closed
      },
    ),
  },
  {
    name: 'aborted beforehand: nothing was sent',
    run: withSite(
      response => response.end(),
      async (http, site) => {
        const sending = http.send(get(site.origin, { signal: AbortSignal.abort() }))
        await failsWith(sending, 'cancelled', { sent: false })
        assert.deepEqual(site.received, [])
      },
    ),
  },
  {
    name: 'aborted while waiting for the answer',
    run: async http => {
      const abort = new AbortController()
      const run = withSite(
        () => abort.abort(),
        async (_, site) => {
          const closed = site.closed()
          await failsWith(http.send(post(site.origin, 'x', { signal: abort.signal })), 'cancelled', {
            sent: true,
          })
          await closed
        },
      )
      await run(http)
    },
  },
  {
    name: 'a request that cannot be sent as it is fails without quoting it',
    run: withSite(
      response => response.end(),
      async (http, site) => {
        const broken = [
          get(site.origin, { headers: { authorization: 'Bearer the-token\nx: y' } }),
          get(site.origin, { headers: { 'no name': 'the-token' } }),
          get('the-token'),
          get('ftp://127.0.0.1/the-token'),
        ]
        for (const request of broken) {
          const error = await http.send(request).catch((reason: unknown) => reason)
          assert.ok(isAppError(error, 'bad-input'), String(error))
          assert.equal(error.facts.sent, false)
          assert.ok(!JSON.stringify([error.message, error.facts, String(error.cause)]).includes('the-token'))
        }
        assert.deepEqual(site.received, [])
      },
    ),
  },
]
