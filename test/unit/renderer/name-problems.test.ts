import { expect, it } from 'vitest'
import type { ErrorView } from '../../../preload/contract/errors.ts'
import { newDestination } from '../../../renderer/features/extracts/destination.ts'
import { nameProblems } from '../../../renderer/features/extracts/name-problems.ts'

const error = (name: string): ErrorView => ({ code: 'name-invalid', facts: { name, reason: 'token' } })
const destination = (name: string, marker: string | null) => ({
  ...newDestination('/srv/in', '{original}{ext}'),
  name,
  marker,
})

it.each<[string, string | null, ErrorView | null, readonly ('name' | 'marker')[]]>([
  ['{original}{ext}', null, null, []],
  ['{orignal}', null, error('{orignal}'), ['name']],
  ['{original}', '{defnition}.done', error('{defnition}'), ['marker']],
  ['{x}', '{x}.done', error('{x}'), ['name']],
  ['', null, null, ['name']],
  ['{original}', '', null, ['marker']],
  ['', '', error(''), ['name', 'marker']],
  ['{original}', null, { code: 'folder-missing', facts: {} }, []],
])('%s with the marker %s: said at its field', (name, marker, found, wrong) => {
  const problems = nameProblems(destination(name, marker), found)
  expect((['name', 'marker'] as const).filter(field => problems[field] !== null)).toEqual(wrong)
})
