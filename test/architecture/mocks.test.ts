import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root, sourcesBelow } from './sources.ts'

// The other unit tests share one module graph: a module that was put in another's place would stay there for them.
it('puts something in a module’s place in *.mocked.test files alone, which have a module graph each', () => {
  const mocking = sourcesBelow('test/unit')
    .map(({ path }) => path)
    .filter(path => /\bvi\s*\.\s*(mock|doMock)\(/.test(readFileSync(join(root, path), 'utf8')))
  expect(mocking.length).toBeGreaterThan(0)
  expect(mocking.filter(path => !/\.mocked\.test\.tsx?$/.test(path))).toEqual([])
})
