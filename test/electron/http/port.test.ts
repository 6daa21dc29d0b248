import { beforeAll, describe, test } from 'vitest'
import { httpCases } from '../../integration/http/cases.ts'
import type { CaseResult } from './electron-case.ts'
import { expectPassed, runHarness } from './run-harness.ts'

describe('the port Http on Electron’s stack', () => {
  let results: Map<string, CaseResult>
  beforeAll(async () => {
    results = await runHarness('port')
  })

  test.each(httpCases)('$name', ({ name }) => expectPassed(results, name))
})
