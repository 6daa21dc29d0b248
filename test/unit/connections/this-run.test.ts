import { describe, expect, it } from 'vitest'
import { SessionSecrets } from '../../../main/adapters/secrets/session-secrets.ts'
import { createSecretStore } from '../../../main/core/connections/secret-store.ts'
import { createThisRun } from '../../../main/core/connections/this-run.ts'
import { createRedactor } from '../../../main/core/policy/redact.ts'
import { aConnection, memoryConnections } from '../../fakes/memory-connections.ts'
import { MemorySecrets } from '../../fakes/memory-secrets.ts'

const given = { clientId: 'c', clientSecret: 's', refreshToken: 'given-for-this-run' }
const refused = aConnection({
  signIn: { ...aConnection().signIn, state: 'refused', error: { code: 'sign-in-refused', facts: {} } },
})

function setUp() {
  const keychain = new MemorySecrets()
  const session = new SessionSecrets()
  const saved = memoryConnections(refused)
  const thisRun = createThisRun()
  const redactor = createRedactor()
  const store = thisRun.store(createSecretStore({ keychain, session, profileId: 'p', redactor }))
  return { keychain, session, saved, thisRun, redactor, store, connections: thisRun.connections(saved) }
}

describe('secrets for one run', () => {
  it('are used in place of the saved ones, masked in the log, and written nowhere', async () => {
    const { keychain, thisRun, redactor, store } = setUp()
    await keychain.set('p/connection-a', { refreshToken: 'saved' })
    thisRun.signInWith(refused.id, given)
    expect(await store.get(refused)).toEqual(given)
    expect(await store.place(refused)).toBe('session')
    expect(redactor.text('x given-for-this-run x')).not.toContain('given-for-this-run')
    await store.set({ ...refused, keep: 'session' }, { ...given, refreshToken: 'its successor' })
    expect(await keychain.get('p/connection-a')).toEqual({ refreshToken: 'saved' })
    expect((await store.get(refused))?.refreshToken).toBe('its successor')
  })

  it('are tried although the saved connection waits, once, and change nothing of it', async () => {
    const { thisRun, connections, saved } = setUp()
    expect((await connections.find(refused.id))?.signIn.state).toBe('refused')
    thisRun.signInWith(refused.id, given)
    const seen = await connections.find(refused.id)
    expect(seen).toMatchObject({ keep: 'session', signIn: { state: 'unknown', error: null } })
    if (!seen) throw new Error('It is gone')
    await connections.save({ ...seen, signIn: { ...seen.signIn, state: 'expired' } }, 'sign-in expired')
    expect((await connections.find(refused.id))?.signIn.state).toBe('expired')
    expect((await connections.all())[0]?.signIn.state).toBe('expired')
    expect(await saved.find(refused.id)).toEqual(refused)
  })

  it('leave other connections as they are', async () => {
    const { thisRun, connections, saved, store, keychain } = setUp()
    thisRun.signInWith(refused.id, given)
    const other = aConnection({ id: 'connection-b' as typeof refused.id })
    await connections.save(other, 'added')
    await store.set(other, { refreshToken: 'other' })
    expect(await saved.find(other.id)).toEqual(other)
    expect(await keychain.get('p/connection-b')).toEqual({ refreshToken: 'other' })
    expect(await store.get(other)).toEqual({ refreshToken: 'other' })
  })

  it('were replaced where others are kept in their place', async () => {
    const one = setUp()
    one.thisRun.prove(given)
    await one.store.set({ ...refused, keep: 'session' }, { ...given })
    expect(one.thisRun.replaced()).toBe(false)
    await one.store.set({ ...refused, keep: 'session' }, { ...given, refreshToken: 'new' })
    expect(one.thisRun.replaced()).toBe(true)
    const kept = setUp()
    kept.thisRun.prove(given)
    await kept.store.set(refused, { ...given, refreshToken: 'new' })
    expect(kept.thisRun.replaced()).toBe(false)
  })
})
