import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { KeychainSecrets } from '../../../main/adapters/secrets/keychain-secrets.ts'
import { AppError } from '../../../main/core/errors.ts'
import type { SecretBundle } from '../../../main/core/ports.ts'
import { MemoryKeychain } from '../../fakes/memory-keychain.ts'

const account = 'profile-1/connection-1'
const short = { clientId: 'c', refreshToken: 'r' }
const long = { clientId: 'c', refreshToken: 'eyJ'.repeat(2_000) }
const longer = { clientId: 'c', refreshToken: 'xyz'.repeat(3_000) }

let keychain: MemoryKeychain
let secrets: KeychainSecrets

beforeEach(() => {
  keychain = new MemoryKeychain()
  secrets = new KeychainSecrets(keychain)
})

describe('secrets in the keychain', () => {
  test('are null where none were stored', async () => {
    expect(await secrets.get(account)).toBeNull()
  })

  test('come back as they were, of any length and in any script', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.string({ unit: 'binary', maxLength: 3_000 })),
        async bundle => {
          await secrets.set(account, bundle)
          expect(await secrets.get(account)).toEqual({ ...bundle })
        },
      ),
      { numRuns: 200 },
    )
  })

  test('take one entry where they fit', async () => {
    await secrets.set(account, short)
    expect([...keychain.entries]).toEqual([[account, JSON.stringify(short)]])
  })

  test('leave nothing behind, whatever was stored one after the other', async () => {
    for (const bundle of [long, longer, short, longer, long]) {
      await secrets.set(account, bundle)
      expect(await secrets.get(account)).toEqual(bundle)
    }
    await secrets.delete(account)
    expect(keychain.entries.size).toBe(0)
    expect(await secrets.get(account)).toBeNull()
  })

  test('of one account are not those of another', async () => {
    await secrets.set(account, long)
    await secrets.set('profile-1/connection-10', short)
    await secrets.delete('profile-1/connection-10')
    expect(await secrets.get(account)).toEqual(long)
  })

  test('are deleted without complaint where there are none', async () => {
    await expect(secrets.delete(account)).resolves.toBeUndefined()
  })

  test('written at once are the later ones, whole', async () => {
    await Promise.all([secrets.set(account, long), secrets.set(account, longer)])
    expect(await secrets.get(account)).toEqual(longer)
  })
})

describe('a keychain that takes a value and does not have it afterwards', () => {
  test.each([
    ['short', short],
    ['long', long],
  ])('is told at once: %s', async (_, bundle) => {
    keychain.forgets = true
    await expect(secrets.set(account, bundle)).rejects.toMatchObject({ code: 'keychain-forgets' })
  })

  test('that kept the old one is told as well', async () => {
    await secrets.set(account, short)
    keychain.forgets = true
    await expect(secrets.set(account, { ...short, refreshToken: 'other' })).rejects.toMatchObject({
      code: 'keychain-forgets',
    })
    expect(await secrets.get(account)).toEqual(short)
  })
})

describe('a write that is cut after any call', () => {
  const pairs: [string, SecretBundle, SecretBundle][] = [
    ['long over long', long, longer],
    ['long over short', short, long],
    ['short over long', long, short],
  ]

  test.each(pairs)('leaves the old or the new secrets: %s', async (_, old, young) => {
    let whole = false
    for (let calls = 0; !whole; calls += 1) {
      keychain = new MemoryKeychain()
      await new KeychainSecrets(keychain).set(account, old)
      keychain.failAfter = calls
      whole = await new KeychainSecrets(keychain).set(account, young).then(
        () => true,
        () => false,
      )
      keychain.failAfter = Number.POSITIVE_INFINITY
      const found = await new KeychainSecrets(keychain).get(account)
      expect([old, young]).toContainEqual(found)
      if (whole) expect(found).toEqual(young)

      await new KeychainSecrets(keychain).set(account, young)
      await new KeychainSecrets(keychain).delete(account)
      expect(keychain.entries.size).toBe(0)
    }
  })

  test('is the same for a delete: it can be repeated, and nothing stays', async () => {
    let whole = false
    for (let calls = 0; !whole; calls += 1) {
      keychain = new MemoryKeychain()
      await new KeychainSecrets(keychain).set(account, long)
      keychain.failAfter = calls
      whole = await new KeychainSecrets(keychain).delete(account).then(
        () => true,
        () => false,
      )
      keychain.failAfter = Number.POSITIVE_INFINITY
      await new KeychainSecrets(keychain).delete(account)
      expect(keychain.entries.size).toBe(0)
    }
  })
})

describe('an entry that is not ours or was damaged', () => {
  test.each(['not json', '"text"', 'null', '{"a":1}', '[]', '{"parts":2,"set":"a","sha256":"0"}'])(
    'asks for a new sign-in and is never quoted: %s',
    async text => {
      keychain.entries.set(account, text)
      const error = await secrets.get(account).catch((reason: unknown) => reason)
      if (text === '[]') return expect(error).toEqual({})
      expect(error).toMatchObject({ code: 'secrets-missing', facts: { reason: 'unreadable' } })
      expect((error as AppError).message).not.toContain(text)
      await secrets.set(account, long)
      expect(await secrets.get(account)).toEqual(long)
    },
  )

  test('with one piece changed is not taken for whole', async () => {
    await secrets.set(account, long)
    keychain.entries.set(`${account}#a2`, 'x'.repeat(1_200))
    await expect(secrets.get(account)).rejects.toMatchObject({ code: 'secrets-missing' })
  })
})

test('another process that writes between two pieces does not mix them', async () => {
  await secrets.set(account, long)
  const reading = secrets.get(account)
  const get = keychain.get.bind(keychain)
  let pieces = 0
  keychain.get = async name => {
    if (name.includes('#')) pieces += 1
    if (pieces === 2) {
      keychain.get = get
      await new KeychainSecrets(keychain).set(account, longer)
      await new KeychainSecrets(keychain).set(account, { ...long, clientId: 'other' })
    }
    return get(name)
  }
  expect(await reading).toEqual({ ...long, clientId: 'other' })
})

describe('a keychain that does not answer', () => {
  beforeEach(() => {
    keychain.failAfter = 0
    keychain.failure = () => new AppError('keychain-unavailable', { facts: { reason: 'timed-out' } })
  })

  test('is unavailable', async () => {
    expect(await secrets.health()).toBe('unavailable')
    await expect(secrets.get(account)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    keychain.failAfter = Number.POSITIVE_INFINITY
    expect(await secrets.health()).toBe('ok')
  })

  test('is asked once for all that wait in line, and again by who comes later', async () => {
    let asked = 0
    keychain.failure = () => {
      asked += 1
      return new AppError('keychain-unavailable')
    }
    const waiting = [secrets.get('a'), secrets.get('b'), secrets.set('c', short), secrets.delete('d')]
    for (const one of waiting) await expect(one).rejects.toMatchObject({ code: 'keychain-unavailable' })
    expect(asked).toBe(1)
    await expect(secrets.get('e')).rejects.toMatchObject({ code: 'keychain-unavailable' })
    expect(asked).toBe(2)
  })

  test('holds up nobody for ever: a later read of one that answers again succeeds', async () => {
    await expect(secrets.get(account)).rejects.toThrow()
    keychain.failAfter = Number.POSITIVE_INFINITY
    expect(await secrets.get(account)).toBeNull()
  })
})
