import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { addMillis, hours, minutes } from '../../../main/core/time.ts'
import { fakeStart, settled } from '../../fakes/fake-clock.ts'
import { account, acme, computer, id, refused, rejected, tokenOf, typed } from './fixture.ts'

describe('a session', () => {
  test('is made when first needed and shared by all callers', async () => {
    const { fake, saved, start } = computer()
    await saved()
    const { sessions } = start()
    expect(fake.signIns).toHaveLength(0)
    const both = await Promise.all([sessions.with(id, tokenOf), sessions.with(id, tokenOf)])
    expect(both).toEqual(['Bearer token-1', 'Bearer token-1'])
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-1')
    expect(fake.signIns).toEqual([
      {
        target: { url: acme.url, knownOrigin: null, auth: 'refresh-token', practice: false },
        secrets: typed,
      },
    ])
  })

  test('is closed to every origin but those trusted', async () => {
    const { saved, start } = computer()
    await saved()
    const request = { method: 'GET', headers: {}, answerWithin: 1, stallAfter: 1 } as const
    const work = start().sessions.with(id, session =>
      session.http.send({ ...request, url: 'https://evil.example/' }),
    )
    await expect(work).rejects.toMatchObject({ code: 'not-trusted' })
  })

  test('[concur:1.2.lifetime-access] is renewed a minute before its token ends', async () => {
    const { clock, fake, saved, start } = computer()
    await saved()
    const { sessions } = start()
    await sessions.with(id, tokenOf)
    await clock.advance(hours(1) - minutes(1) - 1)
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-1')
    await clock.advance(1)
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-2')
    fake.onSignIn = (_, nth) => fake.token(nth, { sessionExpiresAt: null })
    await clock.advance(hours(1))
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-3')
    await clock.advance(hours(1000))
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-3')
  })

  test('of a token that lives but a minute is used all the same', async () => {
    const { clock, fake, saved, start } = computer()
    await saved()
    const { sessions } = start()
    fake.onSignIn = (_, nth) => fake.token(nth, { sessionExpiresAt: addMillis(clock.now(), minutes(1)) })
    await sessions.with(id, tokenOf)
    await clock.advance(minutes(0.8))
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-1')
  })

  test('of a connection that is gone is none', async () => {
    const { saved, start } = computer()
    await saved({ ...acme, removedAt: fakeStart })
    const { sessions } = start()
    await expect(sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'not-found' })
    await expect(sessions.with(connectionId('connection-9'), tokenOf)).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('masks what it uses in the log', async () => {
    const { saved, start } = computer()
    await saved()
    const { sessions, redactor } = start()
    await sessions.with(id, tokenOf)
    expect(redactor.text('it was secret-one and refresh-0, not Acme')).toBe(
      'it was [masked] and [masked], not Acme',
    )
  })
})

describe('[concur:1.6.403] a rejected token', () => {
  test('is replaced once, and the work repeated once', async () => {
    const { fake, saved, start } = computer()
    await saved()
    const { sessions } = start()
    const used: string[] = []
    const result = await sessions.with(id, async session => {
      used.push(await tokenOf(session))
      if (used.length === 1) throw rejected()
      return 'done'
    })
    expect(result).toBe('done')
    expect(used).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(fake.signIns).toHaveLength(2)
  })

  test('[concur:1.3.role] [concur:1.2.scope] when it was just made, the account lacks a right', async () => {
    const { fake, saved, start, row } = computer()
    await saved()
    const { sessions } = start()
    let worked = 0
    const work = sessions.with(id, async () => {
      worked += 1
      throw rejected()
    })
    await expect(work).rejects.toMatchObject({
      code: 'permission-missing',
      facts: { status: 403 },
      said: 'no',
    })
    expect(worked).toBe(2)
    expect(fake.signIns).toHaveLength(2)
    expect((await row()).signIn.state).toBe('ok')
  })

  test('[concur:1.6.401] or, with 401, it does not arrive at all', async () => {
    const { saved, start } = computer()
    await saved()
    const work = start().sessions.with(id, () => Promise.reject(rejected(401)))
    await expect(work).rejects.toMatchObject({ code: 'request-refused', facts: { status: 401 } })
  })

  test('is replaced once for all who met it', async () => {
    const { fake, saved, start } = computer()
    await saved()
    const { sessions } = start()
    const good = await sessions.with(id, tokenOf)
    const work = () =>
      sessions.with(id, async session => {
        await settled()
        if ((await tokenOf(session)) === good) throw rejected()
        return tokenOf(session)
      })
    expect(await Promise.all([work(), work(), work()])).toEqual(Array(3).fill('Bearer token-2'))
    expect(fake.signIns).toHaveLength(2)
  })

  test('is not used again, though it could not be replaced', async () => {
    const { fake, saved, start } = computer()
    await saved()
    const { sessions } = start()
    const used: string[] = []
    const work = () =>
      sessions.with(id, async session => {
        used.push(await tokenOf(session))
        if (used.length === 1) throw rejected()
      })
    fake.onSignIn = (_, nth) => (nth === 2 ? new AppError('timed-out') : fake.token(nth))
    await expect(work()).rejects.toMatchObject({ code: 'timed-out' })
    await work()
    expect(used).toEqual(['Bearer token-1', 'Bearer token-3'])
  })

  test('other failures are not repeated', async () => {
    const { fake, saved, start } = computer()
    await saved()
    const { sessions } = start()
    let worked = 0
    const work = sessions.with(id, () => {
      worked += 1
      return Promise.reject(new AppError('timed-out'))
    })
    await expect(work).rejects.toMatchObject({ code: 'timed-out' })
    expect([worked, fake.signIns.length]).toEqual([1, 1])
  })

  test('that the user gave is not tried again: nothing can renew it', async () => {
    const { fake, saved, start, row } = computer()
    await saved({ ...acme, auth: 'access-token' }, { accessToken: 'legacy-token' })
    const { sessions } = start()
    let worked = 0
    const work = () =>
      sessions.with(id, () => {
        worked += 1
        return Promise.reject(rejected())
      })
    await expect(work()).rejects.toMatchObject({ code: 'sign-in-expired', said: 'no' })
    await expect(work()).rejects.toMatchObject({ code: 'sign-in-waiting', said: 'no' })
    await expect(start().sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'sign-in-waiting' })
    expect([worked, fake.signIns.length]).toEqual([1, 1])
    expect((await row()).signIn).toMatchObject({ state: 'expired', error: { code: 'sign-in-expired' } })
  })
})

