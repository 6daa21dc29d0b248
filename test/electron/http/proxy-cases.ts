import assert from 'node:assert/strict'
import { failsWith, get, post, textOf, using } from '../../integration/http/case.ts'
import { openSite } from '../../integration/http/site.ts'
import { type ElectronCase, type ElectronParts, userAgent } from './electron-case.ts'
import { openProxy, type ProxyOptions, type ProxyServer } from './proxy-server.ts'
import { serverTls } from './tls-files.ts'

// A name that only the proxy answers for: Chromium sends this computer's own names past every proxy.
const system = 'http://concur.example'
const right = { username: 'anna', password: 'right' }
const wrong = { username: 'anna', password: 'wrong' }
const token = { authorization: 'Bearer the-token' }

const withProxy =
  (
    options: ProxyOptions,
    run: (parts: ElectronParts, proxy: ProxyServer) => Promise<void>,
  ): ElectronCase['run'] =>
  async open => {
    const proxy = await openProxy(options)
    try {
      const parts = open()
      await pointAt(parts, proxy)
      await run(parts, proxy)
    } finally {
      await proxy.close()
    }
  }

/** Also for this computer's own names. */
const pointAt = ({ sessions }: ElectronParts, { address }: ProxyServer) =>
  sessions.setProxy({ mode: 'fixed_servers', proxyRules: address, proxyBypassRules: '<-loopback>' })

const tried = (proxy: ProxyServer) =>
  proxy.asked.map(({ credentials }) => credentials).filter(c => c !== null)

