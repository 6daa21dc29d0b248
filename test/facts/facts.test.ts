/**
 * Runs after the unit and integration tests, on their reports. `FACTS=write npm test -- unit integration facts`
 * writes the pages anew.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { concurFacts } from './concur-facts.ts'
import { evidenceFor, pageOf, problemsOf } from './fact.ts'
import { icwsFacts } from './icws-facts.ts'
import { passedTests } from './reports.ts'
import { vaultFacts } from './vault-facts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const lists = [concurFacts, icwsFacts, vaultFacts]

describe.each(lists)('$title', list => {
  const evidence = evidenceFor(list, passedTests(root))

  test('every fact has a test that passed, or a reason why it is not built', () => {
    expect(problemsOf(list, evidence)).toEqual([])
  })

  test('the page in docs says so', () => {
    const file = join(root, 'docs', `facts-${list.name}.md`)
    const page = pageOf(list, evidence)
    if (process.env.FACTS === 'write') writeFileSync(file, page)
    expect(readFileSync(file, 'utf8')).toBe(page)
  })
})
