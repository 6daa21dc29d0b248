import { beforeAll, describe, test } from 'vitest'
import { trustedCases, untrustedCases } from './certificate-cases.ts'
import type { CaseResult } from './electron-case.ts'
import { proxyCases } from './proxy-cases.ts'
import { companyHome, expectPassed, runHarness } from './run-harness.ts'

describe('on a computer that trusts the company’s authority', () => {
  let results: Map<string, CaseResult>
  beforeAll(async () => {
    results = await runHarness('company', { HOME: companyHome() })
  })

  test.each(trustedCases)('$name', ({ name }) => expectPassed(results, name))
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
})
