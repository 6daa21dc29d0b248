import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { cookiesOf } from '../../../main/core/systems/icws/transform.ts'
import { failsWith, get, post, textOf, using } from '../../integration/http/case.ts'
import { openSite } from '../../integration/http/site.ts'
import type { ElectronCase } from './electron-case.ts'
import { companyAuthority, expiredTls, otherNameTls, selfSignedTls, serverTls } from './tls-files.ts'

const issuer = 'Example Company TLS Inspection'
const fingerprintOf = (certificate: string) =>
  new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase()
const fingerprint = fingerprintOf(serverTls.cert)

/** On a computer that does not know the company's authority. */
export const untrustedCases: readonly ElectronCase[] = [
  {
    name: 'an unknown authority is named, also the second time, and nothing was sent',
    run: open =>
      using(
        openSite(response => response.end(), serverTls),
        async site => {
          const { http } = open()
          const reason = 'ERR_CERT_AUTHORITY_INVALID'
          for (const request of [get(site.origin), post(site.origin, 'start'), post(site.origin, 'start')]) {
            const validity = { validFrom: '2020-01-01', validUntil: '2056-01-01' }
            const facts = { issuer, subject: 'localhost', fingerprint, ...validity, reason, sent: false }
            await failsWith(http.send(request), 'certificate', facts)
          }
          assert.deepEqual(site.received, [])
        },
      ),
  },
]

/** A server with a certificate that nobody vouches for, or only for another name, or no longer. */
export const pinnedCases: readonly ElectronCase[] = [
  ...Object.entries({
    'nobody but itself': selfSignedTls,
    'an unknown authority': serverTls,
    'another name': otherNameTls,
    'a time long over': expiredTls,
  }).map(
    ([what, tls]): ElectronCase => ({
      name: `a certificate of ${what} is trusted where it is the pinned one, for reads and writes`,
      run: open =>
        using(
          openSite(response => response.end('there'), tls),
          async site => {
            const { http } = open()
            const pin = { certificateSha256: fingerprintOf(tls.cert) }
            assert.equal(await textOf(await http.send(get(site.origin, pin))), 'there')
            assert.equal(await textOf(await http.send(post(site.origin, 'x', pin))), 'there')
            assert.equal(await textOf(await http.send(get(site.origin, pin))), 'there')
          },
        ),
    }),
  ),
  {
    name: 'what one connection pinned is trusted by no other one, before and after',
    run: open =>
      using(
        openSite(response => response.end('there'), serverTls),
        async site => {
          const { http } = open()
          await failsWith(http.send(get(site.origin)), 'certificate', { fingerprint })
          assert.equal(
            await textOf(await http.send(get(site.origin, { certificateSha256: fingerprint }))),
            'there',
          )
          await failsWith(http.send(get(site.origin)), 'certificate', { fingerprint })
          await failsWith(http.send(post(site.origin, 'x')), 'certificate', { fingerprint })
          assert.equal(site.received.length, 1)
        },
      ),
  },
  {
    name: 'any other certificate than the pinned one is refused, and shown',
    run: open =>
      using(
        openSite(response => response.end('there'), otherNameTls),
        async site => {
          const facts = {
            subject: 'other.example',
            fingerprint: fingerprintOf(otherNameTls.cert),
            sent: false,
          }
          const pin = { certificateSha256: fingerprint }
          await failsWith(open().http.send(get(site.origin, pin)), 'certificate', facts)
          await failsWith(open().http.send(post(site.origin, 'x', pin)), 'certificate', facts)
          assert.deepEqual(site.received, [])
        },
      ),
  },
  {
    name: 'cookies are sent as they are asked for, and those of an answer can be read, all of them',
    run: open =>
      using(
        openSite((response, request) => {
          response.setHeader('set-cookie', [
            'a=1; path=/; HttpOnly',
            'b=2; expires=Wed, 21 Oct 2026 07:28:00 GMT',
          ])
          response.end(request.headers.cookie ?? 'none')
        }, serverTls),
        async site => {
          const { http } = open()
          const pin = { certificateSha256: fingerprint }
          const first = await http.send(post(site.origin, 'x', pin))
          assert.equal(await textOf(first), 'none')
          const cookie = cookiesOf(first.headers['set-cookie'])
          assert.equal(cookie, 'a=1; b=2')
          for (const send of [get, (url: string, more: object) => post(url, 'x', more)]) {
            assert.equal(
              await textOf(await http.send(send(site.origin, { ...pin, headers: { cookie } }))),
              cookie,
            )
            assert.equal(await textOf(await http.send(send(site.origin, pin))), 'none')
          }
        },
      ),
  },
]

/** On a computer on which IT installed the company's authority. */
export const trustedCases: readonly ElectronCase[] = [
  {
    name: 'the company’s authority is trusted because the computer trusts it',
    run: open =>
      using(
        openSite(response => response.end('trusted'), serverTls),
        async site => {
          const { http } = open()
          assert.equal(await textOf(await http.send(get(site.origin))), 'trusted')
          assert.equal(await textOf(await http.send(post(site.origin, 'x'))), 'trusted')
        },
      ),
  },
  {
    name: 'a certificate for another name is refused, and nothing was sent',
    run: open =>
      using(
        openSite(response => response.end(), otherNameTls),
        async site => {
          const facts = { subject: 'other.example', reason: 'ERR_CERT_COMMON_NAME_INVALID', sent: false }
          await failsWith(open().http.send(post(site.origin, 'start')), 'certificate', facts)
          assert.deepEqual(site.received, [])
        },
      ),
  },
  {
    name: 'an expired certificate is refused, and nothing was sent',
    run: open =>
      using(
        openSite(response => response.end(), expiredTls),
        async site => {
          const facts = { issuer, reason: 'ERR_CERT_DATE_INVALID', sent: false }
          await failsWith(open().http.send(post(site.origin, 'start')), 'certificate', facts)
          assert.deepEqual(site.received, [])
        },
      ),
  },
  {
    name: 'a server that wants a client certificate gets none',
    run: async open => {
      const server = createServer(
        { ...serverTls, ca: companyAuthority, requestCert: true, rejectUnauthorized: true },
        (_, response) => response.end(),
      )
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      try {
        const { port } = server.address() as AddressInfo
        const facts = { reason: 'ERR_SSL_CLIENT_AUTH_CERT_NEEDED', sent: false }
        await failsWith(open().http.send(post(`https://127.0.0.1:${port}`, 'x')), 'certificate', facts)
      } finally {
        server.close()
      }
    },
  },
  {
    name: 'a server without TLS behind an https address',
    run: open =>
      using(
        openSite(response => response.end()),
        async site => {
          const url = site.origin.replace('http:', 'https:')
          await failsWith(open().http.send(post(url, 'x')), 'connection-failed', {})
          assert.deepEqual(site.received, [])
        },
      ),
  },
]
