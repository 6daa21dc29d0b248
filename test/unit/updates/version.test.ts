import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compare, isNewer, isVersion } from '../../../main/core/updates/version.ts'

const identifier = fc.oneof(fc.nat(99).map(String), fc.constantFrom('alpha', 'beta', 'rc', 'x-1', '0a'))
const version = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.array(identifier, { maxLength: 3 }))
  .map(([a, b, c, before]) => `${a}.${b}.${c}${before.length === 0 ? '' : `-${before.join('.')}`}`)

describe('versions', () => {
  test('are ordered as semver.org does it', () => {
    const chain = [
      '1.0.0-alpha',
      '1.0.0-alpha.1',
      '1.0.0-alpha.beta',
      '1.0.0-beta',
      '1.0.0-beta.2',
      '1.0.0-beta.11',
      '1.0.0-rc.1',
      '1.0.0',
      '1.0.1',
      '1.2.0',
      '1.10.0',
      '2.0.0',
    ]
    for (const [place, one] of chain.entries()) {
      for (const [other, two] of chain.entries()) expect(isNewer(one, two)).toBe(place > other)
    }
  })

  test('have one order, whatever they are', () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compare(a, b))).toBe(0 - Math.sign(compare(b, a)))
        expect(compare(a, a)).toBe(0)
        if (isNewer(a, b) && isNewer(b, c)) expect(isNewer(a, c)).toBe(true)
        expect([isNewer(a, b), isNewer(b, a)]).not.toEqual([true, true])
      }),
    )
  })

  test.each([
    '',
    '1',
    '1.2',
    'v1.2.3',
    '1.2.3.4',
    '01.2.3',
    '1.2.3-',
    '1.2.3 ',
    '1.2.3+build',
    '9999999999.0.0',
  ])('are not %j, which comes after nothing', text => {
    expect(isVersion(text)).toBe(false)
    expect([isNewer(text, '0.0.1'), isNewer('9.0.0', text)]).toEqual([false, false])
  })
})
