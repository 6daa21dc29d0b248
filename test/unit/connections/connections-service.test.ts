import { describe, expect, test } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { addMillis, hours } from '../../../main/core/time.ts'
import type { NewConnection } from '../../../preload/contract/types.ts'
import { fakeStart, settled } from '../../fakes/fake-clock.ts'
import { account, acme, computer, id, refused, rejected, tokenOf, typed, url } from './fixture.ts'

const input: NewConnection = {
  name: 'Acme EU',
  system: 'concur',
  url,
  mark: 'production',
  auth: 'refresh-token',
  secrets: typed,
  keep: 'keychain',
}

describe('add', () => {
  test('signs in once, lists the definitions, and saves', async () => {
    const { clock, fake, keychain, start, row } = computer()
    const expires = addMillis(clock.now(), hours(4000))
    fake.onSignIn = (_, nth) => fake.token(nth, { origin: 'https://us2.example', secretsExpireAt: expires })
    const { service, sessions, published } = start()
    const added = await service.add({ ...input, name: ' Acme EU ', url: ` ${url}/ ` })
    expect(added).toEqual({
      id,
      name: 'Acme EU',
      system: 'concur',
      url,
      mark: 'production',
      auth: 'refresh-token',
      outputMaps: [],
      certificateSha256: null,
      secrets: 'keychain',
      signIn: { state: 'ok', expiresAt: expires, error: null },
    })
    expect(await service.list()).toEqual([added])
    expect(keychain.stored).toEqual(new Map([[account, typed]]))
    expect(await row()).toMatchObject({
      origin: 'https://us2.example',
      createdAt: fakeStart,
      removedAt: null,
    })
    expect(published).toEqual([{ kind: 'connections-changed' }])
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-1')
    expect(fake.signIns).toHaveLength(1)
  })

  test('stores the secrets that the sign-in gave in place of those that were typed', async () => {
    const { fake, keychain, start } = computer()
    const kept = { clientId: 'client-one', clientSecret: 'secret-one', refreshToken: 'refresh-1' }
    fake.onSignIn = (_, nth) => fake.token(nth, { keep: kept })
    await start().service.add(input)
    expect(keychain.stored.get(account)).toEqual(kept)
  })

  test('keeps the secrets of a session in memory alone', async () => {
    const { keychain, start } = computer()
    const one = start()
    expect(await one.service.add({ ...input, keep: 'session' })).toMatchObject({ secrets: 'session' })
    expect(keychain.asked).toEqual([])
    expect(await start().service.list()).toMatchObject([{ secrets: 'none' }])
  })

  test.each([
    ['an empty name', { name: ' ' }, 'bad-input', { field: 'name' }],
    ['a name of several lines', { name: 'a\nb' }, 'bad-input', { field: 'name' }],
    ['a name without end', { name: 'x'.repeat(81) }, 'bad-input', { field: 'name' }],
    ['no address', { url: 'eu2' }, 'bad-input', { field: 'url' }],
    ['an address without TLS', { url: 'http://eu2.api.concursolutions.com' }, 'bad-input', { field: 'url' }],
    ['a kind of sign-in that the system has not', { auth: 'password' }, 'bad-input', { field: 'auth' }],
    ['a name that is taken', { name: 'OTHER' }, 'name-taken', { name: 'OTHER' }],
  ] as const)('%s: nothing is sent', async (_name, wrong, code, facts) => {
    const { fake, keychain, saved, start } = computer()
    await saved({ ...acme, id: acme.id, name: 'Other' })
    await expect(start().service.add({ ...input, ...wrong })).rejects.toMatchObject({ code, facts })
    expect([fake.signIns, keychain.asked]).toEqual([[], []])
  })

  test('the name of a removed connection is free', async () => {
    const { repository, start } = computer()
    await repository.save({ ...acme, id: 'connection-0' as typeof id, removedAt: fakeStart }, 'removed')
    expect(await start().service.add(input)).toMatchObject({ id, name: 'Acme EU' })
  })

  test('without a keychain nothing is asked of the system: its answer could not be kept', async () => {
    const { fake, keychain, start } = computer()
    keychain.available = false
    await expect(start().service.add(input)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    expect(fake.signIns).toEqual([])
  })

  test.each([
    ['the sign-in', refused(), null, 'sign-in-refused'],
    ['the network', new AppError('timed-out'), null, 'timed-out'],
    ['the list', null, new AppError('maintenance'), 'maintenance'],
    ['a missing right', null, rejected(403), 'permission-missing'],
  ])('where %s fails, nothing is saved', async (_name, signIn, list, code) => {
    const { fake, keychain, repository, start } = computer()
    if (signIn) fake.onSignIn = () => signIn
    fake.onDefinitions = () => {
      if (list) throw list
    }
    await expect(start().service.add(input)).rejects.toMatchObject({ code })
    expect(await repository.all()).toEqual([])
    expect([keychain.stored.size, fake.signIns.length]).toEqual([0, 1])
  })

  test('secrets that were refused are not sent again, by whatever name, until the app starts anew', async () => {
    const { fake, saved, start } = computer()
    await saved({ ...acme, id: 'connection-0' as typeof id, name: 'Other' })
    fake.onSignIn = () => refused()
    const { service } = start()
    await expect(service.add(input)).rejects.toMatchObject({ facts: { concurCode: 5 } })
    const reversed = Object.fromEntries(Object.entries(typed).reverse())
    const again = {
      code: 'sign-in-refused',
      facts: { before: true, sent: false },
      said: 'Incorrect credentials',
    }
    await expect(service.add({ ...input, secrets: reversed })).rejects.toMatchObject(again)
    await expect(service.signIn('connection-0' as typeof id, typed, 'keychain')).rejects.toMatchObject(again)
    expect(fake.signIns).toHaveLength(1)
    await expect(
      service.add({ ...input, secrets: { ...typed, clientSecret: 'other' } }),
    ).rejects.toBeDefined()
    await expect(service.add({ ...input, url: 'https://us2.api.concursolutions.com' })).rejects.toBeDefined()
    await expect(start().service.add(input)).rejects.toMatchObject({ facts: { concurCode: 5 } })
    expect(fake.signIns).toHaveLength(4)
  })

  test('what was refused when it was stored is not sent again when it is typed', async () => {
    const { fake, saved, start } = computer()
    await saved()
    fake.onSignIn = () => refused()
    const { service, sessions } = start()
    await expect(sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'sign-in-refused' })
    await expect(service.signIn(id, typed, 'keychain')).rejects.toMatchObject({ facts: { before: true } })
    expect(fake.signIns).toHaveLength(1)
  })

  test.each(['sign-in-locked', 'permission-missing'] as const)(
    'after %s the same secrets may be tried again: an administrator can put that right',
    async code => {
      const { fake, start } = computer()
      fake.onSignIn = (_, nth) => (nth === 1 ? new AppError(code) : fake.token(nth))
      const { service } = start()
      await expect(service.add(input)).rejects.toMatchObject({ code })
      expect(await service.add(input)).toMatchObject({ signIn: { state: 'ok' } })
    },
  )

  test('a given token that is rejected was refused, not expired', async () => {
    const { fake, start } = computer()
    fake.onDefinitions = () => {
      throw rejected()
    }
    const given = { ...input, auth: 'access-token', secrets: { accessToken: 'legacy' } } as const
    const { service } = start()
    await expect(service.add(given)).rejects.toMatchObject({ code: 'sign-in-refused', said: 'no' })
    await expect(service.add(given)).rejects.toMatchObject({
      code: 'sign-in-refused',
      facts: { before: true },
    })
  })

  test('where the row cannot be saved, the secrets are removed again', async () => {
    const { keychain, start } = computer()
    const full = start(connections => ({
      ...connections,
      save: () => Promise.reject(new AppError('no-space')),
    }))
    await expect(full.service.add(input)).rejects.toMatchObject({ code: 'no-space' })
    expect(keychain.stored.size).toBe(0)
    expect(keychain.asked).toEqual([`set ${account}`, `delete ${account}`])
  })

  test('where they cannot be removed either, the log says so, and the user hears of the row', async () => {
    const { keychain, start } = computer()
    const broken = start(connections => ({
      ...connections,
      async save() {
        keychain.available = false
        throw new AppError('no-space')
      },
    }))
    await expect(broken.service.add(input)).rejects.toMatchObject({ code: 'no-space' })
    expect(broken.log.entries).toContainEqual(expect.objectContaining({ event: 'connection.secrets-left' }))
  })

  test('two at once with one name: one of them', async () => {
    const { keychain, repository, start } = computer()
    const both = await Promise.allSettled([
      start().service.add(input),
      start().service.add({ ...input, name: 'ACME eu' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'name-taken' } })
    expect(await repository.all()).toHaveLength(1)
    expect(keychain.stored.size).toBe(1)
  })

  test('a token that rotated in an attempt that failed later works when it is typed once more', async () => {
    const { fake, keychain, start } = computer()
    const { service } = start()
    fake.onSignIn = ({ refreshToken }, nth) =>
      refreshToken === `refresh-${nth - 1}`
        ? fake.token(nth, { keep: { ...typed, refreshToken: `refresh-${nth}` } })
        : new AppError('sign-in-expired')
    fake.onDefinitions = () => {
      throw new AppError('maintenance')
    }
    await expect(service.add(input)).rejects.toMatchObject({ code: 'maintenance' })
    await expect(service.add(input)).rejects.toMatchObject({ code: 'maintenance' })
    fake.onDefinitions = () => {}
    expect(await service.add(input)).toMatchObject({ signIn: { state: 'ok' } })
    expect([...keychain.stored.values()]).toEqual([{ ...typed, refreshToken: 'refresh-3' }])
  })
})

describe('test', () => {
  test('signs in with what is stored and reads the definitions', async () => {
    const { fake, saved, start } = computer()
    await saved()
    const { service, sessions } = start()
    await sessions.with(id, tokenOf)
    const listed: (string | undefined)[] = []
    fake.onDefinitions = session => void listed.push(session.headers.authorization)
    expect(await service.test(id)).toMatchObject({ id, signIn: { state: 'ok' } })
    expect(listed).toEqual(['Bearer token-2'])
  })

  test('tries nothing where the sign-in waits for the user', async () => {
    const { fake, saved, start } = computer()
    await saved({ ...acme, signIn: { ...acme.signIn, state: 'refused' } })
    await expect(start().service.test(id)).rejects.toMatchObject({ code: 'sign-in-waiting' })
    expect(fake.signIns).toEqual([])
  })
})

describe('sign in', () => {
  const fresh = { ...typed, refreshToken: 'refresh-new' }
  const waiting = {
    ...acme,
    origin: 'https://old.example',
    signIn: { ...acme.signIn, state: 'refused', error: { code: 'sign-in-refused', facts: {} } },
  } as const

  test('tries new secrets once, from the connection’s own address, and clears the refusal', async () => {
    const { fake, keychain, saved, start, row } = computer()
    await saved(waiting)
    const { service, sessions } = start()
    expect(await service.signIn(id, fresh, 'keychain')).toMatchObject({
      signIn: { state: 'ok', error: null },
    })
    expect(fake.signIns).toEqual([{ target: expect.objectContaining({ knownOrigin: null }), secrets: fresh }])
    expect(keychain.stored.get(account)).toEqual(fresh)
    expect(await row()).toMatchObject({ origin: url, signIn: { state: 'ok', error: null } })
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-1')
  })

  test('also right after the refusal, in the same millisecond', async () => {
    const { fake, saved, start } = computer()
    await saved()
    const { service, sessions } = start()
    fake.onSignIn = (_, nth) => (nth === 1 ? refused() : fake.token(nth))
    await expect(sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'sign-in-refused' })
    await service.signIn(id, fresh, 'keychain')
    expect(await sessions.with(id, tokenOf)).toBe('Bearer token-2')
  })

  test('new secrets that are refused change nothing', async () => {
    const { fake, keychain, saved, start, row } = computer()
    await saved(waiting)
    fake.onSignIn = () => refused()
    await expect(start().service.signIn(id, fresh, 'keychain')).rejects.toMatchObject({
      code: 'sign-in-refused',
    })
    expect(await row()).toEqual(waiting)
    expect(keychain.stored.get(account)).toEqual(typed)
    expect(fake.signIns).toHaveLength(1)
  })

  test('moves the secrets where they are wanted from now on', async () => {
    const { keychain, saved, start } = computer()
    await saved()
    const { service, memory } = start()
    expect(await service.signIn(id, fresh, 'session')).toMatchObject({ secrets: 'session' })
    expect([keychain.stored.size, await memory.get(account)]).toEqual([0, fresh])
    expect(await service.signIn(id, typed, 'keychain')).toMatchObject({ secrets: 'keychain' })
    expect([keychain.stored.get(account), await memory.get(account)]).toEqual([typed, null])
  })

  test('a keychain that does not answer is no hindrance to doing without it', async () => {
    const { keychain, saved, start } = computer()
    await saved()
    keychain.available = false
    const { service } = start()
    await expect(service.signIn(id, fresh, 'keychain')).rejects.toMatchObject({
      code: 'keychain-unavailable',
    })
    expect(await service.signIn(id, fresh, 'session')).toMatchObject({
      secrets: 'session',
      signIn: { state: 'ok' },
    })
  })

  test('of a connection that is not there', async () => {
    await expect(computer().start().service.signIn(id, fresh, 'keychain')).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('remove', () => {
  test('secrets go first, the row stays for the history', async () => {
    const { keychain, saved, start, row } = computer()
    await saved()
    const [one, other] = [start(), start()]
    await other.sessions.with(id, tokenOf)
    await one.service.remove(id)
    expect(keychain.stored.size).toBe(0)
    expect(await row()).toEqual({ ...acme, origin: url, removedAt: fakeStart })
    expect(await one.service.list()).toEqual([])
    await expect(other.sessions.with(id, tokenOf)).rejects.toMatchObject({ code: 'not-found' })
    await expect(one.service.remove(id)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('where the keychain does not let go of them, the connection stays', async () => {
    const { keychain, saved, start, row } = computer()
    await saved()
    keychain.available = false
    await expect(start().service.remove(id)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    expect(await row()).toEqual(acme)
  })

  test('a refresh that is under way cannot put them back', async () => {
    const { clock, fake, keychain, saved, start } = computer()
    await saved()
    const [one, other] = [start(), start()]
    let answer: () => void = () => {}
    fake.onSignIn = async (_, nth) => {
      await new Promise<void>(resolve => {
        answer = resolve
      })
      return fake.token(nth, { keep: { ...typed, refreshToken: 'refresh-1' } })
    }
    const used = other.sessions.with(id, tokenOf)
    await settled()
    const removed = one.service.remove(id)
    await settled()
    answer()
    await clock.advance(1000)
    await Promise.all([used, removed])
    expect(keychain.stored.size).toBe(0)
  })

  test('secrets that an earlier place may still have are removed too', async () => {
    const { keychain, saved, start } = computer()
    await saved({ ...acme, keep: 'session' })
    await start().service.remove(id)
    expect(keychain.stored.size).toBe(0)
  })
})

describe('what a connection is told later', () => {
  const maps = [{ server: '\\\\ic-a\\extracts', local: '/mnt/extracts' }]
  const sha256 = 'ab'.repeat(32)

  test('a certificate or a folder holds from the next session on', async () => {
    const { saved, start, row, fake, clock } = computer()
    await saved()
    const { service, sessions, published } = start()
    await sessions.with(id, tokenOf)
    await clock.advance(hours(1) / 2)
    expect(await service.pin(id, sha256)).toMatchObject({ certificateSha256: sha256 })
    expect(await sessions.with(id, session => Promise.resolve(session.outputMaps))).toEqual([])
    await service.mapFolders(id, maps)
    expect(await sessions.with(id, session => Promise.resolve(session.outputMaps))).toEqual(maps)
    expect(fake.signIns).toHaveLength(3)
    expect(published).toContainEqual({ kind: 'connections-changed' })
    await service.pin(id, null)
    expect(await row()).toMatchObject({ certificateSha256: null, outputMaps: maps })
  })

  test('a system without such folders takes none', async () => {
    const { saved, start, fake, row } = computer()
    fake.filesInFolders = false
    await saved()
    await expect(start().service.mapFolders(id, maps)).rejects.toMatchObject({ code: 'not-supported' })
    expect(await row()).toMatchObject({ outputMaps: [] })
  })
})
