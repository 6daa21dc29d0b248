import { expect, test } from 'vitest'
import { retryAfter } from '../../../main/core/systems/retry-after.ts'
import { hours, instantAt } from '../../../main/core/time.ts'

const now = instantAt(Date.UTC(2026, 10, 1, 18, 30))

test.each([
  ['seconds', '120', 120_000],
  ['a date', 'Sun, 01 Nov 2026 18:31:00 GMT', 60_000],
  ['a date that has passed', 'Sun, 01 Nov 2026 18:29:00 GMT', 0],
  ['nothing to wait for', '0', 0],
  ['a pause that nobody means', '999999999', hours(24)],
  ['no header', undefined, 0],
  ['no number', 'soon', 0],
  ['less than nothing', '-5', 0],
])('%s', (_name, header, wait) => {
  expect(retryAfter(header, now)).toBe(wait)
})
