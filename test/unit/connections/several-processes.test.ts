import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { addMillis, hours, minutes } from '../../../main/core/time.ts'
import { settled } from '../../fakes/fake-clock.ts'
import { account, computer, id, refused, tokenOf, typed } from './fixture.ts'

describe('several processes', () => {
  test('sign in one after the other, each with what the one before stored', async () => {
    const { clock, fake, saved, start } = computer()
    await saved()
    let inside = 0
    fake.onSignIn = async (secrets, nth) => {
      inside += 1
      expect(inside).toBe(1)
      await settled()
      inside -= 1
      expect(secrets.refreshToken).toBe(`refresh-${nth - 1}`)
      return fake.token(nth, { keep: { ...typed, refreshToken: `refresh-${nth}` } })
    }
    const all = [start(), start(), start()].map(({ sessions }) => sessions.with(id, tokenOf))
    await clock.advance(minutes(1))
    expect((await Promise.all(all)).sort()).toEqual(['Bearer token-1', 'Bearer token-2', 'Bearer token-3'])
  })

  test('do not wait for ever', async () => {
    const { clock, saved, start } = computer()
    await saved()
    const { leases, sessions } = start()
    const lease = await leases.take(`sign-in:${id}`)
    const waiting = sessions.with(id, tokenOf).catch((error: unknown) => error)
    await clock.advance(minutes(4))
    expect(await waiting).toMatchObject({ code: 'timed-out', facts: { what: 'sign-in', sent: false } })
    await lease?.release()
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-1')
  })

  test('one that slept over its lease takes the secrets that another one stored', async () => {
    const { fake, keychain, saved, start, row } = computer()
    await saved()
    const newer = { ...typed, refreshToken: 'refresh-9' }
    fake.onSignIn = (secrets, nth) => {
      if (secrets.refreshToken === 'refresh-9') return fake.token(nth)
      // While the answer was on its way, another process rotated the token and used it.
      keychain.stored.set(account, newer)
      return nth === 1
        ? new AppError('sign-in-expired')
        : fake.token(nth, { keep: { ...typed, refreshToken: 'late' } })
    }
    expect(await start().sessions.with(id, tokenOf)).toBe('Bearer token-2')
    expect(keychain.stored.get(account)).toEqual(newer)
    expect((await row()).signIn.state).toBe('ok')
    keychain.stored.set(account, typed)
    expect(await start().sessions.with(id, tokenOf)).toBe('Bearer token-4')
    expect(keychain.stored.get(account)).toEqual(newer)
  })

  test('a refusal counts though the keychain was locked meanwhile', async () => {
    const { fake, keychain, saved, start, row } = computer()
    await saved()
    fake.onSignIn = () => {
      keychain.available = false
      return refused()
    }
    await expect(start().sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'sign-in-refused' })
    expect((await row()).signIn.state).toBe('refused')
  })

  test('new secrets in one make the sessions of all others void', async () => {
    const { clock, saved, start } = computer()
    await saved()
    const [one, other] = [start(), start()]
    await other.sessions.with(id, tokenOf)
    await clock.advance(1000)
    await one.service.signIn(id, { ...typed, refreshToken: 'of-somebody-else' }, 'keychain')
    expect(await other.sessions.with(id, tokenOf)).toBe('Bearer token-3')
    expect(await one.sessions.with(id, tokenOf)).toBe('Bearer token-2')
  })

  test('a refresh in one leaves the sessions of the others good', async () => {
    const { clock, fake, saved, start } = computer()
    await saved()
    const [one, other] = [start(), start()]
    await other.sessions.with(id, tokenOf)
    await clock.advance(1000)
    fake.onSignIn = (_, nth) => fake.token(nth, { secretsExpireAt: addMillis(clock.now(), hours(99)) })
    await one.sessions.with(id, tokenOf)
    expect(await other.sessions.with(id, tokenOf)).toBe('Bearer token-1')
  })
})
