import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import type { PassedTest } from './fact.ts'

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
})

/** The runners whose tests may prove a fact; build/test.mjs leaves a report of each in out/test. */
export const provingRunners = ['unit', 'integration'] as const

/** The tests that passed in the last run of these runners. */
export function passedTests(root: string): readonly PassedTest[] {
  return provingRunners.flatMap(runner => {
    const file = join(root, 'out', 'test', `${runner}.json`)
    if (!existsSync(file))
      throw new Error(`There is no report of ${runner}: run npm test -- unit integration facts`)
    return report
      .parse(JSON.parse(readFileSync(file, 'utf8')))
      .testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'passed')
          .map(({ fullName }) => ({ file: relative(root, name).replaceAll('\\', '/'), title: fullName })),
      )
  })
}
