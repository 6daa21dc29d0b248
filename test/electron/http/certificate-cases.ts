import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { failsWith, get, post, textOf, using } from '../../integration/http/case.ts'
import { openSite } from '../../integration/http/site.ts'
import type { ElectronCase } from './electron-case.ts'
import { companyAuthority, expiredTls, otherNameTls, serverTls } from './tls-files.ts'

const issuer = 'Example Company TLS Inspection'
const fingerprint = new X509Certificate(serverTls.cert).fingerprint256.replaceAll(':', '').toLowerCase()

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
            const facts = { issuer, subject: 'localhost', fingerprint, reason, sent: false }
            await failsWith(http.send(request), 'certificate', facts)
          }
          assert.deepEqual(site.received, [])
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
