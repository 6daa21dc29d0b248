import { expect, test } from 'vitest'
import { isAppError } from '../../main/core/errors.ts'
import { originOf } from '../../main/core/policy/url.ts'
import { practiceComputer } from '../integration/concur/computer.ts'
import { bench } from './bench.ts'
import type { Subject } from './subject.ts'

/** Signing in, sessions that end, and where anything may be sent. */
export function signingIn(subject: Subject): void {
  test('one sign-in proves that it works, and serves every call after it', async () => {
    const { list, practice, repository, id } = await bench(subject)
    await list()
    await list()
    expect(practice.requests.filter(subject.isSignIn)).toHaveLength(1)
    expect((await repository.find(id))?.signIn.state).toBe('ok')
  })

  test('a wrong secret is sent once, however often it is typed', async () => {
    const { connection, practice, start, repository } = await practiceComputer()
    const { service } = start()
    const typed = connection({ ...subject.connection(practice), secrets: subject.wrong(practice) })
    for (let times = 0; times < 3; times += 1) {
      await expect(service.add(typed)).rejects.toMatchObject({ code: 'sign-in-refused' })
    }
    expect(practice.requests.filter(subject.isSignIn)).toHaveLength(1)
    expect(await repository.all()).toEqual([])
  })

  test('a saved secret that is refused waits for the user, and is not tried again', async () => {
    const { list, practice, sessions, id, repository } = await bench(subject)
    practice.scenario('refused', subject.name)
    sessions.forget(id)
    const before = practice.requests.filter(subject.isSignIn).length
    const first = await list().catch((error: unknown) => error)
    expect(isAppError(first, 'sign-in-refused', 'sign-in-expired')).toBe(true)
    for (let times = 0; times < 3; times += 1) {
      await expect(list()).rejects.toMatchObject({ code: 'sign-in-waiting' })
    }
    expect(practice.requests.filter(subject.isSignIn)).toHaveLength(before + 1)
    expect((await repository.find(id))?.signIn.state).toMatch(/refused|expired/)
  })

  test('a session that ends in the middle is made anew, and nobody notices', async () => {
    const { list, practice } = await bench(subject, 'expired-token')
    for (let times = 0; times < 6; times += 1) expect((await list()).complete).toBe(true)
    expect(practice.requests.filter(subject.isSignIn).length).toBeGreaterThan(1)
  })

  test('nothing leaves for another place than the session trusts', async () => {
    const { ended, list, run, sent, system, target, typed } = await bench(subject)
    const over = await ended()
    await list()
    await run(session => system.files(session, target, over))
    const { trust, origin } = await run(async session => session)
    expect(trust.origins).toContain(origin)
    expect(new Set(sent.map(({ url }) => originOf(url)))).toEqual(new Set([originOf(typed.url)]))
    const place = { url: typed.url, knownOrigin: null, auth: typed.auth, practice: true }
    expect(() => system.trust(place, subject.foreign)).toThrow(
      expect.objectContaining({ code: 'not-trusted' }),
    )
    expect(() => system.trust({ ...place, practice: false }, subject.foreign)).toThrow(
      expect.objectContaining({ code: 'not-trusted' }),
    )
  })

  test('a session that is kept alive lives, and one that is signed out does not', async () => {
    const { run, system } = await bench(subject)
    const session = await run(async it => it)
    await system.keepAlive?.(session)
    await system.probe(session)
    if (system.signOut === null) return expect(system.capabilities.keepAliveEvery).toBeNull()
    await system.signOut(session)
    await expect(system.probe(session)).rejects.toMatchObject({ code: 'session-expired' })
  })
}
