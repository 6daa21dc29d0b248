import { beforeEach, describe, expect, test } from 'vitest'
import { type ProxyAttempt, ProxySignIn, proxyAccount } from '../../../main/core/policy/proxy-sign-in.ts'
import { createRedactor, type Redactor } from '../../../main/core/policy/redact.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'

const proxy = { host: 'proxy.company.example', port: 8080, realm: 'Company' }
const pair = { username: 'anna', password: 'first' }
const newPair = { username: 'anna', password: 'second' }

let secrets: MemorySecrets
let signIn: ProxySignIn
let forgotten: number
let redactor: Redactor
const forget = async () => {
  forgotten += 1
}

beforeEach(() => {
  forgotten = 0
  redactor = createRedactor()
  secrets = new MemorySecrets()
  secrets.stored.set('proxy', pair)
  signIn = new ProxySignIn(proxyAccount(secrets, 'proxy', redactor), forget)
})

const alone = (session: object = {}) => signIn.begin(session, false)
const shared = (session: object = {}) => signIn.begin(session, true)

/** The proxy let the exchange through. */
async function accept(attempt: ProxyAttempt): Promise<void> {
  expect(await attempt.answer(proxy)).toEqual(pair)
  attempt.end(true)
}

describe('a proxy that asks for a sign-in', () => {
  test('gets the stored credentials', async () => {
    await accept(alone())
  })

  test('gets none where none are stored', async () => {
    secrets.stored.clear()
    expect(await alone().answer(proxy)).toBe('none')
    expect(await shared().answer(proxy)).toBe('none')
  })

  test('does not get them on a shared session before they were accepted', async () => {
    expect(await shared().answer(proxy)).toBe('alone')
    await accept(alone())
    expect(await shared().answer(proxy)).toEqual(pair)
  })

  test('does not get a refused password again: not in the same exchange, nor in another, nor after a restart', async () => {
    const attempt = alone()
    await attempt.answer(proxy)
    expect(await attempt.answer(proxy)).toBe('none')
    attempt.end(false)
    expect(await alone().answer(proxy)).toBe('none')
    expect(await shared().answer(proxy)).toBe('none')
    signIn = new ProxySignIn(proxyAccount(secrets, 'proxy', redactor), forget)
    expect(await alone().answer(proxy)).toBe('none')
  })

  test('gets a new password after the old one was refused, in the same exchange too', async () => {
    const attempt = alone()
    await attempt.answer(proxy)
    secrets.stored.set('proxy', newPair)
    expect(await attempt.answer(proxy)).toEqual(newPair)
    attempt.end(true)
    expect(secrets.stored.get('proxy')).toEqual(newPair)
  })

  test('lets one exchange try while all others wait for its verdict', async () => {
    const first = alone()
    const second = alone()
    const third = alone()
    const answers = [first, second, third].map(attempt => attempt.answer(proxy))
    expect(await answers[0]).toEqual(pair)
    expect(await first.answer(proxy)).toBe('none')
    first.end(false)
    expect(await Promise.all(answers.slice(1))).toEqual(['none', 'none'])
  })

  test('gives the others their turn when it accepts', async () => {
    const first = alone()
    const second = alone()
    const [, waiting] = [await first.answer(proxy), second.answer(proxy)]
    first.end(true)
    expect(await waiting).toEqual(pair)
  })

  test('lets the next exchange try where the first one got no verdict', async () => {
    const first = alone()
    await first.answer(proxy)
    const waiting = alone().answer(proxy)
    first.end(false)
    expect(await waiting).toEqual(pair)
  })

  test('does not wait for an exchange that was given up while it waited for its turn', async () => {
    const first = alone()
    const second = alone()
    await first.answer(proxy)
    const waiting = second.answer(proxy)
    second.end(false)
    first.end(false)
    expect(await waiting).toBe('none')
    expect(await alone().answer(proxy)).toEqual(pair)
  })

  test('that asks a session again which holds accepted credentials has refused them', async () => {
    const session = {}
    await accept(alone(session))
    expect(await alone(session).answer(proxy)).toBe('none')
    expect(await alone().answer(proxy)).toBe('none')
    expect(secrets.stored.get('proxy')).toEqual({ ...pair, refused: 'yes' })
  })

  test('makes all sessions forget what they hold, and may then ask them again', async () => {
    const session = {}
    const other = { ...proxy, port: 3128 }
    await accept(alone(session))
    const attempt = alone()
    expect(await attempt.answer(other)).toEqual(pair)
    expect(forgotten).toBe(0)
    expect(await attempt.answer(other)).toBe('none')
    expect(forgotten).toBe(1)
    secrets.stored.set('proxy', pair)
    // Not a refusal: the session was made to forget what this proxy had accepted.
    expect(await alone(session).answer(proxy)).toEqual(pair)
  })

  test('is another one than a proxy at another place or with another realm', async () => {
    const attempt = alone()
    await attempt.answer(proxy)
    await attempt.answer(proxy)
    secrets.stored.set('proxy', newPair)
    await accept2(alone(), { ...proxy, port: 3128 })
    await accept2(alone(), { ...proxy, realm: 'Branch' })
  })

  test('frees the way where the keychain does not answer', async () => {
    secrets.available = false
    const attempt = alone()
    await expect(attempt.answer(proxy)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    attempt.end(false)
    secrets.available = true
    expect(await alone().answer(proxy)).toEqual(pair)
  })
})

describe('credentials that the user gives', () => {
  const saving = () => proxyAccount(secrets, 'proxy', redactor)

  test('take the place of those that were refused, and are asked for by the next exchange', async () => {
    const attempt = alone()
    await attempt.answer(proxy)
    expect(await attempt.answer(proxy)).toBe('none')
    attempt.end(false)
    await saving().save(newPair)
    expect(secrets.stored.get('proxy')).toEqual(newPair)
    expect(await alone().answer(proxy)).toEqual(newPair)
  })

  test('are not taken where these very ones were refused, also after a restart', async () => {
    await saving().refuse(pair)
    await expect(saving().save(pair)).rejects.toMatchObject({
      code: 'proxy-sign-in',
      facts: { before: true, sent: false },
    })
    expect(secrets.stored.get('proxy')).toEqual({ ...pair, refused: 'yes' })
  })

  test('go into the keychain or nowhere', async () => {
    secrets.available = false
    await expect(saving().save(newPair)).rejects.toMatchObject({ code: 'keychain-unavailable' })
    expect(secrets.stored.get('proxy')).toEqual(pair)
  })

  test('are masked in logs from then on, and after a restart once they were read', async () => {
    await saving().save({ username: 'anna', password: 'proxy word' })
    expect(redactor.text('anna sent proxy word')).toBe('anna sent [masked]')
    redactor = createRedactor()
    await saving().read()
    expect(redactor.text('anna sent proxy word')).toBe('anna sent [masked]')
  })
})

async function accept2(attempt: ProxyAttempt, other: typeof proxy): Promise<void> {
  expect(await attempt.answer(other)).toEqual(newPair)
  attempt.end(true)
}
