import { describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../main/core/errors.ts'
import { connectionId } from '../../../main/core/ids.ts'
import { createPractice, type SimulatedSystem } from '../../../main/core/practice/practice.ts'
import type { ConnectionView, Destination, NewConnection } from '../../../preload/contract/types.ts'
import { memoryLog } from '../../fakes/memory-log.ts'
import { desk } from '../ipc/services.ts'
import { definitionOf } from './views.ts'

const url = 'http://127.0.0.1:4711'
const secrets = { clientId: 'a', clientSecret: 'b', refreshToken: 'c' }
const connectionOf = (named: Partial<ConnectionView> = {}): ConnectionView => ({
  id: 'c-1',
  name: 'Practice',
  system: 'concur',
  url,
  mark: 'practice',
  auth: 'refresh-token',
  outputMaps: [],
  certificateSha256: null,
  secrets: 'keychain',
  signIn: { state: 'ok', expiresAt: null, error: null },
  ...named,
})

const simulated = (named: Partial<SimulatedSystem> = {}): SimulatedSystem => ({
  system: 'concur',
  name: 'Practice',
  url,
  auth: 'refresh-token',
  secrets: () => secrets,
  outputMaps: [],
  samples: [],
  scenarios: ['normal', 'slow', 'busy', 'maintenance', 'no-answer'],
  behave: () => {},
  ...named,
})

function setUp(
  connections: ConnectionView[] = [],
  health: 'ok' | 'unavailable' = 'ok',
  others: readonly SimulatedSystem[] = [],
) {
  const log = memoryLog()
  const definitions = [definitionOf('d-1', null, { destination: null }), definitionOf('d-2', null)]
  const behave = vi.fn()
  const start = vi.fn(async () => [simulated({ behave }), ...others])
  const stop = vi.fn(async () => {})
  const add = vi.fn(async (input: NewConnection) => {
    const { name, system, url, keep } = input
    const added = connectionOf({ id: `c-${connections.length + 1}`, name, system, url, secrets: keep })
    connections.push(added)
    return added
  })
  const signIn = vi.fn(async () => connectionOf())
  const saveDestination = vi.fn(async (_id: string, _destination: Destination) => definitionOf('d-1', null))
  const addDefinition = vi.fn(async () => definitionOf('d-1', null))
  const makeFolder = vi.fn(async () => {})
  const onChange = vi.fn()
  const practice = createPractice({
    desk: desk({
      connections: { list: async () => connections, add, signIn },
      definitions: { refresh: async () => definitions, add: addDefinition, saveDestination },
    }),
    simulator: { start, stop },
    secrets: { health: async () => health },
    folder: '/home/ana/Documents/Extract Desk Practice',
    makeFolder,
    log,
    onChange,
  })
  return {
    practice,
    start,
    behave,
    stop,
    add,
    signIn,
    saveDestination,
    addDefinition,
    makeFolder,
    onChange,
    log,
    connections,
  }
}

describe('practising', () => {
  it('starts the simulator, connects to it and gives its definitions a folder', async () => {
    const test = setUp()
    expect(await test.practice.connect()).toMatchObject([{ name: 'Practice', mark: 'practice' }])
    expect(test.add).toHaveBeenCalledWith(
      expect.objectContaining({ url, secrets, mark: 'practice', keep: 'keychain' }),
    )
    expect(test.makeFolder).toHaveBeenCalledExactlyOnceWith('/home/ana/Documents/Extract Desk Practice')
    expect(test.saveDestination.mock.calls.map(([id, { folder }]) => [id, folder])).toEqual([
      ['d-1', '/home/ana/Documents/Extract Desk Practice'],
    ])
    expect(test.practice.running()).toBe(true)
  })

  it('connects to each system, with what can be run there and where its folders lie', async () => {
    const sample = { name: 'Calls', request: { name: 'Calls' } }
    const outputMaps = [{ server: '\\\\ic-a\\extracts', local: '/tmp/extracts' }]
    const icws = simulated({
      system: 'icws',
      name: 'Practice PureConnect',
      url: 'http://127.0.0.1:4712',
      auth: 'password',
      outputMaps,
      samples: [sample],
    })
    const test = setUp([], 'ok', [icws])
    const names = (await test.practice.connect()).map(({ name }) => name)
    expect(names).toEqual(['Practice', 'Practice PureConnect'])
    expect(test.add).toHaveBeenLastCalledWith(
      expect.objectContaining({ system: 'icws', auth: 'password', outputMaps }),
    )
    expect(test.addDefinition.mock.calls).toEqual([['c-2', sample]])
  })

  it('is one connection, however often it is asked for', async () => {
    const test = setUp()
    await Promise.all([test.practice.connect(), test.practice.connect()])
    await test.practice.connect()
    expect(test.start).toHaveBeenCalledOnce()
    expect(test.add).toHaveBeenCalledOnce()
  })

  it('works without a keychain', async () => {
    const test = setUp([], 'unavailable')
    await test.practice.connect()
    expect(test.add).toHaveBeenCalledWith(expect.objectContaining({ keep: 'session' }))
  })

  it('takes a free name', async () => {
    const others = ['practice', 'Practice 2'].map(name =>
      connectionOf({ name, mark: 'test', url: 'https://x.test' }),
    )
    const test = setUp(others)
    expect(await test.practice.connect()).toMatchObject([{ name: 'Practice 3' }])
  })

  it('signs in again where the sign-in did not hold', async () => {
    const test = setUp([connectionOf({ signIn: { state: 'refused', expiresAt: null, error: null } })])
    await test.practice.connect()
    expect(test.signIn).toHaveBeenCalledWith('c-1', secrets, 'keychain')
    expect(test.add).not.toHaveBeenCalled()
  })

  it('can be tried again after a start that failed', async () => {
    const test = setUp()
    test.start.mockRejectedValueOnce(new AppError('connection-failed'))
    await expect(test.practice.connect()).rejects.toMatchObject({ code: 'connection-failed' })
    expect(test.practice.running()).toBe(false)
    await test.practice.connect()
    expect(test.practice.running()).toBe(true)
  })
})

describe('after a start of the app', () => {
  it('runs again where a practice connection is, and needs no sign-in', async () => {
    const test = setUp([connectionOf()])
    await test.practice.resume()
    expect(test.practice.running()).toBe(true)
    expect(test.signIn).not.toHaveBeenCalled()
    expect(test.onChange).toHaveBeenCalledOnce()
  })

  it('does not run where nobody practises', async () => {
    const test = setUp([connectionOf({ mark: 'production', url: 'https://x.test' })])
    await test.practice.resume()
    expect(test.start).not.toHaveBeenCalled()
  })

  it('signs in by itself where no keychain kept the secrets', async () => {
    const test = setUp([connectionOf({ secrets: 'none' })], 'unavailable')
    await test.practice.resume()
    expect(test.signIn).toHaveBeenCalledWith('c-1', secrets, 'session')
  })

  it('says so where the address is taken, and gives no secrets to who has it now', async () => {
    const test = setUp([connectionOf({ url: 'http://127.0.0.1:9', secrets: 'none' })])
    await test.practice.resume()
    expect(test.signIn).not.toHaveBeenCalled()
    expect(test.log.entries).toMatchObject([{ event: 'practice-moved' }])
  })

  it('stops once, and only what was started', async () => {
    const test = setUp([connectionOf()])
    await test.practice.stop()
    expect(test.stop).not.toHaveBeenCalled()
    await test.practice.resume()
    await Promise.all([test.practice.stop(), test.practice.stop()])
    expect(test.stop).toHaveBeenCalledOnce()
    expect(test.practice.running()).toBe(false)
  })
})

describe('what the simulator does', () => {
  const refused = connectionOf({ signIn: { state: 'refused', expiresAt: null, error: null } })
  const id = connectionId('c-1')

  it('is normal at first, and from then on what was chosen, until it ends', async () => {
    const test = setUp([connectionOf()])
    expect(await test.practice.scenario(id)).toBeNull()
    await test.practice.resume()
    expect(await test.practice.scenario(id)).toMatchObject({ scenario: 'normal' })
    expect(await test.practice.choose(id, 'slow')).toMatchObject({ scenario: 'slow' })
    expect(test.behave).toHaveBeenCalledExactlyOnceWith('slow')
    expect(await test.practice.scenario(id)).toMatchObject({ scenario: 'slow' })
    expect(test.signIn).not.toHaveBeenCalled()
    await test.practice.stop()
    expect(await test.practice.scenario(id)).toBeNull()
    await test.practice.resume()
    expect(await test.practice.scenario(id)).toMatchObject({ scenario: 'normal' })
  })

  it('is chosen of what its system can do, for that system alone', async () => {
    const behave = vi.fn()
    const vault = simulated({
      system: 'vault',
      url: 'http://127.0.0.1:4713',
      scenarios: ['normal', 'maintenance'],
      behave,
    })
    const other = connectionOf({ id: 'c-2', system: 'vault', url: vault.url })
    const test = setUp([connectionOf(), other], 'ok', [vault])
    await test.practice.resume()
    const view = { scenario: 'maintenance', offered: ['normal', 'maintenance'] }
    expect(await test.practice.choose(connectionId('c-2'), 'maintenance')).toEqual(view)
    expect(behave).toHaveBeenCalledExactlyOnceWith('maintenance')
    expect(test.behave).not.toHaveBeenCalled()
    expect(await test.practice.scenario(id)).toMatchObject({ scenario: 'normal' })
    await expect(test.practice.choose(connectionId('c-2'), 'slow')).rejects.toMatchObject({
      code: 'not-supported',
    })
  })

  it.each([
    ['a production connection', connectionOf({ mark: 'production' })],
    ['a practice system elsewhere', connectionOf({ url: 'http://127.0.0.1:9' })],
  ])('cannot be chosen for %s', async (_, other) => {
    const test = setUp([connectionOf({ id: 'c-2' }), other])
    await test.practice.resume()
    expect(await test.practice.scenario(id)).toBeNull()
    await expect(test.practice.choose(id, 'busy')).rejects.toMatchObject({ code: 'not-supported' })
    expect(test.behave).not.toHaveBeenCalled()
  })

  it('signs in anew where a scenario before it ended the sign-in, and waits for nobody', async () => {
    const test = setUp([refused])
    await test.practice.resume()
    test.signIn.mockReturnValueOnce(new Promise(() => {}))
    expect(await test.practice.choose(id, 'no-answer')).toMatchObject({ scenario: 'no-answer' })
    test.signIn.mockRejectedValueOnce(new AppError('maintenance'))
    await test.practice.choose(id, 'maintenance')
    await vi.waitFor(() =>
      expect(test.log.entries).toMatchObject([
        { event: 'practice-sign-in', facts: { scenario: 'maintenance', error: { code: 'maintenance' } } },
      ]),
    )
    await test.practice.choose(id, 'normal')
    await vi.waitFor(() => expect(test.signIn).toHaveBeenCalledTimes(3))
    expect(test.signIn).toHaveBeenLastCalledWith('c-1', secrets, 'keychain')
  })

  it('is normal again where its connection was removed and somebody practises once more', async () => {
    const test = setUp([connectionOf()])
    await test.practice.resume()
    await test.practice.choose(id, 'maintenance')
    test.connections.splice(0)
    const [added] = await test.practice.connect()
    expect(test.behave).toHaveBeenLastCalledWith('normal')
    expect(await test.practice.scenario(connectionId(added?.id ?? ''))).toMatchObject({ scenario: 'normal' })
  })
})
