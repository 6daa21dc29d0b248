import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shapes } from '../../../main/core/policy/secret-shapes.ts'
import { spellingsOf } from '../../../main/core/policy/spellings.ts'
import { stepsOf } from './regexp-steps.ts'

/** What patterns begin at, go on with, and stumble over. */
const pieces = [
  ...['token', 'pin', 'cookie', 'authorization', 'basic', 'eyJ', 'veeva-vault-', '/icws/', '://', 'account'],
  ...[
    'a.',
    '<a',
    '<a:',
    '<token ',
    'AA11',
    'de89',
    '1 ',
    '1.',
    '1111',
    '\t',
    ' ',
    '"',
    "'",
    '=',
    ':',
    '?a',
    '&',
    '-',
  ],
  ...['\\', 'x+', 'aB3/', '\u00a0'],
] as const
const unit = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }).map(parts => parts.join(''))
const short = 1_000

const grows = (pattern: RegExp, start: string, again: string): number => {
  const text = (length: number) => start + again.repeat(Math.ceil(length / again.length))
  return stepsOf(pattern, text(2 * short)) / stepsOf(pattern, text(short))
}

describe('the search for secrets takes twice as long for twice the text', () => {
  test('the counting sees it where that is not so', () => {
    expect(grows(/\b[a-z][a-z0-9+.-]*:\/\//g, '', 'a.')).toBeGreaterThan(3.5)
    expect(grows(/token[\w.-]*=/g, '', 'token')).toBeGreaterThan(3.5)
    expect(grows(/token[\w.-]{0,64}=/g, '', 'token')).toBeLessThan(2.2)
  })

  test('the counting finds what the engine finds', () => {
    // A pattern that always matches one letter is tried once a letter, and once at the end.
    expect(stepsOf(/[\s\S]/g, 'abc')).toBe(7)
    expect(() => stepsOf(/(a)\1/g, 'aa')).toThrow('What is this')
  })

  test.each(shapes.map(({ pattern }) => [pattern.source.slice(0, 60), pattern] as const))(
    '%s',
    (_, pattern) => {
      fc.assert(
        fc.property(fc.constantFrom('', ...pieces), unit, (start, again) => {
          expect(grows(pattern, start, again)).toBeLessThan(2.5)
        }),
        { numRuns: 25 },
      )
    },
  )

  test('for a secret that is known, whatever it is made of', () => {
    const secret = fc.oneof(
      fc.array(fc.constantFrom('\\', '"', '&', 'a', ' ', '%', 'ö'), { minLength: 4, maxLength: 16 }),
      fc.constantFrom('\\', '"', 'a', '\\"', '&a').map(letters => Array.from({ length: 12 }, () => letters)),
    )
    fc.assert(
      fc.property(secret, fc.constantFrom('\\', '\\"', '&', 'a', '&amp;', '%25', ' '), (letters, again) => {
        const text = letters.join('')
        for (const { pattern } of spellingsOf(text)) {
          expect(grows(new RegExp(pattern, 'giu'), '', again)).toBeLessThan(2.5)
        }
      }),
      { numRuns: 40 },
    )
  })
})
