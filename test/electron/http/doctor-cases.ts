import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { systemClock } from '../../../main/adapters/clock.ts'
import { examine } from '../../../main/core/doctor/examine.ts'
import type { Finding } from '../../../preload/contract/doctor.ts'
import { using } from '../../integration/http/case.ts'
import { type Answer, openSite, type Site } from '../../integration/http/site.ts'
import type { ElectronCase, ElectronParts } from './electron-case.ts'
import { openProxy } from './proxy-server.ts'
import { selfSignedTls, serverTls } from './tls-files.ts'

const issuer = 'Example Company TLS Inspection'
const refuses: Answer = response => response.writeHead(401, { 'content-type': 'application/json' }).end('{}')

/** The whole examination by the real network; the sign-in is not its business. */
async function look({ http, network }: ElectronParts, url: string, pinned: string | null = null) {
  const findings: Finding[] = []
  const parts = {
    http,
    network,
    clock: systemClock,
    online: () => true,
    allows: async () => true,
    signIn: async () => {},
  }
  const signal = new AbortController().signal
  for await (const step of examine({ url, pinned, proxyMode: 'system' }, parts, signal)) {
    if (!('begin' in step)) findings.push(step)
  }
  return {
    findings,
    brief: findings.map(({ step, result, outcome }) => `${step}: ${result}, ${outcome}`),
    of: (step: Finding['step']) => findings.find(one => one.step === step),
  }
}

const at = (
  name: string,
  site: () => Promise<Site>,
  run: (parts: ElectronParts, site: Site) => Promise<void>,
) => ({
  name: `the doctor: ${name}`,
  run: (open: () => ElectronParts) => using(site(), one => run(open(), one)),
})

/** On a computer that knows no certificates but the public ones. */
export const doctorCases: readonly ElectronCase[] = [
  at(
    'an authority that this computer does not know is named, and nothing is sent',
    () => openSite(refuses, serverTls),
    async (parts, site) => {
      const { of, brief } = await look(parts, `${site.origin}/api/`)
      assert.equal(brief[3], 'certificate: failed, certificate-unknown-issuer')
      assert.equal(of('certificate')?.facts.issuer, issuer)
      assert.equal(of('answer')?.result, 'not-reached')
      assert.deepEqual(site.received, [])
    },
  ),
  at(
    'a certificate that its own server made, pinned or not',
    () => openSite(refuses, selfSignedTls),
    async (parts, site) => {
      assert.equal((await look(parts, site.origin)).of('certificate')?.result, 'failed')
      const pinned = new X509Certificate(selfSignedTls.cert).fingerprint256.replaceAll(':', '').toLowerCase()
      const { brief } = await look(parts, site.origin, pinned)
      assert.deepEqual(brief.slice(3, 5), ['certificate: ok, certificate-pinned', 'answer: ok, answers'])
    },
  ),
  at(
    'a clock that is seven minutes off',
    () =>
      openSite(response => {
        response.sendDate = false
        response.setHeader('date', new Date(Date.now() + 420_000).toUTCString())
        response.end('{}')
      }),
    async (parts, site) => {
      const { of } = await look(parts, site.origin)
      assert.equal(of('clock')?.outcome, 'clock-off')
      assert.equal(of('clock')?.result, 'failed')
      assert.ok(Math.abs(Number(of('clock')?.facts.skewMs) + 420_000) < 5000)
    },
  ),
  at(
    'an answer with its status, its size, and the clock of both',
    () => openSite(refuses),
    async (parts, site) => {
      const { brief, of } = await look(parts, site.origin)
      assert.deepEqual(brief, [
        'name: ok, name-is-address',
        'proxy: ok, direct',
        'proxy-sign-in: ok, no-proxy',
        'certificate: ok, no-encryption',
        'answer: ok, answers',
        'sign-in: ok, signed-in',
        'clock: ok, clock-right',
      ])
      assert.deepEqual([of('answer')?.facts.status, of('answer')?.facts.bytes], [401, 2])
    },
  ),
  {
    name: 'the doctor: a name that nobody knows',
    run: async open => {
      const { brief } = await look(open(), 'https://extract-desk.invalid/api/')
      assert.deepEqual(brief.slice(0, 2), ['name: failed, name-unknown', 'proxy: ok, direct'])
    },
  },
  {
    name: 'the doctor: a port at which nothing listens',
    run: async open => {
      const gone = await openSite(refuses)
      await gone.close()
      const { brief, of } = await look(open(), gone.origin)
      assert.equal(brief[4], 'answer: failed, nobody-answers')
      assert.equal(of('answer')?.facts.reason, 'ERR_CONNECTION_REFUSED')
    },
  },
  {
    name: 'the doctor: a proxy that asks for a sign-in is named with its realm',
    run: async open => {
      const proxy = await openProxy({ signIn: 'anna:right' })
      try {
        const parts = open()
        await parts.sessions.setProxy({ mode: 'fixed_servers', proxyRules: proxy.address })
        const { brief, of } = await look(parts, 'http://concur.example/api/')
        assert.deepEqual(brief.slice(0, 3), [
          'name: ok, name-left-to-proxy',
          'proxy: ok, via-proxy',
          'proxy-sign-in: failed, proxy-asks',
        ])
        assert.equal(of('proxy-sign-in')?.facts.realm, 'Example Company')
        assert.equal(of('proxy-sign-in')?.facts.proxy, proxy.address)
        // No password was tried: none is kept.
        assert.ok(proxy.asked.every(({ credentials }) => credentials === null))
      } finally {
        await proxy.close()
      }
    },
  },
]

/** On a computer on which IT installed the company's authority. */
export const inspectedCases: readonly ElectronCase[] = [
  at(
    'the company’s inspection is trusted, worth a look, and named up to its root',
    () => openSite(refuses, serverTls),
    async (parts, site) => {
      const { of, brief } = await look(parts, site.origin)
      assert.deepEqual(brief.slice(3, 5), [
        'certificate: attention, certificate-company',
        'answer: ok, answers',
      ])
      assert.equal(of('certificate')?.facts.issuer, issuer)
      assert.match(String(of('certificate')?.facts.chain), new RegExp(`› ${issuer}`))
    },
  ),
  at(
    'looking again makes another connection, and sees the certificate anew',
    () => openSite(refuses, serverTls),
    async (parts, site) => {
      await look(parts, site.origin)
      assert.equal((await look(parts, site.origin)).of('certificate')?.outcome, 'certificate-company')
      assert.equal(site.received.length, 2)
    },
  ),
]