describe('a refused secret', () => {
  test('is used exactly once, in all processes', async () => {
    const { fake, saved, start, row } = computer()
    await saved()
    const [one, other] = [start(), start()]
    await other.sessions.with(id, tokenOf)
    one.sessions.forget(id)
    fake.onSignIn = () => refused()
    await expect(one.sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'sign-in-refused' })
    for (const { sessions } of [one, other, start()]) {
      await expect(sessions.with(id, tokenOf)).rejects.toMatchObject({
        code: 'sign-in-waiting',
        facts: { connection: 'Acme EU' },
        said: 'Incorrect credentials',
      })
    }
    expect(fake.signIns).toHaveLength(2)
    expect((await row()).signIn).toMatchObject({
      state: 'refused',
      error: { code: 'sign-in-refused', facts: { concurCode: 5 } },
    })
    expect(one.published).toContainEqual({ kind: 'needs-you', need: 'sign-in', subjectId: id })
    expect(one.published).toContainEqual({ kind: 'connections-changed' })
  })

  test.each([
    ['sign-in-refused', 'refused'],
    ['sign-in-locked', 'refused'],
    ['permission-missing', 'refused'],
    ['sign-in-expired', 'expired'],
  ] as const)('%s leaves the connection %s', async (code, state) => {
    const { fake, saved, start, row } = computer()
    await saved()
    fake.onSignIn = () => new AppError(code)
    await expect(start().sessions.with(id, tokenOf)).rejects.toMatchObject({ code })
    expect((await row()).signIn.state).toBe(state)
  })

  test('is not tried again even where the database cannot take it', async () => {
    const { fake, saved, start } = computer()
    await saved()
    fake.onSignIn = () => refused()
    const full = start(connections => ({
      ...connections,
      save: () => Promise.reject(new AppError('no-space')),
    }))
    await expect(full.sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'sign-in-refused' })
    await expect(full.sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'sign-in-waiting' })
    expect(fake.signIns).toHaveLength(1)
    expect(full.log.entries).toContainEqual(expect.objectContaining({ event: 'sign-in.state-not-saved' }))
  })

  test('network trouble says nothing of it', async () => {
    const { fake, saved, start, row } = computer()
    await saved()
    const { sessions } = start()
    for (const code of [
      'timed-out',
      'maintenance',
      'rate-limited',
      'server-error',
      'offline',
      'not-trusted',
    ] as const) {
      fake.onSignIn = () => new AppError(code)
      await expect(sessions.with(id, tokenOf)).rejects.toMatchObject({ code })
    }
    expect(await row()).toEqual(acme)
    fake.onSignIn = (_, nth) => fake.token(nth)
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-7')
  })

  test('a fault of our own neither', async () => {
    const { fake, saved, start, row } = computer()
    await saved()
    fake.onSignIn = () => {
      throw new TypeError('ours')
    }
    await expect(start().sessions.with(id, tokenOf)).rejects.toBeInstanceOf(TypeError)
    expect(await row()).toEqual(acme)
  })
})

