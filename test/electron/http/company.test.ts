import { beforeAll, describe, test } from 'vitest'
import { pinnedCases, trustedCases, untrustedCases } from './certificate-cases.ts'
import { doctorCases, inspectedCases } from './doctor-cases.ts'
import type { CaseResult } from './electron-case.ts'
import { proxyCases } from './proxy-cases.ts'
import { openProxy } from './proxy-server.ts'
import { companyHome, expectPassed, runHarness } from './run-harness.ts'
import { systemProxyCases } from './system-proxy-cases.ts'

describe('on a computer that trusts the company’s authority', () => {
  let results: Map<string, CaseResult>
  beforeAll(async () => {
    results = await runHarness('company', { HOME: companyHome() })
  })

  test.each(trustedCases)('$name', ({ name }) => expectPassed(results, name))
  describe('as the network doctor sees it', () => {
    test.each(inspectedCases)('$name', ({ name }) => expectPassed(results, name))
  })
  describe('through its proxy', () => {
    test.each(proxyCases)('$name', ({ name }) => expectPassed(results, name))
  })
})

describe('on a computer that does not know the company', () => {
  let results: Map<string, CaseResult>
  beforeAll(async () => {
    results = await runHarness('untrusted')
  })

  test.each(untrustedCases)('$name', ({ name }) => expectPassed(results, name))
  describe('as the network doctor sees it', () => {
    test.each(doctorCases)('$name', ({ name }) => expectPassed(results, name))
  })
  describe('and a connection with a pinned certificate', () => {
    test.each(pinnedCases)('$name', ({ name }) => expectPassed(results, name))
  })
})

describe('on a computer whose own settings name a proxy', () => {
  let results: Map<string, CaseResult>
  beforeAll(async () => {
    const proxy = await openProxy({ signIn: null })
    try {
      // What a Linux without a desktop has for settings.
      results = await runHarness('systemProxy', {
        XDG_CURRENT_DESKTOP: '',
        http_proxy: `http://${proxy.address}`,
      })
    } finally {
      await proxy.close()
    }
  })

  test.each(systemProxyCases)('$name', ({ name }) => expectPassed(results, name))
})
