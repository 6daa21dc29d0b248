import { expect, test } from 'vitest'
import { expiryForecast } from '../../../main/core/connections/expiry.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import { fakeStart } from '../../fakes/fake-clock.ts'
import { acme, computer, tokenOf } from './fixture.ts'

test.each([
  ['not stated', null, { kind: 'unknown' }],
  ['half a year', hours(180 * 24), { kind: 'fine', daysLeft: 180 }],
  ['15 days', hours(15 * 24), { kind: 'fine', daysLeft: 15 }],
  ['14 days', hours(14 * 24), { kind: 'soon', daysLeft: 14 }],
  ['an hour', hours(1), { kind: 'soon', daysLeft: 0 }],
  ['now', 0, { kind: 'ended' }],
  ['an hour ago', -hours(1), { kind: 'ended' }],
] as const)('[concur:1.2.lifetime-refresh] the end of a sign-in: %s', (_name, left, forecast) => {
  expect(
    expiryForecast(left === null ? null : addMillis(fakeStart, left), fakeStart, 'refresh-token'),
  ).toEqual(forecast)
})

test.each([
  ['a day', hours(24), 'fine'],
  ['12 hours', hours(12), 'soon'],
  ['now', 0, 'ended'],
] as const)('the end of a session that the user gave: %s', (_name, left, kind) => {
  expect(expiryForecast(addMillis(fakeStart, left), fakeStart, 'access-token')).toMatchObject({ kind })
})

test('a given token ends when it ends, however often it is used; a new one ends later', async () => {
  const { clock, fake, start, row } = computer()
  fake.onSignIn = (_, nth) => fake.token(nth, { secretsExpireAt: addMillis(clock.now(), hours(48)) })
  const { name, system, url, mark, keep } = acme
  const secrets = { accessToken: 'first' }
  const given = { name, system, url, mark, keep, auth: 'access-token', secrets } as const
  const { id: added } = await start().service.add(given)
  const end = addMillis(clock.now(), hours(48))
  await clock.advance(hours(20))
  const { service, sessions } = start()
  await sessions.with(connectionId(added), tokenOf)
  expect((await row()).signIn.expiresAt).toBe(end)
  await service.signIn(connectionId(added), { accessToken: 'second' }, 'keychain')
  expect((await row()).signIn.expiresAt).toBe(addMillis(end, hours(20)))
})
