import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import type { Session } from '../../../main/core/systems/system.ts'
import { hours, minutes, seconds } from '../../../main/core/time.ts'
import { acme, computer, id, rejected, tokenOf, typed } from './fixture.ts'

/** A computer whose system keeps sessions: which ones it was told to end, and to keep. */
async function keeping() {
  const it = computer()
  const ended: string[] = []
  const kept: string[] = []
  it.fake.signOut = async (session: Session) => void ended.push(await tokenOf(session))
  it.fake.keepAlive = async (session: Session) => void kept.push(await tokenOf(session))
  await it.saved()
  const one = it.start()
  const use = () => one.sessions.with(id, async session => tokenOf(session))
  return { ...it, ...one, use, ended, kept }
}

describe('a session is signed out', () => {
  test('when its connection is removed', async () => {
    const { service, use, ended } = await keeping()
    await use()
    await service.remove(id)
    expect(ended).toEqual(['Bearer token-1'])
  })

  test('when somebody signs in anew, and when it is tested with a new one', async () => {
    const { service, use, ended } = await keeping()
    await use()
    await service.signIn(id, { ...typed, refreshToken: 'refresh-9' }, 'keychain')
    expect(ended).toEqual(['Bearer token-1'])
    await service.test(id)
    expect(ended).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('when it is renewed before its end', async () => {
    const { clock, use, ended } = await keeping()
    await use()
    await clock.advance(minutes(59) + seconds(1))
    expect(await use()).toBe('Bearer token-2')
    expect(ended).toEqual(['Bearer token-1'])
  })

  test('when it turns out to be of no use', async () => {
    const { fake, service, ended } = await keeping()
    fake.onDefinitions = () => {
      throw new AppError('permission-missing')
    }
    const { keep, system, mark, auth, url } = acme
    const adding = service.add({ keep, name: 'Another', system, mark, auth, url, secrets: typed })
    await expect(adding).rejects.toMatchObject({ code: 'permission-missing' })
    expect(ended).toEqual(['Bearer token-1'])
  })

  test('at the end of the process, all at once', async () => {
    const { sessions, use, ended } = await keeping()
    await use()
    await sessions.close()
    expect(ended).toEqual(['Bearer token-1'])
    await sessions.close()
    expect(ended).toHaveLength(1)
  })

  test('not where the system itself said that it is over', async () => {
    const { sessions, use, ended } = await keeping()
    await use()
    let calls = 0
    await sessions.with(id, async () => {
      calls += 1
      if (calls === 1) throw rejected(401)
    })
    expect(ended).toEqual([])
  })

  test('not where the user gave its token: that one is theirs', async () => {
    const { saved, sessions, use, ended } = await keeping()
    await saved({ ...acme, auth: 'access-token' })
    await use()
    await sessions.close()
    expect(ended).toEqual([])
  })

  test('a system that does not answer is not waited for longer than a few seconds', async () => {
    const { clock, fake, sessions, use } = await keeping()
    fake.signOut = () => new Promise(() => {})
    await use()
    let closed = false
    const closing = sessions.close().then(() => {
      closed = true
    })
    await clock.advance(seconds(2))
    expect(closed).toBe(false)
    await clock.advance(seconds(1))
    await closing
  })

  test('one that refuses it stops nobody', async () => {
    const { fake, sessions, use, log } = await keeping()
    fake.signOut = async () => {
      throw new AppError('server-error')
    }
    await use()
    await sessions.close()
    expect(log.entries.map(({ event }) => event)).toContain('sign-out.failed')
  })
})

describe('a session is kept', () => {
  test('while jobs run, as often as the system wants, and not otherwise', async () => {
    const { clock, fake, use, kept } = await keeping()
    fake.onSignIn = (_, nth) => fake.token(nth, { sessionExpiresAt: null })
    await use()
    await clock.advance(minutes(3))
    expect(kept).toEqual([])
    fake.busy = true
    await clock.advance(minutes(3))
    expect(kept).toHaveLength(3)
    fake.busy = false
    await clock.advance(hours(1))
    expect(kept).toHaveLength(3)
  })

  test('until it is over: the next call signs in anew, and nothing is signed out', async () => {
    const { clock, fake, use, ended } = await keeping()
    fake.onSignIn = (_, nth) => fake.token(nth, { sessionExpiresAt: null })
    fake.busy = true
    fake.keepAlive = async () => {
      throw rejected(401)
    }
    await use()
    await clock.advance(minutes(5))
    expect(fake.signIns).toHaveLength(1)
    expect(await use()).toBe('Bearer token-2')
    expect(ended).toEqual([])
  })

  test('through a moment in which the system cannot be reached', async () => {
    const { clock, fake, use, kept } = await keeping()
    fake.onSignIn = (_, nth) => fake.token(nth, { sessionExpiresAt: null })
    fake.busy = true
    fake.keepAlive = async session => {
      kept.push(await tokenOf(session))
      throw new AppError('connection-failed')
    }
    await use()
    await clock.advance(minutes(2))
    expect(kept).toHaveLength(2)
    expect(await use()).toBe('Bearer token-1')
  })

  test('no longer than the process', async () => {
    const { clock, fake, sessions, use, kept } = await keeping()
    fake.busy = true
    await use()
    await sessions.close()
    await clock.advance(minutes(10))
    expect(kept).toEqual([])
    expect(clock.pending()).toBe(0)
  })
})
