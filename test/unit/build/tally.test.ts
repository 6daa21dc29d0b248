import { expect, test } from 'vitest'
import { addUp, closingLine, tallyOfCheck, tallyOfVitest } from '../../../build/test/tally.mjs'

const file = (status: string, ...outcomes: string[]) => ({
  status,
  assertionResults: outcomes.map(outcome => ({ status: outcome })),
})

test('the closing line adds all runners up', () => {
  const sum = addUp([
    tallyOfCheck(0),
    tallyOfVitest({ testResults: [file('passed', 'passed', 'passed'), file('passed', 'passed')] }, 0),
  ])
  expect(closingLine(sum)).toBe('4 passed, 0 failed')
})

test('skipped tests are told, and only where there are some', () => {
  const report = { testResults: [file('passed', 'passed', 'skipped', 'todo', 'pending')] }
  expect(closingLine(tallyOfVitest(report, 0))).toBe('1 passed, 0 failed, 3 skipped')
})

test.each([
  ['left no report', undefined, 1],
  ['ended well but ran nothing', { testResults: [] }, 0],
  ['skipped all it had', { testResults: [file('passed', 'skipped')] }, 0],
  ['ended badly though each test passed', { testResults: [file('passed', 'passed')] }, 1],
  ['was killed', { testResults: [file('passed', 'passed')] }, null],
  ['could not load a file', { testResults: [file('failed'), file('passed', 'passed')] }, 1],
])('a runner that %s has failed', (_, report, status) => {
  expect(tallyOfVitest(report, status).failed).toBe(1)
})

test('each failed test counts, and its file not once more', () => {
  const report = { testResults: [file('failed', 'failed', 'failed', 'passed')] }
  expect(tallyOfVitest(report, 1)).toEqual({ passed: 1, failed: 2, skipped: 0 })
})

test.each([1, null])('a check with status %s has failed', status => {
  expect(tallyOfCheck(status)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
