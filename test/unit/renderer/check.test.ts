import { describe, expect, it } from 'vitest'
import { type ErrorCode, errorCodes } from '../../../preload/contract/errors.ts'
import {
  type CheckResult,
  checking,
  checkLook,
  checkSteps,
  passed,
  resultsOf,
} from '../../../renderer/features/connections/check.ts'

const results = (code: ErrorCode): readonly CheckResult[] | null => {
  const found = resultsOf({ code, facts: {} })
  return found && checkSteps.map(step => found[step])
}

describe('the check of a new connection', () => {
  it.each<[ErrorCode, readonly CheckResult[]]>([
    ['host-not-found', ['failed', 'unchecked', 'unchecked', 'unchecked']],
    ['timed-out', ['failed', 'unchecked', 'unchecked', 'unchecked']],
    ['certificate', ['passed', 'failed', 'unchecked', 'unchecked']],
    ['sign-in-refused', ['passed', 'passed', 'failed', 'unchecked']],
    ['permission-missing', ['passed', 'passed', 'passed', 'failed']],
    ['maintenance', ['passed', 'passed', 'unknown', 'unknown']],
  ])('that ends with %s came so far', (code, expected) => {
    expect(results(code)).toEqual(expected)
  })

  it.each(errorCodes.filter(code => results(code) !== null))('passes nothing behind %s', code => {
    const found = results(code) ?? []
    const trouble = found.findIndex(result => result !== 'passed')
    expect(['failed', 'unknown']).toContain(found[trouble])
    expect(found.slice(trouble)).not.toContain('passed')
  })

  it.each<ErrorCode>(['bad-input', 'name-taken', 'keychain-unavailable', 'secrets-missing', 'internal'])(
    'has no results where nothing was checked: %s',
    code => expect(results(code)).toBeNull(),
  )

  it('has a word for every step and result', () => {
    const looks = checkSteps.flatMap(step => [
      checkLook(step, checking[step]),
      checkLook(step, passed[step]),
      ...(['failed', 'unchecked', 'unknown'] as const).map(result => checkLook(step, result)),
    ])
    expect(looks.every(({ word }) => word.length > 3)).toBe(true)
  })
})