describe('[concur:1.2.rotation] a rotated secret', () => {
  test('is stored before its token is used, with its end and where to call', async () => {
    const { clock, fake, keychain, saved, start, row } = computer()
    await saved()
    const expires = addMillis(clock.now(), hours(4000))
    const next = { ...typed, refreshToken: 'refresh-1' }
    fake.onSignIn = (_, nth) =>
      fake.token(nth, { keep: next, secretsExpireAt: expires, origin: 'https://us2.example' })
    await start().sessions.with(id, async () => {
      expect(keychain.stored.get(account)).toEqual(next)
      expect(await row()).toMatchObject({
        origin: 'https://us2.example',
        signIn: { state: 'ok', expiresAt: expires },
      })
    })
    await start().sessions.with(id, tokenOf)
    expect(fake.signIns[1]).toMatchObject({ secrets: next, target: { knownOrigin: 'https://us2.example' } })
  })

  test('that cannot be stored ends the sign-in: the old one is still good, since the token was not used', async () => {
    const { fake, keychain, saved, start } = computer()
    await saved()
    const { sessions } = start()
    fake.onSignIn = (_, nth) => {
      keychain.available = false
      return fake.token(nth, { keep: { ...typed, refreshToken: 'refresh-1' } })
    }
    await expect(sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    keychain.available = true
    fake.onSignIn = (_, nth) => fake.token(nth)
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-2')
    expect(fake.signIns[1]?.secrets).toEqual(typed)
  })

  test('an unchanged one is not written again, nor a row that stays as it is', async () => {
    const { database, keychain, saved, start } = computer()
    await saved({ ...acme, origin: acme.url })
    await start().sessions.with(id, tokenOf)
    expect(keychain.asked.filter(what => what.startsWith('set'))).toEqual([])
    expect(database.get('SELECT count(*) AS n FROM journal')).toEqual({ n: 1 })
  })
})

describe('secrets that are not there', () => {
  test('a keychain that lost them: the user is asked, once', async () => {
    const { database, fake, keychain, saved, start, row } = computer()
    await saved(acme, null)
    const { sessions, published } = start()
    for (let time = 0; time < 3; time += 1) {
      await expect(sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'secrets-missing' })
    }
    expect((await row()).signIn).toMatchObject({ state: 'unknown', error: { code: 'secrets-missing' } })
    expect(published.filter(({ kind }) => kind === 'needs-you')).toHaveLength(1)
    expect(database.get('SELECT count(*) AS n FROM journal')).toEqual({ n: 2 })
    expect(fake.signIns).toHaveLength(0)
    keychain.stored.set(account, typed)
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-1')
    expect((await row()).signIn).toMatchObject({ state: 'ok', error: null })
  })

  test('a keychain that forgets: what a sign-in gave instead is used until quit, and the row says so', async () => {
    const { clock, fake, keychain, saved, start, row } = computer()
    await saved()
    keychain.forgets = true
    fake.onSignIn = (_, nth) => fake.token(nth, { keep: { ...typed, refreshToken: `refresh-${nth}` } })
    const [one, other] = [start(), start()]
    expect(await one.sessions.with(id, tokenOf)).toBe('Bearer token-1')
    expect(await row()).toMatchObject({
      keep: 'session',
      signIn: { state: 'ok', error: { code: 'keychain-forgets' } },
    })
    // The token that is void now must not be taken for the newest by another process.
    expect(keychain.stored.size).toBe(0)
    await expect(other.sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'secrets-missing' })
    await clock.advance(hours(2))
    expect(await one.sessions.with(id, tokenOf)).toBe('Bearer token-2')
    expect(fake.signIns.map(({ secrets }) => secrets.refreshToken)).toEqual(['refresh-0', 'refresh-1'])
    expect((await row()).signIn).toMatchObject({ state: 'ok', error: { code: 'keychain-forgets' } })
  })

  test('a keychain that does not answer: nothing is known, and nothing written', async () => {
    const { keychain, saved, start, row } = computer()
    await saved()
    keychain.available = false
    await expect(start().sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    expect(await row()).toEqual(acme)
  })

  test('those of a session are in the memory of their process alone', async () => {
    const { keychain, saved, start, row } = computer()
    const connection = { ...acme, keep: 'session' } as const
    await saved(connection, null)
    const [one, other] = [start(), start()]
    await one.memory.set(account, typed)
    expect(await one.sessions.with(id, tokenOf)).toBe('Bearer token-1')
    await expect(other.sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'secrets-missing' })
    expect((await row()).signIn.state).toBe('ok')
    expect(keychain.asked).toEqual([])
  })
})
