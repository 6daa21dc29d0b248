import { beforeAll, describe, test } from 'vitest'
import type { CaseResult } from './electron-case.ts'
import { expectPassed, runHarness } from './run-harness.ts'

const name = 'a slow reader of 300 MB does not make memory grow'

describe('memory', () => {
  let results: Map<string, CaseResult>
  beforeAll(async () => {
    results = await runHarness('memory')
  })

  test(name, () => expectPassed(results, name))
})