/** The company's proxy, on sessions that trust the company's certificates. */
export const proxyCases: readonly ElectronCase[] = [
  {
    name: 'requests go through the proxy of the settings, and nothing else does',
    run: withProxy({ signIn: null }, async ({ http }, proxy) => {
      assert.equal(await textOf(await http.send(get(`${system}/a`))), `proxied ${system}/a`)
      assert.equal(await textOf(await http.send(post(`${system}/b`, 'x'))), `proxied ${system}/b`)
      assert.deepEqual(
        proxy.asked.map(({ method, target }) => [method, target]),
        [
          ['GET', `${system}/a`],
          ['POST', `${system}/b`],
        ],
      )
      assert.ok(proxy.asked.every(({ headers }) => headers['user-agent'] === userAgent))
    }),
  },
  {
    name: 'a change of the proxy holds for sessions that are in use',
    run: withProxy({ signIn: null }, async (parts, first) => {
      const second = await openProxy({ signIn: null })
      try {
        await textOf(await parts.http.send(get(system)))
        await textOf(await parts.http.send(post(system, 'x')))
        await pointAt(parts, second)
        await textOf(await parts.http.send(get(system)))
        await textOf(await parts.http.send(post(system, 'x')))
        assert.deepEqual([first.asked.length, second.asked.length], [2, 2])
      } finally {
        await second.close()
      }
    }),
  },
  {
    name: 'a proxy is signed in to with the credentials of the keychain, and soon asks no more',
    run: withProxy({ signIn: 'anna:right' }, async ({ http, secrets }, proxy) => {
      secrets.stored.set('proxy', right)
      for (const path of ['a', 'b', 'c', 'd']) {
        assert.equal(await textOf(await http.send(get(`${system}/${path}`))), `proxied ${system}/${path}`)
        assert.equal(
          await textOf(await http.send(post(`${system}/${path}`, 'x'))),
          `proxied ${system}/${path}`,
        )
      }
      // The first question is answered on a session of its own, the second one on the shared session.
      assert.equal(proxy.asked.filter(({ credentials }) => credentials === null).length, 3)
    }),
  },
  {
    name: 'coming back to a proxy, the credentials are good as before',
    run: withProxy({ signIn: 'anna:right' }, async (parts, proxy) => {
      parts.secrets.stored.set('proxy', right)
      for (const _ of [1, 2]) {
        await pointAt(parts, proxy)
        for (const request of [get(system), get(system), post(system, 'x')]) {
          assert.equal((await parts.http.send(request)).status, 200)
        }
        await parts.sessions.setProxy({ mode: 'direct' })
        await failsWith(parts.http.send(get('http://extract-desk.invalid')), 'host-not-found', {})
      }
      assert.deepEqual(parts.secrets.stored.get('proxy'), right)
    }),
  },
  {
    name: 'without credentials the proxy’s question is the error, and nothing was sent',
    run: withProxy({ signIn: 'anna:right' }, async ({ http }, proxy) => {
      const facts = { proxy: proxy.address, realm: 'Example Company', sent: false }
      await failsWith(http.send(post(system, 'start')), 'proxy-sign-in', facts)
    }),
  },
  {
    name: 'a keychain that does not answer leaves the proxy’s question open',
    run: withProxy({ signIn: 'anna:right' }, async ({ http, secrets }) => {
      secrets.available = false
      await failsWith(http.send(get(system)), 'proxy-sign-in', { sent: false })
    }),
  },
  {
    name: 'a wrong proxy password is tried exactly once, however many requests there are',
    run: withProxy({ signIn: 'anna:right' }, async ({ http, secrets }, proxy) => {
      secrets.stored.set('proxy', wrong)
      const sending = [get(system), get(system), post(system, 'x'), post(system, 'y')].map(r => http.send(r))
      for (const sent of sending)
        await failsWith(sent, 'proxy-sign-in', { proxy: proxy.address, sent: false })
      await failsWith(http.send(get(system)), 'proxy-sign-in', {})
      assert.deepEqual(tried(proxy), ['anna:wrong'])
      assert.deepEqual(secrets.stored.get('proxy'), { ...wrong, refused: 'yes' })
    }),
  },
  {
    name: 'after a wrong proxy password a new one is tried',
    run: withProxy({ signIn: 'anna:right' }, async ({ http, secrets }, proxy) => {
      secrets.stored.set('proxy', wrong)
      await failsWith(http.send(get(system)), 'proxy-sign-in', {})
      secrets.stored.set('proxy', right)
      assert.equal(await textOf(await http.send(get(system))), `proxied ${system}/`)
      assert.deepEqual(tried(proxy), ['anna:wrong', 'anna:right'])
    }),
  },
  {
    name: 'a proxy password that stops working is not tried again by another session',
    run: withProxy({ signIn: 'anna:right' }, async ({ http, secrets }, proxy) => {
      secrets.stored.set('proxy', right)
      await textOf(await http.send(get(system)))
      proxy.changeSignIn('anna:new')
      await failsWith(http.send(get(system)), 'proxy-sign-in', {})
      await failsWith(http.send(post(system, 'x')), 'proxy-sign-in', {})
      await failsWith(http.send(get(system)), 'proxy-sign-in', {})
      // Once when it was right, and once with the request that found out that it no longer is.
      assert.deepEqual(tried(proxy), ['anna:right', 'anna:right'])
    }),
  },
  {
    name: 'a tunnel keeps the token from the proxy and the proxy’s password from the system',
    run: withProxy({ signIn: 'anna:right' }, async ({ http, secrets }, proxy) => {
      secrets.stored.set('proxy', right)
      await using(
        openSite(response => response.end('through'), serverTls),
        async site => {
          assert.equal(await textOf(await http.send(get(site.origin, { headers: token }))), 'through')
          assert.equal(await textOf(await http.send(post(site.origin, 'x', { headers: token }))), 'through')
          assert.ok(
            proxy.asked.every(({ method, headers }) => method === 'CONNECT' && !headers.authorization),
          )
          assert.ok(site.received.every(({ headers }) => headers.authorization === 'Bearer the-token'))
          assert.ok(site.received.every(({ headers }) => headers['proxy-authorization'] === undefined))
        },
      )
    }),
  },
  {
    name: 'a wrong proxy password for a tunnel is tried exactly once, and nothing was sent',
    run: withProxy({ signIn: 'anna:right' }, async ({ http, secrets }, proxy) => {
      secrets.stored.set('proxy', wrong)
      await using(
        openSite(response => response.end(), serverTls),
        async site => {
          for (const _ of [1, 2]) {
            const sending = http.send(post(site.origin, 'start'))
            await failsWith(sending, 'proxy-sign-in', { proxy: proxy.address, sent: false })
          }
          assert.deepEqual(tried(proxy), ['anna:wrong'])
          assert.deepEqual(site.received, [])
        },
      )
    }),
  },
  {
    name: 'a proxy that makes no tunnel: nothing was sent',
    run: withProxy({ signIn: null, refuseTunnels: 403 }, async ({ http }) => {
      const sending = http.send(post('https://concur.example/', 'start'))
      await failsWith(sending, 'proxy-failed', { reason: 'ERR_TUNNEL_CONNECTION_FAILED', sent: false })
    }),
  },
  {
    name: 'a proxy that is not there: nothing was sent',
    run: async open => {
      const proxy = await openProxy({ signIn: null })
      await proxy.close()
      const parts = open()
      await pointAt(parts, proxy)
      const facts = { reason: 'ERR_PROXY_CONNECTION_FAILED', sent: false }
      await failsWith(parts.http.send(post(system, 'start')), 'proxy-failed', facts)
    },
  },
  {
    name: 'a PAC file decides who goes through the proxy',
    run: withProxy({ signIn: null }, async ({ http, sessions }, proxy) => {
      const script = `function FindProxyForURL(url, host) {
        return host === 'concur.example' ? 'PROXY ${proxy.address}' : 'DIRECT'
      }`
      await using(
        openSite(response => {
          response.writeHead(200, { 'content-type': 'application/x-ns-proxy-autoconfig' }).end(script)
        }),
        async site => {
          await sessions.setProxy({ mode: 'pac_script', pacScript: `${site.origin}/proxy.pac` })
          assert.equal(await textOf(await http.send(get(`${system}/a`))), `proxied ${system}/a`)
          await failsWith(http.send(get('http://extract-desk.invalid/')), 'host-not-found', { sent: false })
        },
      )
    }),
  },
  {
    name: 'a PAC file that cannot be fetched: nothing goes past the proxy',
    run: async open => {
      const { http, sessions } = open()
      const gone = await openSite(response => response.end())
      await gone.close()
      await sessions.setProxy({ mode: 'pac_script', pacScript: `${gone.origin}/proxy.pac` })
      const facts = { reason: 'ERR_MANDATORY_PROXY_CONFIGURATION_FAILED', sent: false }
      await failsWith(http.send(post('http://extract-desk.invalid/', 'start')), 'proxy-failed', facts)
    },
  },
]
