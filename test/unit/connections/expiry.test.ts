import { expect, test } from 'vitest'
import { expiryForecast } from '../../../main/core/connections/expiry.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'

test.each([
  ['not stated', null, { kind: 'unknown' }],
  ['half a year', hours(180 * 24), { kind: 'fine', daysLeft: 180 }],
  ['15 days', hours(15 * 24), { kind: 'fine', daysLeft: 15 }],
  ['14 days', hours(14 * 24), { kind: 'soon', daysLeft: 14 }],
  ['an hour', hours(1), { kind: 'soon', daysLeft: 0 }],
  ['now', 0, { kind: 'ended' }],
  ['an hour ago', -hours(1), { kind: 'ended' }],
] as const)('[concur:1.2.lifetime-refresh] the end of a sign-in: %s', (_name, left, forecast) => {
  expect(expiryForecast(left === null ? null : addMillis(fakeStart, left), fakeStart)).toEqual(forecast)
})
