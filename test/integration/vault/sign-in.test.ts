import { describe, expect, test } from 'vitest'
import { minutes, seconds } from '../../../main/core/time.ts'
import { asked, inTime, signedIn, vaultComputer } from './desk.ts'

describe('signing in', () => {
  test.each(['password', 'access-token'] as const)('with %s, as the owner or as anybody', async auth => {
    const { practice, connection, start: open, repository } = await vaultComputer()
    for (const [name, signIn] of Object.entries({ a: practice.vault.signIn, b: practice.vault.reader })) {
      const added = await open().service.add(connection({ name, auth, secrets: signIn[auth] }))
      expect(added.signIn.state).toBe('ok')
      expect((await repository.all()).at(-1)).toMatchObject({ origin: practice.vault.url })
    }
  })

  test('[vault:3.2.wrong-vault] a session of another vault is refused by the name of that vault', async () => {
    const { practice, connection, start: open, repository } = await vaultComputer()
    const secrets = practice.vault.stray.password
    await expect(open().service.add(connection({ secrets }))).rejects.toMatchObject({
      code: 'permission-missing',
      facts: { vault: 'Practice Elsewhere', vaultHost: 'practice-elsewhere.localhost' },
    })
    expect(await repository.all()).toEqual([])
    expect(practice.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v25.2/auth',
      'DELETE /api/v25.2/session',
    ])
  })

  test('[vault:3.2.refused] a password that was refused is sent once', async () => {
    const { practice, connection, start: open } = await vaultComputer()
    const { service } = open()
    const secrets = { ...practice.vault.signIn.password, password: 'wrong' }
    for (let typed = 0; typed < 3; typed += 1) {
      await expect(service.add(connection({ secrets }))).rejects.toMatchObject({ code: 'sign-in-refused' })
    }
    expect(practice.requests).toHaveLength(1)
  })

  test('[vault:3.2.idle] [vault:3.1.envelope] a session that idled out is made anew, once', async () => {
    const desk = await signedIn()
    await desk.clock.advance(minutes(30))
    await desk.run((session, system) => system.probe(session))
    expect(asked(desk, /\/auth$/)).toHaveLength(2)
  })

  test('[vault:3.2.keep-alive] keeping it alive is what stops that', async () => {
    const desk = await signedIn()
    for (let times = 0; times < 5; times += 1) {
      await desk.clock.advance(minutes(10))
      await desk.run(async (session, system) => system.keepAlive?.(session))
    }
    await desk.run((session, system) => system.probe(session))
    expect(asked(desk, /\/auth$/)).toHaveLength(1)
    expect(asked(desk, /\/keep-alive$/)).toHaveLength(5)
  })

  test('[vault:3.2.48h] after 48 hours it is renewed before its end', async () => {
    const desk = await signedIn()
    for (let ten = 0; ten < 6 * 47; ten += 1) {
      await desk.clock.advance(minutes(10))
      await desk.run(async (session, system) => system.keepAlive?.(session))
    }
    expect(asked(desk, /\/auth$/)).toHaveLength(1)
    await desk.clock.advance(minutes(59) + seconds(30))
    await desk.run((session, system) => system.probe(session))
    const renewed = asked(desk, /\/auth$|\/users\/me$/).slice(-2)
    expect(renewed.every(({ status }) => status === 200)).toBe(true)
    expect(asked(desk, /\/auth$/)).toHaveLength(2)
  })

  test('[vault:3.2.sign-out] signing out ends it at the vault', async () => {
    const desk = await signedIn()
    await desk.run(async (session, system) => system.signOut?.(session))
    expect(asked(desk, /\/session$/).map(({ method }) => method)).toEqual(['DELETE'])
  })

  test('a given token is neither kept alive nor ended', async () => {
    const desk = await signedIn()
    const secrets = desk.vault.signIn['access-token']
    await desk.service.add(desk.connection({ name: 'token', auth: 'access-token', secrets }))
    const row = (await desk.repository.all()).find(({ name }) => name === 'token')
    if (!row) throw new Error('It was saved')
    await inTime(
      desk.clock,
      desk.sessions.with(row.id, async (session, system) => {
        expect(session.headers.authorization).toMatch(/^Bearer veeva-vault-/)
        await system.keepAlive?.(session)
        await system.signOut?.(session)
      }),
    )
    expect(asked(desk, /keep-alive|\/session$/)).toEqual([])
  })
})
