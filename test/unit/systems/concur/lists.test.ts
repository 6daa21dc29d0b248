import { describe, expect, test } from 'vitest'
import { readJobs } from '../../../../main/core/systems/concur/transform.ts'

describe('an answer in place of a list of jobs', () => {
  test.each([
    '<jobs><error>try again later</error></jobs>',
    '<jobs>try again later</jobs>',
    '<jobs><job><id>a</id></job><more/></jobs>',
  ])('what is no list of jobs is no empty or shorter one: %s', text => {
    expect(() => readJobs(text)).toThrow(
      expect.objectContaining({ code: 'answer-not-understood', facts: { why: 'no-list' } }),
    )
    expect(readJobs('<jobs>\n</jobs>')).toEqual({ jobs: [], nameless: [] })
  })

  test('a list of more entries than any has is refused before it is read', () => {
    const entry = '<job><id>a</id></job>'
    expect(readJobs(`<jobs>${entry.repeat(5000)}</jobs>`).jobs).toHaveLength(5000)
    for (const endless of [
      `<jobs>${entry.repeat(5001)}</jobs>`,
      `<jobs>${entry.repeat(40_000)}`,
      JSON.stringify(Array.from({ length: 5001 }, () => ({ id: 'a' }))),
    ]) {
      expect(() => readJobs(endless)).toThrow(expect.objectContaining({ code: 'answer-too-large' }))
    }
  })
})
