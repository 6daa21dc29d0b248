import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsOf } from '../../../main/core/history/words.ts'

test.each<[string, readonly string[]]>([
  ['', []],
  ['   \t\n ', []],
  ['SAE  March ', ['SAE', 'March']],
  ['sae 2026 sae', ['sae', '2026']],
  ['SAE_2026-03.zip', ['SAE_2026-03.zip']],
  ['- * " () : ^ + {', []],
  ['"AND" OR NOT', ['"AND"', 'OR', 'NOT']],
  ['Ö x\u0000y', ['Ö', 'x', 'y']],
  ['経費 🙂', ['経費']],
])('%j', (text, words) => {
  expect(wordsOf(text)).toEqual(words)
})

test('no word has a blank or a control character, is empty, or comes twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      const words = wordsOf(text)
      expect(new Set(words).size).toBe(words.length)
      for (const word of words) expect(word).toMatch(/^[^\s\p{Cc}]+$/u)
    }),
  )
})
