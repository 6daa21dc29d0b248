import { describe, expect, test } from 'vitest'
import { evidenceFor, type FactList, pageOf, problemsOf } from '../../facts/fact.ts'

const list: FactList = {
  name: 'moon',
  title: 'Moon',
  about: 'About the moon.',
  sections: [
    {
      title: '1 Phases',
      facts: [
        { id: '1.full', text: 'It is full | at times.' },
        { id: '1.new', text: 'It is new.', notBuilt: 'nobody sees it' },
      ],
    },
  ],
}
const passed = (...titles: readonly string[]) =>
  titles.map((title, nth) => ({ file: `test/unit/${nth}.test.ts`, title }))

describe('a list of facts', () => {
  test('is proved by tests that name each of them', () => {
    const evidence = evidenceFor(
      list,
      passed('[moon:1.full] shines', 'a describe [moon:1.full] [sun:1.full] and a test'),
    )
    expect(evidence).toEqual(new Map([['1.full', ['test/unit/0.test.ts', 'test/unit/1.test.ts']]]))
    expect(problemsOf(list, evidence)).toEqual([])
    expect(pageOf(list, evidence)).toBe(
      [
        '# Moon',
        '',
        'About the moon.',
        '',
        '## 1 Phases',
        '',
        '| id | fact | proved in |',
        '| --- | --- | --- |',
        '| 1.full | It is full \\| at times. | [unit/0.test.ts](../test/unit/0.test.ts)<br>[unit/1.test.ts](../test/unit/1.test.ts) |',
        '| 1.new | It is new. | not built: nobody sees it |',
        '',
      ].join('\n'),
    )
  })

  test.each([
    ['a fact without a test', [], ['1.full has no test that passed']],
    [
      'a test of what is not built',
      ['[moon:1.full]', '[moon:1.new]'],
      ['1.new is not built, and yet tested'],
    ],
    ['a test of no fact', ['[moon:1.full] [moon:1.flul]'], ['1.flul is named by a test, and is no fact']],
  ])('is not proved with %s', (_name, titles, problems) => {
    expect(problemsOf(list, evidenceFor(list, passed(...titles)))).toEqual(problems)
  })

  test('is not proved with a fact that stands there twice', () => {
    const [section] = list.sections
    const doubled = { ...list, sections: section ? [section, section] : [] }
    expect(problemsOf(doubled, evidenceFor(list, passed('[moon:1.full]')))).toEqual([
      '1.full stands there twice',
      '1.new stands there twice',
    ])
  })
})
